"""Versions, bulk requests and deletions: judge `records`."""

from typing import Any

import pytest

from harness.model.history.exchanges import Restart
from harness.model.judges.records import records
from tests.model.bodies import LICENCE, errors, record, refused
from tests.model.histories import Told, broken, occasions

_STALE, _NOBODY = "VERSION_STALE", "SUBJECT_UNKNOWN"
_RECORD, _BULK, _DELETION = "/v1/records", "/v1/records/bulk", "/v1/records/deletion"


def _told() -> Told:
    told = Told()
    told.register("a")
    return told


def _put(told: Told, body: object, code: str | None = None, **other: Any) -> None:
    answer, status = (refused(code), 409) if code else ({}, 200)
    told.call("PUT", _RECORD, body, **{"status": status, "answer": answer, **other})


def _bulk(told: Told, bodies: list[Any], *rows: tuple[int, str], **other: Any) -> None:
    answer = errors(*rows, total=len(bodies))
    told.call("POST", _BULK, {"records": bodies}, **{"answer": answer, **other})


def _delete(told: Told, code: str | None = None, **other: Any) -> None:
    body = {
        name: value for name, value in record(**other).items() if name in {"local_id", "information", "key"}
    }
    told.call("POST", _DELETION, body, status=404 if code else 200, answer=refused(code) if code else {})


@pytest.mark.parametrize("bulk", [False, True])
def test_a_lower_version_is_not_taken(bulk: bool) -> None:
    for kept in (True, False):
        told = _told()
        _put(told, record(version=5))
        if bulk:
            _bulk(told, [record(version=4)], *([(0, _STALE)] if kept else []))
        else:
            _put(told, record(version=4), _STALE if kept else None)
        assert broken(records, told) == ([] if kept else ["lower-version-not-taken"])
        assert ("lower-version-not-taken", "一括登録" if bulk else "1件の登録") in occasions(records, told)


@pytest.mark.parametrize("bulk", [False, True])
@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        (None, 1, "初めて"),
        ([3], 3, "同じ版"),
        ([3], 4, "大きい版"),
        ([3], None, "版のない要求"),
        ([None], 1, "版のない件へ"),
        ([5, None], 3, "版のない件へ"),
        ([5, "deleted"], 3, "削除の後"),
    ],
)
def test_every_other_version_is_taken(
    bulk: bool, before: list[Any] | None, now: int | None, kind: str
) -> None:
    for kept in (True, False):
        told = _told()
        for version in before or []:
            if version == "deleted":
                _delete(told)
            else:
                _put(told, record(version=version))
        if bulk:
            _bulk(told, [record(version=now)], *([] if kept else [(0, _STALE)]))
        else:
            _put(told, record(version=now), None if kept else _STALE)
        assert [rule for rule in broken(records, told) if rule == "version-taken"] == (
            [] if kept else ["version-taken"]
        )
        way = "一括登録" if bulk else "1件の登録"
        assert ("version-taken", f"{way}：{kind}") in occasions(records, told)


def test_versions_are_those_of_one_record() -> None:
    told = _told()
    told.register("b")
    _put(told, record(version=9))
    others: list[dict[str, Any]] = [
        {"local_id": "b"},
        {"key": {"相当年度": "2013"}},
        {"key": {}},
        {"information": LICENCE},
    ]
    for other in others:
        _put(told, record(version=1, **other))
    assert broken(records, told) == []
    _put(told, record(version=1, information=LICENCE), _STALE)
    assert broken(records, told) == ["version-taken"]


def test_what_was_there_before_the_run_has_any_version() -> None:
    for code in (None, _STALE):
        told = Told()
        told.register("a", status=200)
        _put(told, record(version=1), code)
        assert broken(records, told) == []


