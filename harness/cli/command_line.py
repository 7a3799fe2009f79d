"""The command line: finds the command that is called, loads it alone, and carries it out."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from harness.catalogue.findings import LONGEST_SENTENCE, ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.cli.commands import COMMANDS
from harness.cli.guard import COMPLETING, INSTRUCTIONS
from harness.cli.helping import HelpfulCommand, HelpfulGroup, said
from harness.cli.language import in_language
from harness.cli.version import show_version
from harness.contract.extension_faults import faults
from harness.contract.names import empty
from harness.contract.texts import one_line


class Commands(HelpfulGroup):
    """Knows its commands by name and help; loads the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """As the help shows it."""
        found = COMMANDS.get(cmd_name)
        return HelpfulCommand(cmd_name, help=found.help) if found else None

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
        alone.command(name, cls=HelpfulCommand)(found)
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
app.callback()(show_version)


def carry_out(arguments: Sequence[str]) -> int:
    """Carries out a command line; its exit code. Typer's own ending is passed by: it would say 1 or 130 for an interrupted
    command and 1 for a reader that went away, which here means that a gateway does not conform. A value that is empty is
    a variable that is not set, whichever command it is for."""
    try:
        arguments = in_language(arguments, os.environ, Path.cwd())
    except ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        return int(Exit.CONFIGURATION)
    if (instruction := os.environ.get(COMPLETING)) in INSTRUCTIONS:
        return _completing(str(instruction))
    for fault in filter(None, (empty_in(arguments), *faults())):
        sys.stderr.write(f"{one_line(fault, LONGEST_SENTENCE)}\n")
        return int(Exit.CONFIGURATION)
    try:
        with get_command(app).make_context("renkei", list(arguments)) as context:
            context.command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except typer.TyperException as error:
        message = said(error)
        if message:  # none where the help was shown instead
            sys.stderr.write(f"指定の誤り: {one_line(message, LONGEST_SENTENCE)}　使い方は --help で見る。\n")
        return int(Exit.CONFIGURATION)
    return int(Exit.CONFORMS)


def _completing(instruction: str) -> int:
    """Typer's side of it is loaded for a shell that asks, and for no other command."""
    return int(import_module("harness.cli.completion").completed(get_command(app), instruction))


def empty_in(arguments: Sequence[str]) -> str | None:
    """The sentence about the first argument that is empty, or the first option whose value is; None where none is."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        name, equals, value = argument.partition("=")
        if argument.startswith("--") and equals and not value.strip():
            return empty(name)
        if not argument.strip():
            return empty(before if before.startswith("-") else "引数")
    return None
