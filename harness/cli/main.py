"""The entry point of the command `renkei`. It imports next to nothing: the commands take a third of a second to load, and
whatever comes in that time, or is wrong with what is loaded, ends as everything else does."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from harness.cli.guard import guarded


def main() -> NoReturn:
    """Carries out the command line and ends the process with an exit code of harness.catalogue.verdicts.Exit."""
    sys.exit(guarded(_load))


def _load() -> Callable[[], int]:
    command_line = import_module("harness.cli.command_line")
    return lambda: int(command_line.carry_out(sys.argv[1:]))
