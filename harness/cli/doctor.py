"""`renkei doctor`: all that would keep a run from beginning, before there is a run."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from harness.bench.doctor import diagnose
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.settings import filled
from harness.contract.seclusion import seclude

_STATEMENT: Final = Path("gateway.toml")


def doctor_command(
    gateway: Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="renkei run と同じ（省略時は、宣言の south.url で動いているゲートウェイ）"
        ),
    ] = None,
    statement: Annotated[
        Path | None, typer.Option(metavar="FILE", help="実装適合宣言（省略時は、あれば ./gateway.toml）")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="検証を許す外部のホスト（繰り返せる）")
    ] = None,
) -> None:
    """Prints one line a fault, with the remedy; exit code 0 where there is none, 2 else."""
    seclude()
    said = {"gateway": gateway, "statement": statement, "allow_host": allow_host}
    try:
        given = filled(said, Path.cwd())
    except ConfigurationError as error:
        end(error)
    gateway, statement = given["gateway"], given["statement"]
    of_user = gateway is None or gateway.startswith(("http", "command"))
    file = statement or (_STATEMENT if of_user and _STATEMENT.exists() else None)
    asked = gateway or ("http" if file else "reference")
    try:
        with TemporaryDirectory(prefix="renkei-doctor-") as folder:
            found = diagnose(asked, file, Path(folder), tuple(given["allow_host"] or ()))
    except InconclusiveError as error:
        end(error, Exit.INCONCLUSIVE)
    for fault in found.faults:
        print(f"誤り: {fault}")
    print(f"確かめたこと: {'、'.join(found.looked)}")
    if found.left:
        print(f"上の誤りのために確かめていないこと: {'、'.join(found.left)}")
    if found.faults:
        end(f"誤りが {len(found.faults)}件ある。直して、もう一度 renkei doctor を行う。")
    with_file = f" --statement {file}" if file else ""
    print(f"誤りはない。次に: renkei run --gateway {asked}{with_file}")
