"""`renkei dispute`: a verdict that is thought to be wrong, packed for the maintainers."""

from pathlib import Path
from typing import Annotated

import typer

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.certificate.dispute import dispute
from harness.certificate.refused import RefusedBundleError
from harness.cli.ending import end
from harness.cli.streams import told
from harness.contract.texts import one_line
from reports.run.views import write_file


def dispute_command(
    run_folder: Annotated[Path, typer.Argument(help="実行フォルダー", metavar="RUN")],
    check: Annotated[
        str, typer.Argument(help="検査の識別子（全記録:CON-03 など）、又は要件", metavar="CHECK")
    ],
    out: Annotated[Path | None, typer.Option(help="書き出すファイル（省略時は dispute-CHECK.jsonl）")] = None,
) -> None:
    """Exits 0, 1 where somebody would be named, 2 for what cannot be read or written."""
    target = out or Path(
        f"dispute-{''.join(c if c.isalnum() or c in '-_' else '_' for c in check)[:80]}.jsonl"
    )
    try:
        content = dispute(run_folder, check)
        if target.exists():
            raise ConfigurationError(f"{target}: もうある。別の --out を指定する。")
        write_file(target, content)
    except OSError as error:
        end(f"{target}: 書けない（{error.strerror}）。")
    except ConfigurationError as error:
        end(error)
    except RefusedBundleError as error:
        end(error, Exit.DOES_NOT_CONFORM)
    told("書き出した異議: {0}（個人の情報は伏せてある）", one_line(str(target), 300))
