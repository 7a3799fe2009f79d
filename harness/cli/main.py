"""The entry point of the command `renkei`."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from harness.cli.commands import COMMANDS


class Commands(TyperGroup):
    """Knows its commands by name and help; loads the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """As the help shows it."""
        found = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=found.help) if found else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real one, of the name that is called; the parent says what is wrong with a name that there is not."""
        called, command, rest = super().resolve_command(ctx, args)
        return called, loaded(args[0]) if command else None, rest


def loaded(name: str) -> Any:
    """A command of the table with its options, loaded now."""
    command = COMMANDS[name]
    module, _, member = command.place.partition(":")
    found = getattr(import_module(module), member)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        found = alone
    loaded = get_command(found)
    loaded.help = command.help
    return loaded


app = typer.Typer(
    cls=Commands,
    name="renkei",
    help="自治体の情報連携ゲートウェイの適合性を検証する。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.callback()(lambda: None)


def main() -> None:
    """Runs the command line."""
    app()
