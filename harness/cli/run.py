"""`renkei run`: the suite against a gateway. A thin face of `pytest --gateway …`."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from rich.console import Console

from harness.catalogue.verdicts import Exit
from harness.cli.listing import print_listing
from harness.cli.progress import Progress
from harness.plugin.entry import FEATURES, FEATURES_MODULE
from harness.plugin.standstill import StandstillError, end_within

_SUITE = Path(__file__).parents[1] / "plugin" / "suite.ini"
_PLUGINS = ("pytest-bdd", "xdist", "renkei")
# The terminal is ours; collecting garbage five times at the end, to warn of what nobody reads, costs 0.3 s a process.
_NOT_NEEDED = ("terminal", "cacheprovider", "logging", "unraisableexception")
_LAST_SECONDS = 30.0  # for threads that are still at work when everything is said


Gateway = Annotated[
    str | None,
    typer.Option(
        help="reference（省略時）、reference+欠陥名、null、refuses-everything、http:URL、command:命令"
    ),
]
Whole = Annotated[list[str] | None, typer.Option(help="--brief でも、この要件は例のすべての行（繰り返せる）")]
Scenarios = Annotated[Path | None, typer.Option(help="このシナリオだけ（1行に一つの番号のファイル）")]
RerunFailed = Annotated[
    Path | None,
    typer.Option(help="この実行フォルダーで合格しなかったシナリオだけを、同じゲートウェイと住民で"),
]
Resume = Annotated[
    Path | None, typer.Option(help="途中で終わった実行の、残りのシナリオを続ける（他の指定は -n だけ）")
]
SuggestKnown = Annotated[
    bool, typer.Option("--suggest-known", help="不合格を、既知の不適合として貼れる形で示す")
]
Standstill = Annotated[
    float | None,
    typer.Option(
        min=1.0, help="何も記録されないまま、これだけたてば、止まった所を示して終わる（省略時180秒）"
    ),
]
Faulthandler = Annotated[
    bool, typer.Option("--faulthandler", help="30秒ごとに、各プロセスの位置を実行フォルダーの stacks/ に書く")
]


def run(  # noqa: PLR0913  # one parameter an option of the command line
    context: typer.Context,
    gateway: Gateway = None,
    statement: Annotated[Path | None, typer.Option(help="実装適合宣言 gateway.toml")] = None,
    use_case: Annotated[list[str] | None, typer.Option(help="このユースケースだけ（繰り返せる）")] = None,
    requirement: Annotated[list[str] | None, typer.Option(help="この要件だけ（繰り返せる）")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="アウトラインは例の最初の行だけ")] = False,
    whole: Whole = None,
    scenarios: Scenarios = None,
    rerun_failed: RerunFailed = None,
    resume: Resume = None,
    replay: Annotated[Path | None, typer.Option(hidden=True)] = None,
    known_failures: Annotated[Path | None, typer.Option(help="既知の不適合のファイル")] = None,
    suggest_known: SuggestKnown = False,
    seed: Annotated[int | None, typer.Option(help="住民データの種（省略時は毎回新しい種）")] = None,
    workers: Annotated[int, typer.Option("-n", min=0, max=64, help="並列数")] = 0,
    run_folder: Annotated[Path | None, typer.Option(help="実行フォルダー（省略時は runs/日時）")] = None,
    standstill_seconds: Standstill = None,
    faulthandler: Faulthandler = False,
    allow_host: Annotated[list[str] | None, typer.Option(help="検証を許す外部のホスト")] = None,
    listing: Annotated[bool, typer.Option("--list", help="シナリオの一覧を示し、実行しない")] = False,
) -> None:
    """Runs the suite and exits 0 to 4 (harness.catalogue.verdicts.Exit)."""
    if listing:
        raise typer.Exit(print_listing(Console(), FEATURES.parent, use_case or [], requirement or []))
    given = {f"--{name.replace('_', '-')}": value for name, value in context.params.items()}
    del given["--workers"], given["--listing"]
    options = [part for name, value in given.items() for part in _option(name, value)]
    if not (gateway or rerun_failed or resume or replay):
        options.append("--gateway=reference")
    raise typer.Exit(_pytest([*options, *(_workers(workers) if workers else [])]))


def _option(name: str, value: object) -> list[str]:
    """An option as pytest takes it: a flag, one value, or the same name for each of several."""
    if value is None or isinstance(value, bool):
        return [name] if value else []
    return [f"{name}={one}" for one in (value if isinstance(value, list | tuple) else [value])]


def _pytest(options: list[str]) -> int:
    plugins = [part for name in _PLUGINS for part in ("-p", name)]
    arguments = ["-c", str(_SUITE), "--rootdir", str(FEATURES.parent), "--disable-plugin-autoload", *plugins]
    arguments += [part for name in _NOT_NEEDED for part in ("-p", f"no:{name}")]
    arguments.append("--noconftest")  # pytest would run the one that lies in tests/ of wherever it is called
    arguments += [*options, "--pyargs", FEATURES_MODULE]
    progress = Progress(Console(), Console(stderr=True))
    try:
        code = int(pytest.main(arguments, plugins=[progress]))
    except StandstillError:  # behind the session: while the processes were ended
        code = Exit.BENCH_ERROR
    if code == pytest.ExitCode.USAGE_ERROR and not progress.begun:
        code = Exit.CONFIGURATION
    code = code if code in set(Exit) else int(Exit.BENCH_ERROR)
    end_within(_LAST_SECONDS, code)
    return code


def _workers(count: int) -> list[str]:
    """As -n of xdist, with a Python that heeds no variable of the environment, as this one. Workers that die one after the
    other are not replaced for ever: what each of them stumbles over, the next one does too."""
    workers = ["--tx", f"{count}*popen//python={shlex.quote(sys.executable)} -I"]
    return ["--dist", "load", *workers, "--max-worker-restart", str(count)]
