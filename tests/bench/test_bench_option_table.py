"""What pytest takes, renkei run takes: the two are told of the same options."""

from inspect import signature

import pytest

from harness.cli.run import run
from harness.plugin.command_line import add_options
from harness.plugin.option_table import TABLE

OWN = {"watch", "context", "workers", "listing"}


def test_the_command_has_the_options_of_the_table() -> None:
    assert set(signature(run).parameters) - OWN == {option.dest for option in TABLE}


def test_pytest_has_the_options_of_the_table() -> None:
    parser = pytest.Parser(_ispytest=True)
    add_options(parser)
    given = parser.parse_known_args([])
    assert {option.dest for option in TABLE} <= set(vars(given))
