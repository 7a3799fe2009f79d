"""`renkei network`: network and gateway stay open for whoever replays a script of exploration by hand, with curl alone."""

import shlex
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from harness.bench.bench import Bench, Target, open_bench
from harness.bench.run_folder import make
from harness.catalogue.verdicts import Exit
from harness.cli.exploring import ended_by, target_of
from harness.cli.streams import as_it_is

_HELP: Final = "Enter でゲートウェイを kill して起動し直す。Ctrl-D で終わる。\n"


def network_command(
    gateway: Annotated[str, typer.Option(help="検証するゲートウェイ（renkei run と同じ）")] = "reference",
    statement: Annotated[Path | None, typer.Option(help="実装適合宣言 gateway.toml")] = None,
    run_folder: Annotated[Path | None, typer.Option(help="実行フォルダー（省略時は runs/日時）")] = None,
    allow_host: Annotated[list[str] | None, typer.Option(help="検証を許す外部のホスト")] = None,
) -> None:
    """Until standard input ends; each line of it restarts a gateway that was started here. Prints what a script needs, as assignments
    of a shell. Exits 0, else as `renkei run`."""
    target = target_of(gateway, statement, run_folder, allow_host or [])
    ended_by(lambda: _stay(target))


def _stay(target: Target) -> Exit:
    make(target.folder)
    with open_bench(target) as bench:
        for name, value in _needed(bench).items():
            with as_it_is():  # of a shell
                print(f"{name}={shlex.quote(value)}")
        sys.stdout.flush()
        sys.stderr.write(_HELP if bench.restart else "Ctrl-D で終わる。\n")
        for _ in sys.stdin:
            if bench.restart:
                bench.restart()
                print("再起動した。", flush=True)
    return Exit.CONFORMS


def _needed(bench: Bench) -> dict[str, str]:
    tokens = bench.statement.tokens
    return {
        "SOUTH": bench.statement.south_url,
        "BUSINESS": tokens.business,
        "STAFF": tokens.staff,
        "AUDIT": tokens.audit,
        "CONTROL": bench.network.url,
        "CONTROL_TOKEN": bench.network.token,
    }
