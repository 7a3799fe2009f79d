"""The options of a run as pytest's command line has them: told to it, and refused where a value is none."""

import math

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.contract.names import empty
from harness.plugin.option_table import TABLE


def add_options(parser: pytest.Parser) -> None:
    """pytest's side of the same options that `renkei run` has. A value stays a text until it is read."""
    group = parser.getgroup("renkei", "自治体情報連携ゲートウェイの適合性検証")
    for option in TABLE:
        if option.kind is bool:
            group.addoption(option.name, action="store_true", help=option.said)
        elif option.many:
            group.addoption(
                option.name, action="append", default=[], metavar=option.metavar, help=option.said
            )
        elif option.kind is float:
            group.addoption(
                option.name, type=float, default=option.default, metavar=option.metavar, help=option.said
            )
        else:
            group.addoption(option.name, metavar=option.metavar, help=option.said)


def refuse_empty(config: pytest.Config) -> None:
    """Raises ConfigurationError for an option that is given without a value: a variable that is not set must not look as
    if nothing had been asked for."""
    for option in TABLE:
        given = config.getoption(option.name) if option.is_text else None
        if any(
            not value.strip()
            for value in (given if isinstance(given, list) else [given])
            if value is not None
        ):
            raise ConfigurationError(empty(option.name))


def refuse_endless(config: pytest.Config) -> None:
    """Raises ConfigurationError for a length of time that is none, or has no end: a run with it would have none either."""
    for option in TABLE:
        given = config.getoption(option.name) if option.kind is float else None
        if given is not None and not (math.isfinite(given) and given >= (option.minimum or 0.0)):
            raise ConfigurationError(f"{option.name} は {option.minimum or 0.0:g} 以上の数で書く。")
