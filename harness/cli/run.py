"""`renkei run`: the suite against a gateway. A thin face of `pytest --gateway …`."""

import shlex
import sys
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from rich.console import Console

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.listing import print_listing
from harness.cli.progress import Progress
from harness.cli.settings import OF_EARLIER, filled
from harness.cli.watching import watch_of
from harness.plugin.added import feature_modules
from harness.plugin.entry import FEATURES
from harness.plugin.option_table import TABLE, Option
from harness.plugin.standstill import StandstillError, end_within

_SUITE = Path(__file__).parents[1] / "plugin" / "suite.ini"
_PLUGINS = ("pytest-bdd", "xdist", "renkei")
# The terminal is ours; collecting garbage five times at the end, to warn of what nobody reads, costs 0.3 s a process.
_NOT_NEEDED = ("terminal", "cacheprovider", "logging", "unraisableexception")
# Where it is called there may be a conftest.py, of a project that tests something else.
_ALONE = ("--disable-plugin-autoload", "--noconftest")
# Workers for each: two wait for their gateway while the third works; two left half a processor idle.
_A_PROCESSOR = 3
_LAST_SECONDS = 30.0  # for threads that are still at work when everything is said


def run(context: typer.Context, **given: Any) -> None:
    """Runs the suite and exits 0 to 4 (harness.catalogue.verdicts.Exit)."""
    given["n"] = given.pop("workers")
    try:
        given = dict(filled(given, Path.cwd()))
    except ConfigurationError as error:
        end(error)
    if given.pop("listing"):
        asked = [given[name] or [] for name in ("use_case", "requirement")]
        raise typer.Exit(print_listing(Console(), *asked, two=bool(given["partner"])))
    workers, watch = given.pop("n"), given.pop("watch")
    if watch:
        raise typer.Exit(_watch(given, workers))
    options = [part for option in TABLE for part in _option(option.name, given[option.dest])]
    if not any(given[name] for name in ("gateway", "partner", "rerun_failed", "resume", "replay")):
        options.append("--gateway=reference")
    raise typer.Exit(_pytest([*options, *(_workers(workers) if workers else [])]))


def _watch(given: dict[str, Any], workers: int | None) -> int:
    """What is passed on is what was asked for, but for the folder: each run has one of its own."""
    if any(given[name] for name in (*OF_EARLIER, "partner")):
        end("--watch は --rerun-failed、--resume、--replay、--partner と合わせられない。")
    folder = given["run_folder"]
    options = [
        part
        for option in TABLE
        for part in _option(option.name, given[option.dest] if option.dest != "run_folder" else None)
    ]
    try:
        watch = watch_of(given["gateway"] or "reference", given["statement"])
    except ConfigurationError as error:
        end(error)
    return watch.runs([*options, *(["-n", str(workers)] if workers else [])], folder)


def _parameter(option: Option) -> Parameter:
    """An option as typer takes it: a parameter of the command."""
    said = typer.Option(
        option.name,
        help=option.said,
        hidden=option.hidden,
        min=option.minimum,
        metavar=option.metavar or None,
    )
    if option.kind is bool:
        return Parameter(option.dest, Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, said])
    kind = list[str] if option.many else option.kind
    return Parameter(
        option.dest, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, said]
    )


def _signature() -> Signature:
    """Those of the table, and the two that pytest has by another name."""
    context = Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    workers = Annotated[
        int, typer.Option("-n", min=0, max=64, metavar="N", help="使う CPU の数（ワーカーはその3倍）")
    ]
    listing = Annotated[bool, typer.Option("--list", help="シナリオの一覧を示し、実行しない")]
    watch = Annotated[
        bool,
        typer.Option(
            "--watch", help="ゲートウェイが起動し直されるたびに、合格しなかったものをもう一度検証する"
        ),
    ]
    own = [
        Parameter("watch", Parameter.KEYWORD_ONLY, default=False, annotation=watch),
        Parameter("workers", Parameter.KEYWORD_ONLY, default=None, annotation=workers),
        Parameter("listing", Parameter.KEYWORD_ONLY, default=False, annotation=listing),
    ]
    return Signature([context, *map(_parameter, TABLE), *own])


run.__signature__ = _signature()  # type: ignore[attr-defined]  # where typer looks for the options of a command


def _option(name: str, value: object) -> list[str]:
    """An option as pytest takes it: a flag, one value, or the same name for each of several."""
    if value is None or isinstance(value, bool):
        return [name] if value else []
    return [f"{name}={part}" for part in (value if isinstance(value, list | tuple) else [value])]


def _pytest(options: list[str]) -> int:
    plugins = [part for name in _PLUGINS for part in ("-p", name)]
    arguments = ["-c", str(_SUITE), "--rootdir", str(FEATURES.parent), *_ALONE, *plugins]
    arguments += [part for name in _NOT_NEEDED for part in ("-p", f"no:{name}")]
    arguments.append("--noconftest")  # pytest would run the one that lies in tests/ of wherever it is called
    arguments += [*options, "--pyargs", *feature_modules()]
    progress = Progress(Console(), Console(stderr=True))
    try:
        code = int(pytest.main(arguments, plugins=[progress]))
    except StandstillError:  # behind the session: while the processes were ended
        code = Exit.BENCH_ERROR
    if code == pytest.ExitCode.USAGE_ERROR and not progress.answered:
        code = Exit.CONFIGURATION
    code = code if code in set(Exit) else int(Exit.BENCH_ERROR)
    end_within(_LAST_SECONDS, code)
    return code


def _workers(processors: int) -> list[str]:
    """As -n of xdist, with a Python that heeds no variable of the environment, as this one. Workers that die one after the
    other are not replaced for ever: what each of them stumbles over, the next one does too. One by one: what waits
    long is begun first, and nothing short waits behind it."""
    count = _A_PROCESSOR * processors
    workers = ["--tx", f"{count}*popen//python={shlex.quote(sys.executable)} -I"]
    return ["--dist", "load", "--maxschedchunk", "1", *workers, "--max-worker-restart", str(count)]
