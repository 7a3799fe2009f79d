"""Completion of the command line by the shell: `renkei completion SHELL` prints the script, and the script asks the command itself."""

from typing import Annotated, Any, Final

import typer
from typer._completion_classes import completion_init  # typer has no public name for these two
from typer._completion_shared import get_completion_script
from typer.completion import shell_complete

from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.guard import COMPLETING
from harness.cli.streams import as_it_is
from harness.contract.names import unknown

_SHELLS: Final = ("bash", "zsh", "fish")


def completion_command(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash、zsh、fish")],
) -> None:
    """Prints the script; exit code 0, or 2 for a shell that there is not."""
    if shell not in _SHELLS:
        end(unknown("renkei completion", shell, _SHELLS))
    with as_it_is():
        print(get_completion_script(prog_name="renkei", complete_var=COMPLETING, shell=shell))


def completed(command: Any, instruction: str) -> Exit:
    """Tells a shell how a command line may go on."""
    completion_init()
    failed = shell_complete(command, {}, "renkei", COMPLETING, instruction)
    return Exit.CONFIGURATION if failed else Exit.CONFORMS
