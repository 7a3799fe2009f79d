"""What the command line gives, as values; each raises ConfigurationError in one sentence for what cannot be used."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from harness.catalogue.features import scenario_names
from harness.catalogue.findings import ConfigurationError
from harness.contract.names import unknown
from harness.contract.statement import Statement, StatementError
from harness.contract.user_files import names_in, text_of
from harness.record.known_failures import KnownFailure, KnownFailuresError, load

_NOT_WITH_PARTNER: Final = (
    "use_case",
    "requirement",
    "brief",
    "whole",
    "scenarios",
    "rerun_failed",
    "resume",
    "known_failures",
    "suggest_known",
    "explore",
    "thorough",
    "corpus",
)


def statement_of(path: Path) -> Statement:
    """The statement of a file."""
    try:
        return Statement.load(path)
    except StatementError as error:
        raise ConfigurationError(str(error)) from error


def place_of(path: Path) -> str:
    """Where a file lies below the working directory, as a repository names it; its name alone where it lies elsewhere: nobody is told
    where things lie on this machine."""
    below, here = Path(os.path.normpath(path.absolute())), Path.cwd()
    return below.relative_to(here).as_posix() if below.is_relative_to(here) else below.name


def corpus_of(given: str | None) -> Path | None:
    """A folder, where one was named."""
    if given and not Path(given).is_dir():
        raise ConfigurationError(f"--corpus {given}: そのフォルダーはない。")
    return Path(given) if given else None


def seed_of(given: str) -> int:
    """An integer."""
    try:
        return int(given)
    except ValueError as error:
        raise ConfigurationError(f"--seed {given}: 整数で書く。") from error


def scenarios_of(path: Path) -> frozenset[str]:
    """Ids, one a line; of an outline without its row, for all rows."""
    named = names_in(text_of(path, ConfigurationError))
    for name in sorted(named - scenario_names()):
        raise ConfigurationError(unknown(f"--scenarios {path}:", name, scenario_names()))
    if not named:
        raise ConfigurationError(f"--scenarios {path}: シナリオの番号が一つもない。1行に一つ書く。")
    return named


def known_failures_of(path: Path) -> tuple[KnownFailure, ...]:
    """The entries of a file."""
    try:
        return load(path)
    except KnownFailuresError as error:
        raise ConfigurationError(str(error)) from error


def names_of(option: str, given: list[str], known: Iterable[str]) -> tuple[str, ...]:
    """Names, each of which there is."""
    there = tuple(known)
    for name in given:
        if name not in there:
            raise ConfigurationError(unknown(option, name, there))
    return tuple(given)


def must_go_with_partner(given: Mapping[str, object]) -> None:
    """What is given by the names of options. Two gateways against each other are judged by all that they do there, and by nothing else."""
    if not given["partner"]:
        if given["partner_statement"]:
            raise ConfigurationError("--partner-statement は、--partner とともに使う。")
        return
    if not given["gateway"]:
        raise ConfigurationError("--partner には、検証するゲートウェイを示す --gateway が要る。")
    for name in _NOT_WITH_PARTNER:
        if given.get(name):
            raise ConfigurationError(f"--{name.replace('_', '-')} は --partner と合わせられない。")


def kind_of(gateway: str) -> str:
    """What comes before parameters and defects."""
    return gateway.partition(":")[0].partition("+")[0]