def test_overlapping_and_lost_requests_may_come_in_any_order() -> None:
    for code in (None, _STALE):
        told = _told()
        _put(told, record(version=5), at=10, lasts=3)
        _put(told, record(version=3), code, at=11, lasts=3)
        _put(told, record(version=9), status=None, at=20)
        _put(told, record(version=7), code, at=22)
        assert broken(records, told) == []


def test_a_version_that_was_taken_wrongly_convicts_once() -> None:
    told = _told()
    _put(told, record(version=5))
    _put(told, record(version=3))
    _put(told, record(version=4))
    _put(told, record(version=4), _STALE)
    assert broken(records, told) == ["lower-version-not-taken"]


def test_rows_are_taken_or_reported_independently() -> None:
    told = _told()
    _put(told, record(version=5))
    bodies = [record("nobody"), record(version=6, key={}), record(version=1), record("nobody"), record()]
    _bulk(told, bodies, (0, _NOBODY), (2, _STALE), (3, _NOBODY))
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
        ([(1, _NOBODY)], []),
        ([], ["bulk-nobody"]),
        ([(0, _NOBODY)], ["bulk-taken", "bulk-nobody"]),
        ([(1, _STALE)], ["bulk-nobody"]),
        ([(1, _NOBODY), (2, _NOBODY)], ["bulk-taken"]),
        ([(1, _NOBODY), (2, "RECORD_NOT_FOUND")], ["bulk-taken"]),
        ([(0, _NOBODY), (1, _NOBODY), (2, _NOBODY)], ["bulk-taken", "bulk-taken"]),
        ([(3, _NOBODY)], ["bulk-positions", "bulk-nobody"]),
        ([(1, _NOBODY), (1, _NOBODY)], ["bulk-positions"]),
        ([(1, _NOBODY), (3, _NOBODY)], ["bulk-positions", "bulk-adds-up"]),
    ],
)
def test_each_row_of_a_bulk_request(rows: list[tuple[int, str]], found: list[str]) -> None:
    told = _told()
    bodies = [record(key={"相当年度": "2011"}), record("nobody"), record()]
    answer = {**errors(*rows, total=3), "accepted": 2 if len(rows) < 3 and rows else 3 - len(rows)}
    _bulk(told, bodies, answer=answer)
    assert [rule for rule in broken(records, told) if rule != "bulk-adds-up" or rule in found] == found


def test_positions_are_in_order() -> None:
    told = _told()
    _bulk(told, [record("x"), record("y")], (1, _NOBODY), (0, _NOBODY))
    assert broken(records, told) == ["bulk-positions"]


@pytest.mark.parametrize(("accepted", "found"), [(2, []), (1, ["bulk-adds-up"]), (3, ["bulk-adds-up"])])
def test_accepted_is_what_was_taken(accepted: int, found: list[str]) -> None:
    told = _told()
    bodies = [record(), record("nobody"), record(key={})]
    _bulk(told, bodies, answer={**errors((1, _NOBODY), total=3), "accepted": accepted})
    assert broken(records, told) == found


@pytest.mark.parametrize("accepted", [1, 2])
def test_whether_replaced_duplicates_are_counted_is_open(accepted: int) -> None:
    told = _told()
    _bulk(told, [record(), record()], answer={"accepted": accepted, "errors": []})
    assert broken(records, told) == []


@pytest.mark.parametrize("accepted", [0, 3])
def test_a_request_without_a_fault_adds_up(accepted: int) -> None:
    told = _told()
    _bulk(told, [record(), record()], answer={"accepted": accepted, "errors": []})
    assert broken(records, told) == ["bulk-adds-up"]


def test_a_duplicate_is_no_fault() -> None:
    told = _told()
    _bulk(told, [record(), record()], (1, _STALE))
    assert broken(records, told) == ["version-taken"]
    told = _told()
    _bulk(told, [record(), record(), record()], (2, _NOBODY))
    assert broken(records, told) == ["bulk-taken"]


