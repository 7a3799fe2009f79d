"""How the gateway sends: the same bytes until the network takes or refuses them, with growing pauses, and not after."""

from collections.abc import Mapping
from typing import Any

import pytest

from harness.contract.messages import Kind, new_id
from harness.model.history.exchanges import Repeat, Restart
from harness.model.judges.sending import sendings
from harness.model.rules import rules
from tests.model.asking import AWAY, REFUSED, TAKEN, enquiry
from tests.model.histories import Told, broken, occasions

UNREADABLE: tuple[Mapping[str, Any], ...] = (
    {"status": 404, "error": None},
    {"status": 400, "error": {"code": "x"}},
    {"status": 302, "error": None},
    {"status": 200, "error": None},
)
FAILURES: tuple[Mapping[str, Any], ...] = (
    {"status": 502, "error": AWAY},
    {"status": 503, "error": None},
    *UNREADABLE,
)


def message(told: Told, kind: str, *attempts: tuple[float, Mapping[str, Any]]) -> None:
    """One message, each attempt at its second and answered so."""
    id_ = new_id()
    for at, said in attempts:
        told.send(
            kind, None, {}, at=at, header={"message_id": id_, "correlation_id": id_}, token="t-1", **said
        )
    told.call("GET", "/v1/health", at=500)


TOOK: Mapping[str, Any] = {"status": 202}
NONE: Mapping[str, Any] = {"status": None}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("said", FAILURES)
def test_what_failed_is_sent_again(kind: str, said: Mapping[str, Any]) -> None:
    told = Told()
    message(told, kind, (10, said), (10.6, said), (11.7, said), (13.8, TOOK))
    assert broken(sendings, told) == []
    assert all(alternative in rules()[rule].alternatives for rule, alternative in occasions(sendings, told))
    for attempts in (((10, said),), ((10, said), (10.6, said)), ((10, said), (16, TOOK))):
        told = Told()
        message(told, kind, *attempts)
        assert broken(sendings, told) == ["sent-again"]


def test_a_client_may_wait_long_for_an_answer_that_does_not_come() -> None:
    for at, found in ((35, []), (60, ["sent-again"])):
        told = Told()
        message(told, Kind.ANSWER, (10, NONE), (at, TOOK))
        assert broken(sendings, told) == found


def test_an_answer_that_was_lost_may_have_been_the_202() -> None:
    """The network keeps nothing of what it is sent again then."""
    away = FAILURES[0]
    for attempts in (((10, NONE),), ((10, NONE), (10.5, away))):
        told = Told()
        message(told, Kind.ANSWER, *attempts)
        assert broken(sendings, told) == []


def repeat(told: Told, *moments: float) -> None:
    """The same bytes again, after the network had taken them."""
    told.tells_repeats = True
    for at in moments:
        told.told(Repeat(0, told.span(at, 0.01), "t-1"))


@pytest.mark.parametrize("kind", list(Kind))
def test_what_was_lost_after_it_arrived_is_sent_again_all_the_same(kind: str) -> None:
    told = Told()
    message(told, kind, (10, NONE))
    repeat(told, 12)
    assert broken(sendings, told) == []
    for moments in ((), (45.0,)):
        told = Told()
        message(told, kind, (10, NONE))
        repeat(told, *moments)
        assert broken(sendings, told) == ["sent-again"]


@pytest.mark.parametrize("kind", list(Kind))
def test_after_the_202_it_is_not_sent_over_and_over(kind: str) -> None:
    for moments, found in (((), []), ((12.0,), []), ((12.0, 14.0), ["taken-is-taken"])):
        told = Told()
        message(told, kind, (10, TOOK))
        repeat(told, *moments)
        assert broken(sendings, told) == found
        assert ("taken-is-taken", kind) in occasions(sendings, told)


