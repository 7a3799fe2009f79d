"""The help of a command and what is said of a slip in it. Every word is shown: typer's own tables cut Japanese, which has no blanks
to break at, and frames stand in the way of grep."""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from harness.cli.language import HELP
from harness.contract.names import unknown
from harness.languages.choice import spoken
from reports.layout import pad, wrap

_NARROWEST, _WIDEST = 40, 100  # cells of a line
_NAMES: Final = 24  # cells of a name beside its text; a longer one has a line of its own
_BESIDE: Final = "  "
_KIND: Final = re.compile(r"(?:str|int|float|path)\b")


class HelpfulCommand(TyperCommand):
    """A command that tells all of its help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Into what typer prints."""
        formatter.write("\n".join(_help(self, ctx, ())) + "\n")


class HelpfulGroup(TyperGroup):
    """A command with commands of its own: it tells all of its help, and which command may have been meant."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Into what typer prints."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.help or "") for name, command in commands if command]
        formatter.write("\n".join(_help(self, ctx, rows)) + "\n")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A name that there is not is refused with the nearest."""
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            ctx.fail(unknown("命令", args[0], names))
        return super().resolve_command(ctx, args)


def said(error: Any) -> str:
    """What typer found wrong, in one sentence; of an option that there is not, those that may have been meant."""
    context = getattr(error, "ctx", None)
    if not hasattr(error, "possibilities") or context is None:
        return str(error.format_message())
    options = [
        name for each in context.command.get_params(context) for name in each.opts if not _hidden(each)
    ]
    return unknown(context.command_path.partition(" ")[2] or context.command_path, error.option_name, options)


def _help(command: Any, ctx: Any, commands: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    shown = [each for each in command.get_params(ctx) if not _hidden(each)]
    arguments = [each for each in shown if each.param_type_name == "argument"]
    options = [each for each in shown if each.param_type_name == "option"]
    pieces = [
        *(_name(each, ctx) for each in arguments),
        *([spoken("命令")] if commands else []),
        spoken("[オプション]"),
    ]
    yield f"{spoken('使い方')}: {ctx.command_path} {' '.join(pieces)}"
    yield ""
    yield from wrap(spoken(command.help or ""), width)
    yield from _table("引数", [(_name(each, ctx), each.help or "") for each in arguments], width)
    yield from _table("命令", commands, width)
    rows = [(_name(each, ctx), _text(each, ctx)) for each in options]
    yield from _table("オプション", [*rows[:-1], HELP, *rows[-1:]], width)


def _table(title: str, rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    rows = list(rows)
    if rows:
        yield ""
        yield f"{spoken(title)}:"
    for name, text in rows:
        lines = wrap(spoken(text), width - _NAMES - 2 * len(_BESIDE))
        first = f"{_BESIDE}{pad(name, _NAMES)}{_BESIDE}"
        if cell_len(name) > _NAMES:
            yield _BESIDE + name
            first = " " * (_NAMES + 2 * len(_BESIDE))
        for line in lines:
            yield first + line
            first = " " * (_NAMES + 2 * len(_BESIDE))


def _hidden(parameter: Any) -> bool:
    return bool(getattr(parameter, "hidden", False))


def _name(parameter: Any, ctx: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    names = "、".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag or "--help" in parameter.opts:
        return names
    kind = _KIND.search(str(parameter.display_type_rich(ctx=ctx)))
    return " ".join(filter(None, (names, parameter.metavar or (kind and kind[0].upper()))))


def _text(parameter: Any, ctx: Any) -> str:
    text = "この説明を示して終わる" if "--help" in parameter.opts else parameter.help or ""
    default = parameter.default
    if default in (None, False, (), "") or callable(default) or "省略時" in text:
        return text
    return f"{text}（省略時 {default}）"
