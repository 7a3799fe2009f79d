"""Many records at once: judge `records`."""

import pytest

from harness.model.judges.records import records
from tests.model.bodies import errors, record
from tests.model.histories import broken, occasions
from tests.model.record_calls import NOBODY, STALE, bulk, put, told_of_one


def test_rows_are_taken_or_reported_independently() -> None:
    told = told_of_one()
    put(told, record(version=5))
    bodies = [record("nobody"), record(version=6, key={}), record(version=1), record("nobody"), record()]
    bulk(told, bodies, (0, NOBODY), (2, STALE), (3, NOBODY))
    assert broken(records, told) == []
    assert {
        ("bulk-nobody", "受け付けない件の前"),
        ("bulk-nobody", "受け付けない件の後"),
        ("bulk-taken", "受け付けない件の後"),
        ("bulk-positions", "2件以上"),
        ("bulk-adds-up", "誤りのある要求"),
    } <= occasions(records, told)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(1, NOBODY)], []),
        ([], ["bulk-nobody"]),
        ([(0, NOBODY)], ["bulk-positions"]),
        ([(1, STALE)], ["bulk-nobody"]),
        ([(1, NOBODY), (2, NOBODY)], ["bulk-taken"]),
        ([(1, NOBODY), (2, "RECORD_NOT_FOUND")], ["bulk-taken"]),
        ([(0, NOBODY), (1, NOBODY), (2, NOBODY)], ["bulk-taken", "bulk-taken"]),
        ([(3, NOBODY)], ["bulk-positions"]),
        ([(1, NOBODY), (1, NOBODY)], ["bulk-positions"]),
        ([(1, NOBODY), (3, NOBODY)], ["bulk-positions", "bulk-adds-up"]),
    ],
)
def test_each_row_of_a_bulk_request(rows: list[tuple[int, str]], found: list[str]) -> None:
    told = told_of_one()
    bodies = [record(key={"相当年度": "2011"}), record("nobody"), record()]
    answer = {**errors(*rows, total=3), "accepted": 2 if len(rows) < 3 and rows else 3 - len(rows)}
    bulk(told, bodies, answer=answer)
    assert [rule for rule in broken(records, told) if rule != "bulk-adds-up" or rule in found] == found


def test_positions_are_in_order() -> None:
    told = told_of_one()
    bulk(told, [record("x"), record("y")], (1, NOBODY), (0, NOBODY))
    assert broken(records, told) == ["bulk-positions"]


@pytest.mark.parametrize(("accepted", "found"), [(2, []), (1, ["bulk-adds-up"]), (3, ["bulk-adds-up"])])
def test_accepted_is_what_was_taken(accepted: int, found: list[str]) -> None:
    told = told_of_one()
    bodies = [record(), record("nobody"), record(key={})]
    bulk(told, bodies, answer={**errors((1, NOBODY), total=3), "accepted": accepted})
    assert broken(records, told) == found


@pytest.mark.parametrize("accepted", [1, 2])
def test_whether_replaced_duplicates_are_counted_is_open(accepted: int) -> None:
    told = told_of_one()
    bulk(told, [record(), record()], answer={"accepted": accepted, "errors": []})
    assert broken(records, told) == []


@pytest.mark.parametrize("accepted", [0, 3])
def test_a_request_without_a_fault_adds_up(accepted: int) -> None:
    told = told_of_one()
    bulk(told, [record(), record()], answer={"accepted": accepted, "errors": []})
    assert broken(records, told) == ["bulk-adds-up"]


def test_a_duplicate_is_no_fault() -> None:
    told = told_of_one()
    bulk(told, [record(), record()], (1, STALE))
    assert broken(records, told) == ["version-taken"]
    told = told_of_one()
    bulk(told, [record(), record(), record()], (2, NOBODY))
    assert broken(records, told) == ["bulk-taken"]


def test_who_is_unknown_is_reported_before_others_too() -> None:
    told = told_of_one()
    bulk(told, [record("x"), record("y")], (1, NOBODY))
    assert broken(records, told) == ["bulk-nobody"]


@pytest.mark.parametrize("rows", [[], [(1, STALE)]])
def test_whether_a_row_is_held_against_an_earlier_one_is_open(rows: list[tuple[int, str]]) -> None:
    told = told_of_one()
    bulk(told, [record(version=5), record(version=3)], *rows)
    assert broken(records, told) == []


def test_an_earlier_row_does_not_let_a_lower_version_in() -> None:
    told = told_of_one()
    put(told, record(version=9))
    bulk(told, [record(version=10), record(version=3)])
    assert broken(records, told) == ["lower-version-not-taken"]


def test_a_resident_who_is_registered_meanwhile_may_be_unknown() -> None:
    for rows in ([], [(0, NOBODY)]):
        told = told_of_one()
        told.register("b", at=10, lasts=5)
        bulk(told, [record("b")], *rows, at=12)
        assert broken(records, told) == []


def test_positions_that_shift_after_a_fault_are_one_breach() -> None:
    told = told_of_one()
    bulk(told, [record("x"), record(version=1), record("y"), record(key={})], (0, NOBODY), (1, NOBODY))
    assert broken(records, told) == ["bulk-positions"]


def test_positions_from_one_are_one_breach_where_rows_are_open_too() -> None:
    told = told_of_one()
    rows = [record("x"), record(version=5), record(version=3), record("y"), record(key={})]
    bulk(told, rows, (1, NOBODY), (3, STALE), (4, NOBODY))
    assert broken(records, told) == ["bulk-positions"]