def test_who_is_unknown_is_reported_before_others_too() -> None:
    told = _told()
    _bulk(told, [record("x"), record("y")], (1, _NOBODY))
    assert broken(records, told) == ["bulk-nobody"]


@pytest.mark.parametrize("rows", [[], [(1, _STALE)]])
def test_whether_a_row_is_held_against_an_earlier_one_is_open(rows: list[tuple[int, str]]) -> None:
    told = _told()
    _bulk(told, [record(version=5), record(version=3)], *rows)
    assert broken(records, told) == []


def test_an_earlier_row_does_not_let_a_lower_version_in() -> None:
    told = _told()
    _put(told, record(version=9))
    _bulk(told, [record(version=10), record(version=3)])
    assert broken(records, told) == ["lower-version-not-taken"]


def test_a_resident_who_is_registered_meanwhile_may_be_unknown() -> None:
    for rows in ([], [(0, _NOBODY)]):
        told = _told()
        told.register("b", at=10, lasts=5)
        _bulk(told, [record("b")], *rows, at=12)
        assert broken(records, told) == []


def test_what_is_there_is_deleted_once() -> None:
    told = _told()
    _put(told, record())
    _put(told, record(information=LICENCE, key={}))
    _delete(told)
    _delete(told, "NOT_FOUND")
    _delete(told, information=LICENCE, key={})
    assert broken(records, told) == []
    assert {
        ("deletion", "照会キーのある件"),
        ("deletion", "照会キーのない件"),
        ("nothing-to-delete", "削除した件"),
    } <= occasions(records, told)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"key": {"相当年度": "2013"}}, "ほかの照会キーの件がある"),
        ({"information": LICENCE, "key": {}}, "登録したことのない件"),
    ],
)
def test_what_is_not_there_cannot_be_deleted(other: dict[str, Any], kind: str) -> None:
    for kept in (True, False):
        told = _told()
        _put(told, record())
        _delete(told, "NOT_FOUND" if kept else None, **other)
        assert broken(records, told) == ([] if kept else ["nothing-to-delete"])
        assert ("nothing-to-delete", kind) in occasions(records, told)


@pytest.mark.parametrize("other", [{}, {"information": LICENCE, "key": {}}])
def test_what_is_there_can_be_deleted(other: dict[str, Any]) -> None:
    told = _told()
    _put(told, record(**other))
    _delete(told, "NOT_FOUND", **other)
    assert broken(records, told) == ["deletion"]


def test_what_was_deleted_cannot_be_again() -> None:
    told = _told()
    _put(told, record())
    _delete(told)
    _delete(told)
    assert broken(records, told) == ["nothing-to-delete"]


@pytest.mark.parametrize("kept", [True, False])
def test_a_kill_makes_no_record_forgotten(kept: bool) -> None:
    told = _told()
    _put(told, record(version=5))
    _put(told, record(information=LICENCE, key={}))
    told.told(Restart(len(told.exchanges), told.span()))
    _put(told, record(version=3), _STALE if kept else None)
    _delete(told, None if kept else "NOT_FOUND", information=LICENCE, key={})
    assert broken(records, told) == ([] if kept else ["lower-version-not-taken", "deletion"])
    assert {("lower-version-not-taken", "再起動の後"), ("deletion", "再起動の後")} <= occasions(records, told)


def test_a_deletion_of_a_key_with_names_of_no_item_is_open() -> None:
    for code in (None, "NOT_FOUND"):
        told = _told()
        _put(told, record())
        _delete(told, code, key={"相当年度": "2012", "区分": "1"})
        assert broken(records, told) == []


def test_requests_of_nobody_change_nothing() -> None:
    told = _told()
    _put(told, record(version=5), caller="audit", status=401, answer=refused("UNAUTHENTICATED"))
    _put(told, record(version=5), status=422, answer=refused("INVALID_REQUEST"))
    _put(told, record(version=3))
    _delete(told)
    assert broken(records, told) == []
