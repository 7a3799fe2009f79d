"""The residents' portal: judge `portal`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from harness.contract.items import informations
from harness.model.history.exchanges import Restart
from harness.model.history.history import Declared
from harness.model.judges.portal import portal
from tests.model.bodies import LICENCE, TAX, YEAR, record, refused
from tests.model.histories import LISTS, OWN, Told, broken, occasions

_INVALID, _OTHER, _NOT_FOUND = "PORTAL_SESSION_INVALID", "NOT_THE_SUBJECT", "NOT_FOUND"
_STATUS = {_INVALID: 401, _OTHER: 403, _NOT_FOUND: 404}
_NAMES = tuple(f"{letter * 32}" for letter in "ABCDEF")
_ITEMS = {"年税額": 1000, "扶養親族数": 0, "本人障害区分": "1", "総所得額": None, "外の項目": "x"}
_SHOWN = {name: value for name, value in _ITEMS.items() if name != "外の項目"}


def _told() -> Told:
    """Two residents with a record each of the same year."""
    told = Told()
    for local_id, items in (("a", _ITEMS), ("b", {"年税額": 2000})):
        told.register(local_id)
        _put(told, local_id, items)
    return told


def _put(told: Told, local_id: str, items: Mapping[str, object], **other: Any) -> None:
    told.call("PUT", "/v1/records", record(local_id, items=items, **other))


def _login(
    told: Told, local_id: str = "a", name: str = _NAMES[0], seconds: int | None = None, **other: Any
) -> str:
    """`off`: by how much valid_until is wrong."""
    body = {"local_id": local_id} if seconds is None else {"local_id": local_id, "valid_seconds": seconds}
    call = {n: v for n, v in other.items() if n in {"at", "lasts", "status"}}
    opened = told.call("POST", "/v1/portal-sessions", body, **{"status": 201, **call})
    until = datetime.fromtimestamp(opened.span.end + (seconds or 600) + other.get("off", 0), UTC)
    told.exchanges[-1] = _answering(opened, {"session": name, "valid_until": until.isoformat()})
    return name


def _answering(call: Any, answer: object) -> Any:
    return type(call)(**{**{n: getattr(call, n) for n in call.__slots__}, "answer": answer})


def _look(told: Told, session: str | None, code: str | None = None, **other: Any) -> None:
    """`items`, `lookup_id`, `local_id` and `information` as shown; `asks`: members of the request that differ."""
    body = {"local_id": "a", "information": TAX, "key": YEAR, **other.get("asks", {})}
    shown = {
        "lookup_id": str(uuid4()),
        "local_id": body["local_id"],
        "information": body["information"],
        "items": _SHOWN,
        **{n: v for n, v in other.items() if n in {"items", "lookup_id", "local_id", "information"}},
    }
    answer = refused(code) if code else shown
    at = {n: v for n, v in other.items() if n in {"at", "lasts"}}
    told.call(
        "POST",
        "/v1/own-information",
        body,
        status=_STATUS.get(code, 401) if code else 200,
        answer=answer,
        session=session,
        **at,
    )


def test_residents_are_shown_their_own() -> None:
    told = _told()
    session = _login(told)
    _look(told, session)
    _look(told, session)
    assert broken(portal, told) == []
    assert {
        ("own-information-shown", "開いてすぐ"),
        ("lookup-id-new", "2度目以後"),
        ("own-information-items", "ほかの項目もある件"),
    } <= occasions(portal, told)


@pytest.mark.parametrize("code", [_INVALID, _OTHER, _NOT_FOUND])
def test_their_own_is_not_refused(code: str) -> None:
    told = _told()
    _look(told, _login(told), code)
    assert broken(portal, told) == ["own-information-shown"]


@pytest.mark.parametrize(
    ("items", "rule"),
    [
        ({**_SHOWN, "外の項目": "x"}, "own-information-items"),
        ({**_SHOWN, "市区町村民税均等割額": None}, "own-information-items"),
        ({n: v for n, v in _SHOWN.items() if n != "総所得額"}, "own-information-items"),
        ({}, "own-information-items"),
        ({**_SHOWN, "年税額": "1000"}, "own-information-values"),
        ({**_SHOWN, "年税額": 1000.0}, "own-information-values"),
        ({**_SHOWN, "扶養親族数": None}, "own-information-values"),
        ({**_SHOWN, "本人障害区分": 1}, "own-information-values"),
        ({**_SHOWN, "総所得額": 0}, "own-information-values"),
        ({"年税額": 2000}, "own-information-record"),
    ],
)
def test_items_and_values_are_as_registered(items: Mapping[str, object], rule: str) -> None:
    told = _told()
    _look(told, _login(told), items=items)
    assert set(broken(portal, told)) == {rule}


def test_another_year_is_another_record() -> None:
    told = _told()
    _put(told, "a", {"年税額": 7}, key={"相当年度": "2011"})
    session = _login(told)
    _look(told, session, items={"年税額": 7}, asks={"key": {"相当年度": "2011"}})
    assert broken(portal, told) == []
    _look(told, session, items={"年税額": 7})
    assert broken(portal, told) == ["own-information-record"]


def test_what_was_corrected_is_shown_corrected() -> None:
    told = _told()
    _put(told, "a", {**_ITEMS, "年税額": 5})
    session = _login(told)
    _look(told, session, items={**_SHOWN, "年税額": 5})
    assert broken(portal, told) == []
    _look(told, session)
    assert set(broken(portal, told)) == {"own-information-values"}


def test_a_record_whose_items_nobody_may_see_shows_none() -> None:
    told = _told()
    _put(told, "a", {"障害等級": "1"}, information=LICENCE, key={})
    assert not any(
        "本人の求め" in affair for item in informations()[LICENCE].items for affair in item.used_by
    )
    session = _login(told)
    _look(told, session, items={}, asks={"information": LICENCE, "key": {}})
    assert broken(portal, told) == []
    _look(told, session, items={"障害等級": "1"}, asks={"information": LICENCE, "key": {}})
    assert broken(portal, told) == ["own-information-items"]


@pytest.mark.parametrize("code", [None, _NOT_FOUND])
def test_without_a_key_the_exact_record_or_the_last_is_shown(code: str | None) -> None:
    told = _told()
    _put(told, "a", {"障害等級": "1"}, information=LICENCE, key={"x": "1"})
    _look(told, _login(told), code, items={}, asks={"information": LICENCE, "key": {}})
    assert broken(portal, told) == []


@pytest.mark.parametrize("code", [None, _NOT_FOUND])
def test_a_key_with_names_of_no_item_is_open(code: str | None) -> None:
    told = _told()
    _look(told, _login(told), code, asks={"key": {**YEAR, "x": "1"}})
    assert broken(portal, told) == []


def test_what_is_not_there_is_not_found() -> None:
    for asks, kind in (
        ({"key": {"相当年度": "2011"}}, "ほかの照会キーの件がある"),
        ({"information": LICENCE, "key": {}}, "登録したことのない件"),
    ):
        for code in (_NOT_FOUND, None, _OTHER):
            told = _told()
            _look(told, _login(told), code, items={}, asks=asks)
            assert broken(portal, told) == ([] if code == _NOT_FOUND else ["nothing-to-show"])
            assert ("nothing-to-show", kind) in occasions(portal, told)


def test_what_was_deleted_is_not_found() -> None:
    told = _told()
    told.call("POST", "/v1/records/deletion", {"local_id": "a", "information": TAX, "key": YEAR})
    session = _login(told)
    _look(told, session, _NOT_FOUND)
    assert broken(portal, told) == []
    _look(told, session)
    assert broken(portal, told) == ["nothing-to-show"]


@pytest.mark.parametrize("asks", [{"local_id": "b"}, {"local_id": "b", "key": {}}, {"local_id": "nobody"}])
def test_nobody_elses_is_shown(asks: Mapping[str, object]) -> None:
    for code in (_OTHER, None, _NOT_FOUND, _INVALID):
        told = _told()
        _look(told, _login(told), code, items={"年税額": 2000}, asks=asks)
        assert broken(portal, told) == ([] if code == _OTHER else ["not-the-subject"])


def test_two_sessions_do_not_meet() -> None:
    told = _told()
    first, second = _login(told), _login(told, "b", _NAMES[1])
    _look(told, first)
    _look(told, second, items={"年税額": 2000}, asks={"local_id": "b"})
    _look(told, first, _OTHER, asks={"local_id": "b"})
    assert broken(portal, told) == []


@pytest.mark.parametrize(
    ("session", "kind"), [(None, "しるしがない"), ("", "しるしがない"), (_NAMES[5], "知らないしるし")]
)
def test_without_a_session_nothing_is_shown(session: str | None, kind: str) -> None:
    for code in (_INVALID, None, _OTHER, _NOT_FOUND):
        told = _told()
        _look(told, session, code, asks={"local_id": "b"} if code == _OTHER else {})
        assert broken(portal, told) == ([] if code == _INVALID else ["portal-session-invalid"])
        assert ("portal-session-invalid", kind) in occasions(portal, told)


@pytest.mark.parametrize(("seconds", "lasts"), [(None, 600), (30, 30), (3600, 3600)])
def test_a_session_ends_in_time_and_does_not_slide(seconds: int | None, lasts: int) -> None:
    for over in (False, True):
        told = _told()
        session = _login(told, seconds=seconds, at=10)
        _look(told, session, at=10 + lasts - 8)
        _look(told, session, at=10 + lasts - 6, code=None)
        for code in (None, _INVALID):
            _look(told, session, code, at=10 + lasts + (6 if over else 1))
        assert broken(portal, told) == (["portal-session-invalid"] if over else [])


def test_a_session_holds_until_its_end() -> None:
    told = _told()
    session = _login(told, seconds=30, at=10)
    _look(told, session, _INVALID, at=34)
    assert broken(portal, told) == ["own-information-shown"]
    assert ("own-information-shown", "期限の近く") in occasions(portal, told)


def test_a_kill_ends_no_session() -> None:
    told = _told()
    session = _login(told)
    told.told(Restart(len(told.exchanges), told.span()))
    _look(told, session)
    assert broken(portal, told) == []
    _look(told, session, _INVALID)
    assert broken(portal, told) == ["own-information-shown"]
    assert ("own-information-shown", "再起動の後") in occasions(portal, told)


@pytest.mark.parametrize(
    ("value", "other", "kind"),
    [
        ("辻󠄀", "辻", "文字列"),
        ("ｶﾞ", "ガ", "文字列"),
        ("0123", 123, "数字の文字列"),
        ("", None, "空の文字列"),
        ("𠮷野", "吉野", "BMP の外の文字"),
        ("　あ ", "あ", "端に空白のある文字列"),
        (7, "7", "数"),
        (0, None, "0"),
        (-1, 1, "負の数"),
        (2**53 - 1, 2.0**53 - 2, "大きな数"),
        (2**31, -(2**31), "大きな数"),
        (None, 0, "null"),
        (None, "", "null"),
    ],
)
def test_every_kind_of_value_is_unchanged(value: object, other: object, kind: str) -> None:
    for shown in (value, other):
        told = Told()
        told.register("a")
        _put(told, "a", {"年税額": value})
        _look(told, _login(told), items={"年税額": shown})
        cases = [case for case in portal(told.history()) if case.rule == "own-information-values"]
        assert kind in {case.alternative for case in cases}
        assert {bool(case.breach) for case in cases} == {shown is other}


def test_a_record_of_just_the_items_that_are_shown() -> None:
    items = dict.fromkeys(informations()[TAX].used_by("本人の求めによる自己情報の提供に関する事務"), "1")
    for shown in (items, {**items, "年税": "1"}):
        told = Told()
        told.register("a")
        _put(told, "a", items)
        _look(told, _login(told), items=shown)
        assert broken(portal, told) == ([] if shown is items else ["own-information-items"])
        assert ("own-information-items", "示す項目だけの件") in occasions(portal, told)


def test_a_session_is_another_each_time_and_cannot_be_guessed() -> None:
    told = _told()
    for local_id, name in (("a", _NAMES[0]), ("b", _NAMES[1]), ("a", _NAMES[2])):
        _login(told, local_id, name)
    assert broken(portal, told) == []
    assert {a for r, a in occasions(portal, told) if r == "session-of-one-resident"} == {
        "ほかの人の後",
        "同じ人の2度目",
    }


@pytest.mark.parametrize("local_id", ["a", "b"])
def test_the_same_session_is_not_given_again(local_id: str) -> None:
    told = _told()
    _login(told)
    _login(told, local_id)
    assert broken(portal, told) == ["session-of-one-resident"]


def test_sessions_that_are_counted_can_be_guessed() -> None:
    told = _told()
    for number in (7, 8, 13):
        _login(told, name=f"portal-session-{number:04}")
    assert broken(portal, told) == ["session-unguessable", "session-unguessable"]


def test_sessions_may_begin_alike() -> None:
    told = _told()
    for end in ("9f86d081884c7d65", "60303ae22b998861"):
        _login(told, name=f"gateway-portal-{end}")
    assert broken(portal, told) == []


@pytest.mark.parametrize(
    ("off", "found"),
    [(0, []), (4.9, []), (-5, []), (-9, ["session-valid-until"]), (9 * 3600, ["session-valid-until"])],
)
@pytest.mark.parametrize("seconds", [None, 30])
def test_the_end_that_is_told(off: float, found: list[str], seconds: int | None) -> None:
    told = _told()
    _login(told, seconds=seconds, off=off)
    assert broken(portal, told) == found


def test_every_look_up_has_an_id_of_its_own() -> None:
    told = _told()
    session, id_ = _login(told), str(uuid4())
    for _ in range(2):
        _look(told, session, lookup_id=id_)
    assert broken(portal, told) == ["lookup-id-new"]


@pytest.mark.parametrize("other", [{"local_id": "b"}, {"information": "地方税納付関係情報"}])
def test_the_answer_names_what_was_asked(other: Mapping[str, str]) -> None:
    told = _told()
    _look(told, _login(told), **other)
    assert broken(portal, told) == ["own-information-names"]


def test_what_is_not_known_for_certain_is_not_blamed() -> None:
    told = Told()
    told.register("a", status=200)
    session = _login(told)
    _look(told, session, items={"年税額": 5})
    _look(told, session, _NOT_FOUND)
    told.call("PUT", "/v1/records", record(items=_ITEMS), status=None)
    _put(told, "a", {"年税額": 1})
    for items in (_SHOWN, {"年税額": 1}):
        _look(told, session, items=items)
    assert broken(portal, told) == []
    _look(told, session, items={"外の項目": "x"})
    assert broken(portal, told) == ["own-information-items"]


def test_before_it_is_known_items_of_no_right_are_not_shown() -> None:
    told = Told()
    told.register("a", status=200)
    _look(told, _login(told), items={"外の項目": "x"})
    assert broken(portal, told) == ["own-information-items"]


def test_other_refusals_are_judged_elsewhere() -> None:
    told = _told()
    _look(told, None, "UNAUTHENTICATED")
    undeclared = {**LISTS, "use_cases": frozenset({"児童扶養手当"})}
    other = Told(declared=Declared("1", OWN, undeclared, {}))
    _look(other, None)
    assert occasions(portal, told) | occasions(portal, other) == set()
