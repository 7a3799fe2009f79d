"""Sessions of the residents' portal: judge `portal`."""

from collections.abc import Mapping

import pytest

from harness.model.history.exchanges import Restart
from harness.model.history.history import Declared
from harness.model.judges.portal import portal
from tests.model.histories import LISTS, OWN, Told, broken, occasions
from tests.model.portal_calls import (
    INVALID,
    NAMES,
    NOT_FOUND,
    OTHER,
    login,
    look_up,
    told_of_two,
)


@pytest.mark.parametrize("asks", [{"local_id": "b"}, {"local_id": "b", "key": {}}, {"local_id": "nobody"}])
def test_nobody_elses_is_shown(asks: Mapping[str, object]) -> None:
    for code in (OTHER, None, NOT_FOUND, INVALID):
        told = told_of_two()
        look_up(told, login(told), code, items={"年税額": 2000}, asks=asks)
        assert broken(portal, told) == ([] if code == OTHER else ["not-the-subject"])


def test_two_sessions_do_not_meet() -> None:
    told = told_of_two()
    first, second = login(told), login(told, "b", NAMES[1])
    look_up(told, first)
    look_up(told, second, items={"年税額": 2000}, asks={"local_id": "b"})
    look_up(told, first, OTHER, asks={"local_id": "b"})
    assert broken(portal, told) == []


@pytest.mark.parametrize(
    ("session", "kind"), [(None, "しるしがない"), ("", "しるしがない"), (NAMES[5], "知らないしるし")]
)
def test_without_a_session_nothing_is_shown(session: str | None, kind: str) -> None:
    for code in (INVALID, None, OTHER, NOT_FOUND):
        told = told_of_two()
        look_up(told, session, code, asks={"local_id": "b"} if code == OTHER else {})
        assert broken(portal, told) == ([] if code == INVALID else ["portal-session-invalid"])
        assert ("portal-session-invalid", kind) in occasions(portal, told)


@pytest.mark.parametrize(("seconds", "lasts"), [(None, 600), (30, 30), (3600, 3600)])
def test_a_session_ends_in_time_and_does_not_slide(seconds: int | None, lasts: int) -> None:
    for over in (False, True):
        told = told_of_two()
        session = login(told, seconds=seconds, at=10)
        look_up(told, session, at=10 + lasts - 8)
        look_up(told, session, at=10 + lasts - 3, code=None)
        for code in (None, INVALID):
            look_up(told, session, code, at=10 + lasts + (3 if over else 1))
        assert broken(portal, told) == (["portal-session-invalid"] if over else [])


def test_a_session_holds_until_its_end() -> None:
    told = told_of_two()
    session = login(told, seconds=30, at=10)
    for at in (38.5, 39.5):  # a clock of whole seconds ends it where it will
        look_up(told, session, INVALID, at=at)
    assert broken(portal, told) == []
    look_up(told, session, INVALID, at=37)
    assert broken(portal, told) == ["own-information-shown"]
    assert ("own-information-shown", "期限の近く") in occasions(portal, told)


def test_a_kill_ends_no_session() -> None:
    told = told_of_two()
    session = login(told)
    told.told(Restart(len(told.exchanges), told.span()))
    look_up(told, session)
    assert broken(portal, told) == []
    look_up(told, session, INVALID)
    assert broken(portal, told) == ["own-information-shown"]
    assert ("own-information-shown", "再起動の後") in occasions(portal, told)


def test_a_session_is_another_each_time_and_cannot_be_guessed() -> None:
    told = told_of_two()
    for local_id, name in (("a", NAMES[0]), ("b", NAMES[1]), ("a", NAMES[2])):
        login(told, local_id, name)
    assert broken(portal, told) == []
    assert {a for r, a in occasions(portal, told) if r == "session-of-one-resident"} == {
        "ほかの人の後",
        "同じ人の2度目",
    }


@pytest.mark.parametrize("local_id", ["a", "b"])
def test_the_same_session_is_not_given_again(local_id: str) -> None:
    told = told_of_two()
    login(told)
    login(told, local_id)
    assert broken(portal, told) == ["session-of-one-resident"]


def test_sessions_that_are_counted_can_be_guessed() -> None:
    told = told_of_two()
    for number in (7, 8, 13):
        login(told, name=f"portal-session-{number:04}")
    assert broken(portal, told) == ["session-unguessable", "session-unguessable"]


def test_sessions_may_begin_alike() -> None:
    told = told_of_two()
    for end in ("9f86d081884c7d65", "60303ae22b998861"):
        login(told, name=f"gateway-portal-{end}")
    assert broken(portal, told) == []


@pytest.mark.parametrize(
    ("off", "found"),
    [(0, []), (4.9, []), (-5, []), (-9, ["session-valid-until"]), (9 * 3600, ["session-valid-until"])],
)
@pytest.mark.parametrize("seconds", [None, 30])
def test_the_end_that_is_told(off: float, found: list[str], seconds: int | None) -> None:
    told = told_of_two()
    login(told, seconds=seconds, off=off)
    assert broken(portal, told) == found


def test_other_refusals_are_judged_elsewhere() -> None:
    told = told_of_two()
    look_up(told, None, "UNAUTHENTICATED")
    undeclared = {**LISTS, "use_cases": frozenset({"児童扶養手当"})}
    other = Told(declared=Declared("1", OWN, undeclared, {}))
    look_up(other, None)
    assert occasions(portal, told) | occasions(portal, other) == set()
