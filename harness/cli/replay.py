"""`renkei replay`: what exploration found, once more, without hypothesis."""

import time
from pathlib import Path
from typing import Annotated

import typer

from harness.bench.bench import Target
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.exploring import concluded, ended_by, recorded_gateway, say_who, target_of, went_away
from harness.cli.streams import told
from harness.contract.texts import one_line
from harness.explore.found import Kept
from harness.explore.session import session
from harness.explore.story import StoryError


def replay_command(  # noqa: PLR0913  # one parameter an option of the command line
    file: Annotated[Path, typer.Argument(help="renkei explore が書いた JSON")],
    gateway: Annotated[
        str | None,
        typer.Option(help="検証するゲートウェイ（省略時は、見つけた実行フォルダーの記録にあるもの）"),
    ] = None,
    statement: Annotated[Path | None, typer.Option(help="実装適合宣言 gateway.toml")] = None,
    times: Annotated[int, typer.Option(min=1, max=1000, help="何回行うか")] = 5,
    run_folder: Annotated[Path | None, typer.Option(help="実行フォルダー（省略時は runs/日時）")] = None,
    allow_host: Annotated[list[str] | None, typer.Option(help="検証を許す外部のホスト")] = None,
) -> None:
    """Exits 1 where it failed once or more, 0 where it never did, else as `renkei run`."""
    try:
        kept = Kept.read(file)
    except StoryError as error:
        end(error)
    target = target_of(gateway or recorded_gateway(file), statement, run_folder, allow_host or [])
    ended_by(lambda: _replay(kept, target, times))


def _replay(kept: Kept, target: Target, times: int) -> Exit:
    begun, again, failed = time.monotonic(), 0, 0
    with session(target, kept.seed) as opened:
        say_who(target, opened.bench)
        for number in range(1, times + 1):
            tried = opened.try_story(kept.story)
            again += kept.requirement in tried.broken
            failed += bool(tried.violations)
            for violation in tried.violations:
                print(f"{number} 回目 × {violation.requirement}: {violation.observed}")
        gone = went_away(opened)
        code = concluded(opened, Exit.DOES_NOT_CONFORM if failed or gone else Exit.CONFORMS, begun)
    print(f"{kept.requirement}: {times} 回のうち {again} 回で再現（ほかの要件を含めて {failed} 回失敗）")
    told("実行フォルダー: {0}", one_line(str(target.folder), 300))
    return code
