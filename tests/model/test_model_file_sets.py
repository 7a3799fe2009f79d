"""Which files of a set are there, where that can be told."""

import pytest

from harness.model.judges.settled_file_sets import file_sets
from harness.model.state.holdings import all_holdings
from tests.model.bodies import file, line, reported
from tests.model.decided_file_sets import came
from tests.model.histories import Told, broken


def begun() -> Told:
    told = Told()
    told.register("a")
    return told


def test_sets_are_apart() -> None:
    told = begun()
    came(told, 1, [2, 3])
    came(told, 2, [1, 3], id_="t")
    assert broken(file_sets, told) == []


@pytest.mark.parametrize("missing", [[3], [2, 3]])
def test_what_came_at_once_may_be_there_or_not(missing: list[int]) -> None:
    told = begun()
    came(told, 2, [3], at=50, lasts=2.0)
    came(told, 1, missing, at=51, lasts=2.0)
    assert broken(file_sets, told) == []


@pytest.mark.parametrize("missing", [[3], [2, 3]])
def test_what_was_not_answered_may_be_there_or_not(missing: list[int]) -> None:
    told = begun()
    came(told, 2, None, status=None)
    came(told, 1, missing)
    assert broken(file_sets, told) == []


def test_what_was_refused_is_not_there() -> None:
    told = begun()
    came(told, 2, None, status=422, answer={"code": "INVALID_REQUEST", "phase": "", "reason": ""})
    came(told, 1, [3])
    assert broken(file_sets, told) == ["contract-2-file-set"]


@pytest.mark.parametrize("set_", [{}, {"number": 0}, {"id": "", "number": "1"}, [], None, "s"])
def test_what_contract_1_may_overlook_of_a_file_takes_nothing_from_its_records(set_: object) -> None:
    told = begun()
    told.call("POST", "/v1/imports", {**file([line()]), "set": set_}, answer=reported(total=1))
    kept = all_holdings(told.history()).all_records("地方税関係情報")
    assert {(local_id, key["相当年度"]) for local_id, key, _ in kept} == {("a", "2012")}


@pytest.mark.parametrize(("missing", "found"), [([], []), ([2], ["contract-2-file-set"])])
def test_a_number_that_is_written_otherwise_is_the_same(missing: list[int], found: list[str]) -> None:
    told = begun()
    came(told, 1, [2, 3])
    came(told, 2.0, [3])
    came(told, 3.0, missing)
    assert broken(file_sets, told) == found


def test_a_file_of_a_set_leaves_its_records() -> None:
    told = begun()
    came(told, 1, [2, 3])
    kept = all_holdings(told.history()).all_records("地方税関係情報")
    assert {(local_id, key["相当年度"]) for local_id, key, _ in kept} == {("a", "2012")}
