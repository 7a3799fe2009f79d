"""Options of `renkei run` that need not be typed: renkei.toml or [tool.renkei] of pyproject.toml, before them the environment, before
both the command line."""

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from harness.catalogue.findings import ConfigurationError
from harness.cli.settings_file import rows_in
from harness.contract.names import empty, unknown
from harness.plugin.option_table import TABLE, Option

WORKERS: Final = Option("--n", "N", "", int, minimum=0)
LANGUAGE: Final = Option("--lang", "LANG", "")
# What takes the options of an earlier run: others would change them in silence.
OF_EARLIER: Final = ("resume", "replay", "rerun_failed")
_YES: Final = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True)
class Setting:
    """An option as a file or the environment has it, and which of them."""

    value: Any
    source: str


def options() -> tuple[Option, ...]:
    """Those that can be set: of the table, how many processors, and the language."""
    return (*(option for option in TABLE if not option.hidden), WORKERS, LANGUAGE)


def settings(folder: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Setting]:
    """By the option's name in Python; the environment before the file. Raises ConfigurationError in one sentence for what is no option,
    or no value of it."""
    return {**dict(_of_files(folder)), **dict(_of_environment(environment))}


def filled(
    given: Mapping[str, Any], folder: Path, environment: Mapping[str, str] = os.environ
) -> Mapping[str, Any]:
    """What the command line gave, and of the settings what it left open. Raises ConfigurationError."""
    if any(given.get(name) for name in OF_EARLIER):
        return given
    found = settings(folder, environment)
    return {
        name: found[name].value if name in found and _is_open(value) else value
        for name, value in given.items()
    }


def _is_open(value: object) -> bool:
    return value is None or value is False or value == []


def _of_files(folder: Path) -> Iterator[tuple[str, Setting]]:
    rows, source = rows_in(folder)
    known = {option.name.removeprefix("--"): option for option in options()}
    for name, value in rows.items():
        if name not in known:
            raise ConfigurationError(unknown(f"{source}:", str(name), known))
        yield known[name].dest, Setting(_value(known[name], value, f"{source}: {name}"), source)


def _of_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, Setting]]:
    for option in options():
        name = f"RENKEI_{option.dest.upper()}"
        if name in environment:
            text = environment[name].strip()
            if not text:
                raise ConfigurationError(empty(f"環境変数 {name}"))
            yield option.dest, Setting(_value(option, _read(option, text), f"環境変数 {name}"), name)


def _read(option: Option, text: str) -> object:
    """A text of the environment as a file would have it; several are parted by commas."""
    if option.many:
        return [part.strip() for part in text.split(",")]
    if option.kind is bool:
        return _YES.get(text.casefold(), text)
    if option.kind in {int, float}:
        try:
            return option.kind(text)
        except ValueError:
            return text
    return text


def _value(option: Option, value: object, where: str) -> object:
    """Raises ConfigurationError where it is none of that option."""
    if option.many:
        words = [value] if isinstance(value, str) else value
        if isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words):
            return words
        raise ConfigurationError(f'{where} は文字列の列で書く（例: ["…", "…"]）。')
    if option.kind is bool:
        if isinstance(value, bool):
            return value
        raise ConfigurationError(f"{where} は true 又は false で書く。")
    if option.kind in {int, float}:
        return _number(option, value, where)
    if isinstance(value, str) and value.strip():
        return Path(value) if option.kind is Path else value
    raise ConfigurationError(f'{where} は文字列で書く（例: "…"）。')


def _number(option: Option, value: object, where: str) -> float:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (option.kind is float and isinstance(value, float)):
        raise ConfigurationError(f"{where} は{'整数' if option.kind is int else '数'}で書く。")
    number = option.kind(value)
    if option.minimum is not None and not (math.isfinite(number) and number >= option.minimum):
        raise ConfigurationError(f"{where} は {option.minimum:g} 以上の数で書く。")
    return float(number) if option.kind is float else int(number)
