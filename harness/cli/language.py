"""--lang, which every command takes, wherever it stands on the command line; before it is asked RENKEI_LANG, then renkei.toml."""

from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import Final

from harness.catalogue.findings import ConfigurationError
from harness.cli.settings_file import rows_in
from harness.contract.names import empty, unknown
from harness.languages.choice import LANGUAGES, VARIABLE

OPTION: Final = "--lang"
HELP: Final = ("--lang ja|en", "言語（省略時は環境変数 RENKEI_LANG、renkei.toml の lang、日本語）")


def in_language(
    arguments: Sequence[str], environment: MutableMapping[str, str], folder: Path
) -> tuple[str, ...]:
    """The command line without the option; the environment, of this process and of those that it starts, says from now on what was
    chosen. Raises ConfigurationError for what is no language."""
    rest, given = _parted(arguments)
    if given is not None:
        environment[VARIABLE] = _known(OPTION, given)
    elif (said := environment.get(VARIABLE)) is not None:
        environment[VARIABLE] = _known(f"環境変数 {VARIABLE}", said)
    elif of_file := _of_file(folder):
        environment[VARIABLE] = _known(*of_file)
    return rest


def _known(source: str, said: str) -> str:
    if not said.strip():
        raise ConfigurationError(empty(source))
    if (language := said.strip().casefold()) not in LANGUAGES:
        raise ConfigurationError(unknown(source, said, LANGUAGES))
    return language


def _parted(arguments: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    rest: list[str] = []
    given: str | None = None
    coming = iter(arguments)
    for argument in coming:
        if argument == OPTION:
            given = next(coming, "")
        elif argument.startswith(f"{OPTION}="):
            given = argument.partition("=")[2]
        else:
            rest.append(argument)
    return tuple(rest), given


def _of_file(folder: Path) -> tuple[str, str] | None:
    """Where it stands and what is said there, None where nothing is; what else is wrong with the file is for the command to say that
    reads it."""
    try:
        rows, source = rows_in(folder)
    except ConfigurationError:
        return None
    return (f"{source}: lang", str(rows["lang"])) if "lang" in rows else None
