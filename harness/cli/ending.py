"""How a command ends that cannot do what was asked: one sentence, and the exit code."""

import sys
from typing import NoReturn

import typer

from harness.catalogue.verdicts import Exit


def end(said: object, code: Exit = Exit.CONFIGURATION) -> NoReturn:
    """Says it on stderr. `said`: a sentence, or the exception that is one."""
    sys.stderr.write(f"{said}\n")
    raise typer.Exit(int(code))
