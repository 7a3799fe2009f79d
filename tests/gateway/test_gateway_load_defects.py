"""Defects that show under load: exactly as often as their name says, and never in the kill matrix."""

import json
import subprocess
import sys

import pytest

from mocks.defects import UnknownDefectError, defect, defects
from mocks.defects.under_load import load_defect, load_names
from mocks.defects.under_load.registry import every


def test_what_is_due_is_due_every_so_often() -> None:
    due = every(4)
    assert [due() for _ in range(9)] == [False, False, False, True, False, False, False, True, False]


def test_two_gateways_count_for_themselves() -> None:
    one, other = every(2), every(2)
    assert (one(), other(), one()) == (False, False, True)


@pytest.mark.parametrize("name", load_names())
def test_the_number_of_a_name_is_settable(name: str) -> None:
    found = load_defect(name.replace("-N", "-50"))
    assert found is not None
    assert (found.what, found.every) == (name.removesuffix("-one-in-N"), 50)
    assert defect(name.replace("-N", "-10000")).requirement == ""


@pytest.mark.parametrize(
    "name", ["loses-one-in-N", "loses-one-in-0", "loses-one-in--1", "loses", "wins-one-in-5"]
)
def test_another_name_answers_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UnknownDefectError, match="loses-one-in-N"):
        defect(name)


def test_the_kill_matrix_does_not_know_them() -> None:
    command = [sys.executable, "-m", "mocks.defects"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert {one["name"] for one in listed} == set(defects())
    assert not any("one-in" in one["name"] for one in listed)
