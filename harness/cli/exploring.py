"""What `renkei explore` and `renkei replay` have in common: the gateway that is meant, and how they end."""

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from harness.bench.bench import Bench, Target
from harness.bench.presence import STAYING, Presence
from harness.bench.run_folder import kept_gateway, new_folder
from harness.catalogue.findings import ConfigurationError, InconclusiveError, NonconformityError
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.streams import told
from harness.contract.seclusion import seclude
from harness.contract.statement import Statement, StatementError
from harness.contract.texts import one_line
from harness.explore.keeping import FOLDER
from harness.explore.session import finish
from harness.explore.trials import Trials
from harness.gateways.kinds import shown
from harness.plugin.evidence import ALTERED, Before, Evidence

_LONGEST = 1000  # characters of a sentence


def recorded_gateway(file: Path) -> str:
    """The gateway on which what a file keeps was found, where it still lies in its run folder: an order that another gateway
    keeps says nothing of this one. Ends the command where nobody knows it."""
    folder = file.absolute().parent.parent
    if file.absolute().parent.name != FOLDER or (gateway := kept_gateway(folder)) is None:
        end(f"{file}: どのゲートウェイで見つかったかの記録が隣にない。--gateway で示す。")
    return gateway


def say_who(target: Target, bench: Bench) -> None:
    """Before anything is said of it: the gateway as it was named, and what it says that it is."""
    named, product = one_line(shown(target.gateway), 300), one_line(str(bench.health["product"]), 80)
    told("ゲートウェイ {0}（{1}）", named, product)


def target_of(gateway: str, statement: Path | None, run_folder: Path | None, allowed: list[str]) -> Target:
    """Ends the command where the statement cannot be used."""
    try:
        read = Statement.load(statement) if statement else None
    except StatementError as error:
        end(error)
    return Target(gateway, read, new_folder(run_folder), tuple(allowed))


def went_away(opened: Trials) -> bool:
    """Is the gateway gone? Says so, once: what follows from it is nobody's breach."""
    gone = Presence.of(opened.bench.statement, opened.path.parent).gone()
    if gone:
        deviates = NonconformityError("NO_CONNECTION", gone["how"], STAYING)
        print(f"× {one_line(str(deviates), _LONGEST)}")
    return gone is not None


def concluded(opened: Trials, code: Exit, begun: float) -> Exit:
    """The exit code that stories came to, unless their record is not what the bench has written: a gateway may find it as it may that
    of a run. Writes the last entry. `begun`: of time.monotonic()."""
    evidence = Evidence(opened.path.parent, opened.journal, opened.bench.network, Before())
    evidence.end_network()
    record = evidence.record()
    if record.altered is not None:
        sys.stderr.write(f"{opened.path}: {ALTERED.format(record.altered)}\n")
        code = Exit.BENCH_ERROR
    elif record.silent and code == Exit.CONFORMS:
        code = Exit.INCONCLUSIVE  # the network cannot tell any more what it has written
    finish(opened, code, begun, record.altered)
    return code


def ended_by(work: Callable[[], Exit]) -> None:
    """Exits with what it gives; 2 and 4 for what a bench raises."""
    seclude()
    try:
        code = work()
    except ConfigurationError as error:
        end(error)
    except InconclusiveError as error:
        end(error, Exit.INCONCLUSIVE)
    sys.stdout.flush()
    raise typer.Exit(int(code))
