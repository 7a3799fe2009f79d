"""Versions and deletions: judge `records`."""

from typing import Any

import pytest

from harness.model.history.exchanges import Restart
from harness.model.judges.records import records
from tests.model.bodies import LICENCE, record, refused
from tests.model.histories import Told, broken, occasions
from tests.model.record_calls import STALE, bulk, delete, put, told_of_one


@pytest.mark.parametrize("together", [False, True])
def test_a_lower_version_is_not_taken(together: bool) -> None:
    for kept in (True, False):
        told = told_of_one()
        put(told, record(version=5))
        if together:
            bulk(told, [record(version=4)], *([(0, STALE)] if kept else []))
        else:
            put(told, record(version=4), STALE if kept else None)
        assert broken(records, told) == ([] if kept else ["lower-version-not-taken"])
        assert ("lower-version-not-taken", "一括登録" if together else "1件の登録") in occasions(
            records, told
        )


@pytest.mark.parametrize("together", [False, True])
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
    together: bool, before: list[Any] | None, now: int | None, kind: str
) -> None:
    for kept in (True, False):
        told = told_of_one()
        for version in before or []:
            if version == "deleted":
                delete(told)
            else:
                put(told, record(version=version))
        if together:
            bulk(told, [record(version=now)], *([] if kept else [(0, STALE)]))
        else:
            put(told, record(version=now), None if kept else STALE)
        assert [rule for rule in broken(records, told) if rule == "version-taken"] == (
            [] if kept else ["version-taken"]
        )
        way = "一括登録" if together else "1件の登録"
        assert ("version-taken", f"{way}：{kind}") in occasions(records, told)


def test_versions_are_those_of_one_record() -> None:
    told = told_of_one()
    told.register("b")
    put(told, record(version=9))
    others: list[dict[str, Any]] = [
        {"local_id": "b"},
        {"key": {"相当年度": "2013"}},
        {"key": {}},
        {"information": LICENCE},
    ]
    for other in others:
        put(told, record(version=1, **other))
    assert broken(records, told) == []
    put(told, record(version=1, information=LICENCE), STALE)
    assert broken(records, told) == ["version-taken"]


def test_what_was_there_before_the_run_has_any_version() -> None:
    for code in (None, STALE):
        told = Told()
        told.register("a", status=200)
        put(told, record(version=1), code)
        assert broken(records, told) == []


def test_overlapping_and_lost_requests_may_come_in_any_order() -> None:
    for code in (None, STALE):
        told = told_of_one()
        put(told, record(version=5), at=10, lasts=3)
        put(told, record(version=3), code, at=11, lasts=3)
        put(told, record(version=9), status=None, at=20)
        put(told, record(version=7), code, at=22)
        assert broken(records, told) == []


def test_a_version_that_was_taken_wrongly_convicts_once() -> None:
    told = told_of_one()
    put(told, record(version=5))
    put(told, record(version=3))
    put(told, record(version=4))
    put(told, record(version=4), STALE)
    assert broken(records, told) == ["lower-version-not-taken"]


def test_what_is_there_is_deleted_once() -> None:
    told = told_of_one()
    put(told, record())
    put(told, record(information=LICENCE, key={}))
    delete(told)
    delete(told, "NOT_FOUND")
    delete(told, information=LICENCE, key={})
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
        told = told_of_one()
        put(told, record())
        delete(told, "NOT_FOUND" if kept else None, **other)
        assert broken(records, told) == ([] if kept else ["nothing-to-delete"])
        assert ("nothing-to-delete", kind) in occasions(records, told)


@pytest.mark.parametrize("other", [{}, {"information": LICENCE, "key": {}}])
def test_what_is_there_can_be_deleted(other: dict[str, Any]) -> None:
    told = told_of_one()
    put(told, record(**other))
    delete(told, "NOT_FOUND", **other)
    assert broken(records, told) == ["deletion"]


def test_what_was_deleted_cannot_be_again() -> None:
    told = told_of_one()
    put(told, record())
    delete(told)
    delete(told)
    assert broken(records, told) == ["nothing-to-delete"]


@pytest.mark.parametrize("kept", [True, False])
def test_a_kill_makes_no_record_forgotten(kept: bool) -> None:
    told = told_of_one()
    put(told, record(version=5))
    put(told, record(information=LICENCE, key={}))
    told.told(Restart(len(told.exchanges), told.span()))
    put(told, record(version=3), STALE if kept else None)
    delete(told, None if kept else "NOT_FOUND", information=LICENCE, key={})
    assert broken(records, told) == ([] if kept else ["lower-version-not-taken", "deletion"])
    assert {("lower-version-not-taken", "再起動の後"), ("deletion", "再起動の後")} <= occasions(records, told)


def test_a_deletion_of_a_key_with_names_of_no_item_is_open() -> None:
    for code in (None, "NOT_FOUND"):
        told = told_of_one()
        put(told, record())
        delete(told, code, key={"相当年度": "2012", "区分": "1"})
        assert broken(records, told) == []


def test_requests_of_nobody_change_nothing() -> None:
    told = told_of_one()
    put(told, record(version=5), caller="audit", status=401, answer=refused("UNAUTHENTICATED"))
    put(told, record(version=5), status=422, answer=refused("INVALID_REQUEST"))
    put(told, record(version=3))
    delete(told)
    assert broken(records, told) == []