def test_whoever_was_killed_or_waited_long_does_not_know_of_the_202() -> None:
    told = Told()
    message(told, Kind.ANSWER, (10, TOOK))
    told.told(Restart(0, told.span(11, 2)))
    repeat(told, 14, 15, 16)
    assert broken(sendings, told) == []
    told = Told()
    id_ = new_id()
    header = {"message_id": id_, "correlation_id": id_}
    told.send(Kind.ANSWER, None, {}, at=10, lasts=3.0, header=header, token="t-1")
    repeat(told, 14, 15, 16)
    assert broken(sendings, told) == []


def test_a_gateway_that_was_killed_sends_again_when_it_is_back() -> None:
    told = Told()
    told.told(Restart(0, told.span(11, 30)))
    message(told, Kind.ANSWER, (10, FAILURES[0]), (45, TOOK))
    assert broken(sendings, told) == []


def test_nobody_sends_after_the_message_expired() -> None:
    told = Told()
    asked = enquiry(told, expires_in_seconds=20)
    for n, at in enumerate((11, 13, 15, 17, 19, 21, 23, 25, 27, 29)):
        asked.send(at=at + n * 0.01, status=502, error=AWAY)
    assert broken(sendings, told) == []
    asked.send(at=37, status=502, error=AWAY)
    assert "not-after-expiry" in broken(sendings, told)


def test_to_give_up_when_the_message_expired_is_right() -> None:
    told = Told()
    asked = enquiry(told, expires_in_seconds=20)
    for n, at in enumerate((11, 13, 15, 17, 19, 21, 23, 25, 27, 29)):
        asked.send(at=at + n * 0.01, status=502, error=AWAY)
    told.call("GET", "/v1/health", at=60)
    assert broken(sendings, told) == []
    assert "not-after-expiry" in dict(occasions(sendings, told))


def test_an_answer_tells_that_it_arrived() -> None:
    told = Told()
    asked = enquiry(told)
    asked.send(status=502, error=AWAY)
    asked.answered(12)
    told.call("GET", "/v1/health", at=500)
    assert broken(sendings, told) == []


@pytest.mark.parametrize("said", [{"status": 410, "error": REFUSED}, {"status": 409, "error": TAKEN}])
def test_a_refusal_is_final(said: Mapping[str, Any]) -> None:
    for kind in Kind:
        told = Told()
        message(told, kind, (10, said))
        assert broken(sendings, told) == []
        told = Told()
        message(told, kind, (10, said), (12, said))
        assert broken(sendings, told) == ["final-is-final"]


def test_who_did_not_get_the_refusal_may_ask_again() -> None:
    said: dict[str, Any] = {"status": 410, "error": REFUSED}
    told = Told()
    message(told, Kind.ANSWER, (10, {**said, "lasts": 6}), (17, said))
    assert broken(sendings, told) == []
    told = Told()
    told.told(Restart(0, told.span(10.05, 5)))
    message(told, Kind.ANSWER, (10, said), (17, said))
    assert broken(sendings, told) == []


def test_it_is_the_same_message_again() -> None:
    told = Told()
    asked = enquiry(told)
    asked.send(status=502, error=AWAY)
    asked.send(at=11.5)
    assert broken(sendings, told) == []
    asked.send(at=12, token="other")
    assert broken(sendings, told) == ["same-bytes"]


def test_a_message_id_is_of_one_message() -> None:
    told = Told()
    first = enquiry(told)
    sent = first.send()
    enquiry(told, at=20, id_="e-2").send(header={"message_id": sent.header["message_id"]}, token="other")
    assert broken(sendings, told) == ["message-id-new"]


def test_pauses_grow() -> None:
    away = FAILURES[0]
    for pauses, found in (
        ((0.2, 0.2, 0.2, 0.2, 0.2), ["pauses-grow"]),
        ((0.2, 0.4, 0.8, 1.6, 2), []),
        ((2, 2, 2, 2, 2), []),
        ((0.5, 0.3, 0.6, 0.4, 0.9), []),  # drawn from a growing range
    ):
        told, at, attempts = Told(), 10.0, []
        for pause in pauses:
            attempts.append((at, away))
            at += 0.1 + pause
        message(told, Kind.ANSWER, *attempts, (at, TOOK))
        assert broken(sendings, told) == found, pauses
