"""連絡: once more without a 受領, and never a third time; what arrived is handed over once, as it came."""

from typing import Any

import pytest

from harness.contract.messages import Kind, new_id
from harness.model.judges.notices import redelivered
from harness.model.judges.received import received
from harness.model.judges.sending import sendings
from harness.model.rules import rules
from tests.model.asking import ERROR, NOTICE, notice, stamp
from tests.model.histories import OTHER, PARTNER, Told, broken, occasions

WAIT: dict[str, Any] = {"redeliver_after_seconds": 4}


def later(told: Told) -> None:
    told.call("GET", "/v1/health", at=200)


def test_a_notice_without_a_receipt_goes_out_once_more() -> None:
    for at, found in ((14.6, []), (19, []), (13, ["notice-not-early"]), (25, ["notice-again"])):
        told = Told()
        asked = notice(told, **WAIT)
        asked.send()
        asked.send(at=at, header={"message_id": new_id()})
        later(told)
        assert broken(redelivered, told) == found
    told = Told()
    notice(told).send()
    later(told)
    assert broken(redelivered, told) == ["notice-again"]


def test_the_time_is_counted_from_the_request_or_from_the_202() -> None:
    for at in (14.1, 17):  # it was asked for at 10 and taken at 13
        told = Told()
        asked = notice(told, **WAIT)
        asked.send(at=13)
        asked.send(at=at, header={"message_id": new_id(), "expires_at": stamp(at + 60)})
        assert broken(redelivered, told) == []


def test_ten_seconds_where_nobody_says_how_many() -> None:
    for at, found in ((20.6, []), (15, ["notice-not-early"])):
        told = Told()
        asked = notice(told)
        asked.send()
        asked.send(at=at, header={"message_id": new_id()})
        assert broken(redelivered, told) == found
        assert all(
            alternative in rules()[rule].alternatives for rule, alternative in occasions(redelivered, told)
        )


def test_there_is_no_third_time() -> None:
    told = Told()
    asked = notice(told, **WAIT)
    asked.send()
    again = {"message_id": new_id()}
    asked.send(at=15, header=again)
    asked.send(at=16, header=again)  # the same message, tried again
    assert broken(redelivered, told) == []
    asked.send(at=19, header={"message_id": new_id()})
    assert broken(redelivered, told) == ["notice-once-more"]


@pytest.mark.parametrize(
    "change",
    [{"affair": "x"}, {"information": "x"}, {"to": OTHER}, {"role": "resident-tax"}, {"mode": "バッチ"}],
)
def test_the_second_one_is_the_same(change: dict[str, Any]) -> None:
    told = Told()
    asked = notice(told, **WAIT)
    asked.send()
    asked.send(at=15, header={"message_id": new_id(), **change})
    assert broken(redelivered, told) == ["notice-again-is-same"]


def test_it_has_a_new_id() -> None:
    told = Told()
    asked = notice(told, **WAIT)
    asked.send()
    asked.send(at=15, token="other")
    assert broken(redelivered, told) == ["notice-again-is-same"]
    assert broken(sendings, told) == []


def test_its_items_are_the_same() -> None:
    told = Told()
    asked = notice(told, **WAIT)
    asked.send()
    asked.send(at=15, header={"message_id": new_id()}, content={"items": {}})
    assert broken(redelivered, told) == ["notice-again-is-same"]


def test_after_a_receipt_it_is_not_sent_again() -> None:
    told = Told()
    asked = notice(told)
    asked.send()
    asked.answered(12)
    later(told)
    assert broken(redelivered, told) == []
    asked.send(at=20.5, header={"message_id": new_id()})
    assert broken(redelivered, told) == ["no-notice-after-receipt"]


def test_a_receipt_that_is_not_worked_on_yet_may_be_too_late() -> None:
    told = Told()
    asked = notice(told)
    asked.send()
    asked.answered(19)
    asked.send(at=20.5, header={"message_id": new_id()})
    assert broken(redelivered, told) == []
    told = Told()
    asked = notice(told)
    asked.send()
    asked.answered(19)
    asked.look(19.5, "受領済")
    asked.send(at=20.5, header={"message_id": new_id()})
    assert broken(redelivered, told) == ["no-notice-after-receipt"]


def test_a_receipt_that_came_after_the_time_stops_nothing() -> None:
    told = Told()
    asked = notice(told, **WAIT)
    asked.send(at=16)  # asked for at 10, due again 4 seconds later, and the network was slow
    asked.answered(16.1)
    asked.look(16.5, "受領済")
    asked.send(at=16.6, header={"message_id": new_id()})
    assert broken(redelivered, told) == []


def test_what_failed_or_expires_is_not_due() -> None:
    told = Told()
    asked = notice(told)
    asked.send()
    asked.answered(12, ERROR, Kind.ERROR)
    later(told)
    assert broken(redelivered, told) == []
    told = Told()
    notice(told, expires_in_seconds=8).send()
    later(told)
    assert broken(redelivered, told) == []


ENTRY = {
    "affair": NOTICE["affair"],
    "information": NOTICE["information"],
    "local_id": "10",
    "items": NOTICE["items"],
}


