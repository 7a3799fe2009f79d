"""What a gateway may hold: state of records, as requests and answers leave it."""

from typing import Any

import pytest

from harness.model.history.spans import Span
from harness.model.likeness import same
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings
from harness.model.state.register import UNKNOWN
from harness.model.state.subjects import Subjects
from tests.model.bodies import LICENCE, TAX, YEAR, errors, file, line, record, refused, reported
from tests.model.histories import BEGAN, Told

_LATER = Span(BEGAN + 500, BEGAN + 501)


def _told(status: int = 201) -> Told:
    told = Told()
    told.register("a", status=status)
    return told


def _put(told: Told, amount: int | None, **other: Any) -> None:
    names = {"at", "lasts", "status", "answer"} & set(other)
    call = {name: other.pop(name) for name in names}
    told.call("PUT", "/v1/records", record(items={"年税額": amount}, **other), **call)


def _of(told: Told) -> Holdings:
    history = told.history()
    return Holdings.of(history, Subjects.of(history))


def _amounts(holdings: tuple[Holding, ...]) -> set[object]:
    return {h.items.get("年税額", "none of it") if isinstance(h, Held) else h for h in holdings}


def _record(told: Told, during: Span = _LATER, **other: Any) -> set[object]:
    return _amounts(
        _of(told).record(
            other.get("local_id", "a"), other.get("information", TAX), other.get("key", YEAR), during
        )
    )


def _last(told: Told, during: Span = _LATER) -> set[object]:
    return _amounts(_of(told).last("a", LICENCE, during))


def test_the_same_place_is_replaced_and_others_are_not() -> None:
    told = _told()
    _put(told, 1)
    _put(told, 2, key={"相当年度": "2013"})
    _put(told, 3)
    assert _record(told) == {3}
    assert _record(told, key={"相当年度": "2013"}) == {2}
    assert _record(told, key={}) == {None}
    assert _record(told, local_id="b") == {None}


def test_items_reasons_and_version_are_those_of_the_request() -> None:
    told = _told()
    body = record(version=3, items={"年税額": None, "外の項目": "値"}, reasons={"年税額": "未申告"})
    told.call("PUT", "/v1/records", body)
    assert _of(told).record("a", TAX, YEAR, _LATER) == (
        Held({"年税額": None, "外の項目": "値"}, {"年税額": "未申告"}, 3),
    )


def test_while_requests_overlap_any_order_is_possible() -> None:
    told = _told()
    _put(told, 1, at=10)
    _put(told, 2, at=20, lasts=4)
    _put(told, 3, at=21, lasts=4)
    assert _record(told, Span(BEGAN + 12, BEGAN + 13)) == {1}
    assert _record(told, Span(BEGAN + 22, BEGAN + 23)) == {1, 2, 3}
    assert _record(told) == {2, 3}


def test_a_lost_request_may_take_effect_later_or_never() -> None:
    told = _told()
    _put(told, 1)
    _put(told, 2, status=None)
    _put(told, 3)
    assert _record(told) == {2, 3}


@pytest.mark.parametrize(("status", "answer", "held"), [(409, "VERSION_STALE", {1}), (503, None, {1, 2})])
def test_a_refusal_changes_nothing_and_a_broken_answer_perhaps(
    status: int, answer: str | None, held: set[object]
) -> None:
    told = _told()
    _put(told, 1)
    _put(told, 2, status=status, answer=refused(answer) if answer else {})
    assert _record(told) == held


def test_what_was_there_before_the_run_is_unknown_until_it_is_written() -> None:
    told = _told(200)
    assert _record(told) == {UNKNOWN}
    _put(told, 1)
    assert _record(told) == {1}
    assert _record(told, key={}) == {UNKNOWN}


def test_a_deleted_record_is_as_if_it_had_never_been() -> None:
    told = _told()
    _put(told, 1)
    told.call("POST", "/v1/records/deletion", {"local_id": "a", "information": TAX, "key": YEAR})
    assert _record(told) == {None}


def test_later_duplicates_of_a_bulk_request_replace_earlier_ones() -> None:
    told = _told()
    rows = [record(items={"年税額": amount}) for amount in (1, 2, 3)]
    told.call("POST", "/v1/records/bulk", {"records": rows}, answer=errors(total=3), at=10, lasts=4)
    assert _record(told) == {3}
    assert _record(told, Span(BEGAN + 11, BEGAN + 12)) == {None, 1, 2, 3}


