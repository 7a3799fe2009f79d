"""What `renkei explore` and `renkei replay` have in common: the gateway that is meant, and how they end."""

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from harness.bench.bench import Target
from harness.bench.run_folder import new_folder
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.contract.seclusion import seclude
from harness.contract.statement import Statement, StatementError


def target_of(gateway: str, statement: Path | None, run_folder: Path | None, allowed: list[str]) -> Target:
    """Ends the command where the statement cannot be used."""
    try:
        read = Statement.load(statement) if statement else None
    except StatementError as error:
        end(error)
    return Target(gateway, read, new_folder(run_folder), tuple(allowed))


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