def arrived(told: Told, at: float = 10, id_: str = "", **other: Any) -> str:
    """A 連絡 of the partner about a resident; its correlation id."""
    person = told.persons[0] if told.persons else told.register("10", at=0)
    id_ = id_ or new_id()
    header = (
        {n: NOTICE[n] for n in ("affair", "information")} | {"correlation_id": id_} | other.pop("header", {})
    )
    told.deliver(
        "連絡",
        other.pop("person", person),
        {"items": other.pop("items", NOTICE["items"])},
        at=at,
        header=header,
        **other,
    )
    return id_


def entry(id_: str, at: float = 10, **other: object) -> dict[str, object]:
    return {"correlation_id": id_, "from": PARTNER, "received_at": stamp(at), **ENTRY, **other}


def listed(told: Told, at: float, *entries: object, query: str = "") -> None:
    told.call("GET", f"/v1/notices{query}", answer={"notices": list(entries)}, at=at)


def test_what_arrived_is_handed_over() -> None:
    told = Told()
    id_ = arrived(told)
    listed(told, 20, entry(id_))
    listed(told, 21, entry(id_), query=f"?correlation_id={id_}")
    listed(told, 22, query=f"?correlation_id={new_id()}")
    assert broken(received, told) == []
    assert all(alternative in rules()[rule].alternatives for rule, alternative in occasions(received, told))
    listed(told, 23)
    listed(told, 24, query=f"?correlation_id={id_}")
    assert broken(received, told) == ["notice-handed-over"] * 2


def test_it_may_take_its_time() -> None:
    told = Told()
    arrived(told)
    listed(told, 14)
    assert broken(received, told) == []


@pytest.mark.parametrize(
    "change",
    [
        {"affair": "x"},
        {"information": "x"},
        {"local_id": "11"},
        {"received_at": stamp(-10)},
        {"received_at": stamp(40)},
        {"items": {}},
        {"items": {"所得額": "0", "備考": None}},
        {"items": {"所得額": 0, "備考": None, "加": 1}},
    ],
)
def test_it_is_handed_over_as_it_came(change: dict[str, Any]) -> None:
    told = Told()
    id_ = arrived(told)
    listed(told, 20, entry(id_, **change))
    assert broken(received, told) == ["notice-as-it-came"]


def test_only_what_was_asked_for_is_listed() -> None:
    told = Told()
    one, other = arrived(told), arrived(told, 11)
    listed(told, 20, entry(one), entry(other, 11), query=f"?correlation_id={one}")
    assert broken(received, told) == ["notices-filtered"]


def test_the_list_is_the_oldest_first() -> None:
    told = Told()
    one, other = arrived(told), arrived(told, 30)
    listed(told, 40, entry(one), entry(other, 30))
    assert broken(received, told) == []
    assert dict(occasions(received, told)).keys() >= {"notices-oldest-first"}
    listed(told, 41, entry(other, 30), entry(one))
    assert broken(received, told) == ["notices-oldest-first"] * 2


def test_those_that_came_nearly_at_once_may_stand_in_either_order() -> None:
    told = Told()
    one, other = arrived(told), arrived(told, 13)
    listed(told, 40, entry(other, 13), entry(one))
    assert broken(received, told) == []


def test_what_was_refused_or_never_came_is_not_listed() -> None:
    told = Told()
    told.register("10", at=0)
    id_ = arrived(told, status=401, code="SIGNATURE_INVALID")
    listed(told, 20, entry(id_))
    assert broken(received, told) == ["only-notices-that-arrived"]
    told = Told()
    listed(told, 20, entry(new_id(), 19))
    assert broken(received, told) == ["only-notices-that-arrived"]
    told = Told()
    listed(told, 20, entry(new_id(), -1000))  # of an earlier run
    assert broken(received, told) == []


def test_what_comes_again_is_handed_over_once() -> None:
    told = Told()
    id_ = arrived(told)
    arrived(told, 11, id_)
    listed(told, 20, entry(id_))
    assert broken(received, told) == []
    listed(told, 21, entry(id_), entry(id_, 11))
    assert broken(received, told) == ["notice-once"]


def test_of_two_of_one_name_either_may_stand() -> None:
    for items in ({"a": 1}, {"a": 2}):
        told = Told()
        id_ = arrived(told, items={"a": 1})
        arrived(told, 11, id_, items={"a": 2})
        listed(told, 20, entry(id_, items=items))
        assert broken(received, told) == []


def test_the_same_correlation_of_another_sender_is_another_one() -> None:
    told = Told()
    id_ = arrived(told)
    arrived(told, 11, id_, header={"from": OTHER})
    listed(told, 20, entry(id_), {**entry(id_, 11), "from": OTHER})
    assert broken(received, told) == []
    listed(told, 21, entry(id_))
    assert broken(received, told) == ["notice-handed-over"]


def test_about_nobody_it_is_not_handed_over() -> None:
    told = Told()
    told.register("10", at=0)
    id_ = arrived(told, person=told.person("stranger"))
    listed(told, 20)
    assert broken(received, told) == []
    listed(told, 21, entry(id_))
    assert broken(received, told) == ["notice-as-it-came"]