def test_rows_that_were_reported_are_not_there() -> None:
    told = _told()
    rows = [record(version=5, items={"年税額": 5}), record(version=3, items={"年税額": 3})]
    told.call("POST", "/v1/records/bulk", {"records": rows}, answer=errors((1, "VERSION_STALE"), total=2))
    assert _record(told) == {5}


def test_a_bulk_answer_that_nobody_understands_leaves_anything() -> None:
    told = _told()
    told.call("POST", "/v1/records/bulk", {"records": [record()]}, answer={"accepted": "1"})
    assert _record(told) == {None, 1000}


def test_an_older_version_that_was_taken_may_have_been_taken_in_words_only() -> None:
    told = _told()
    _put(told, 5, version=5)
    _put(told, 3, version=3)
    assert _record(told) == {5, 3}


def test_without_a_key_the_record_that_was_registered_last_is_found() -> None:
    told = _told()
    for key in ({}, {"x": "1"}):
        _put(told, len(key), information=LICENCE, key=key)
    assert _last(told) == {1}
    told.call("POST", "/v1/records/deletion", {"local_id": "a", "information": LICENCE, "key": {"x": "1"}})
    assert _last(told) == {0}


def test_whether_replacing_counts_as_registering_is_open() -> None:
    told = _told()
    for amount, key in ((1, {"x": "1"}), (2, {"x": "2"}), (3, {"x": "1"})):
        _put(told, amount, information=LICENCE, key=key)
    assert _last(told) == {2, 3}
    assert _last(_told()) == {None}


def test_who_asks_finds_the_exact_key_or_the_last() -> None:
    told = _told()
    _put(told, 1)
    _put(told, 2, information=LICENCE, key={"x": "1"})
    holdings = _of(told)
    assert _amounts(holdings.asked("a", TAX, YEAR, _LATER)) == {1}
    assert _amounts(holdings.asked("a", TAX, {}, _LATER)) == {None}
    assert _amounts(holdings.asked("a", LICENCE, {}, _LATER)) == {2}
    assert _amounts(holdings.asked("a", "誰も知らない情報", {}, _LATER)) == {None}


def test_a_key_with_names_of_no_information_is_open() -> None:
    told = _told()
    _put(told, 1)
    _put(told, 2, information=LICENCE, key={})
    holdings = _of(told)
    assert _amounts(holdings.asked("a", TAX, {**YEAR, "x": "1"}, _LATER)) == {None, 1}
    assert _amounts(holdings.asked("a", LICENCE, {"x": "1"}, _LATER)) == {None, 2}


def test_a_file_leaves_the_lines_that_were_not_reported() -> None:
    told = _told()
    body = file([line(年税額=7), line(相当年度="2013", 年税額=8), line("b", 年税額=9)])
    told.call("POST", "/v1/imports", body, answer=reported((3, None, "SUBJECT_UNKNOWN"), total=3))
    assert _record(told) == {7}
    assert _record(told, key={"相当年度": "2013"}) == {8}
    assert _record(told, local_id="b") == {None}


def test_whether_the_key_is_an_item_of_an_imported_record_is_open() -> None:
    told = _told()
    told.call("POST", "/v1/imports", file([line(年税額=7)]), answer=reported(total=1))
    found = _of(told).record("a", TAX, YEAR, _LATER)
    assert found == (Held({"相当年度": "2012", "年税額": 7}), Held({"年税額": 7}))


def test_a_file_replaces_whatever_version_there_is() -> None:
    told = _told()
    _put(told, 1, version=5)
    told.call("POST", "/v1/imports", file([line(年税額=7)]), answer=reported(total=1))
    assert _record(told) == {7}


def test_a_faulty_line_that_was_taken_leaves_anything() -> None:
    told = _told()
    told.call("POST", "/v1/imports", file([line(raw={"年税額": b"+12X"})]), answer=reported(total=1))
    assert _record(told) == {UNKNOWN}


def test_a_line_whose_key_is_blank_has_any_key() -> None:
    told = _told()
    told.call("POST", "/v1/imports", file([line(raw={"相当年度": b""}, 年税額=7)]), answer=reported(total=1))
    assert _record(told, key={}) == {UNKNOWN}
    assert _record(told, key={"相当年度": ""}) == {UNKNOWN}
    assert _record(told) == {None}


def test_values_keep_their_types() -> None:
    assert same(1, 1)
    for one, other in ((1, "1"), (1, 1.0), (1, True), ("", None), (0, None), ("ｶﾞ", "ガ")):
        assert not same(one, other)
    assert same({"a": 1, "b": None}, {"b": None, "a": 1})
    assert not same({"a": 1}, {"a": 1, "b": None})
