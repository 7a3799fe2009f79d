"""One enquiry, one answer, over the whole record; nothing to what nobody asked, or what was refused."""

from collections.abc import Callable

import pytest

from harness.contract.messages import new_id
from tests.model.desk import Desk, alternatives_broken, breaches, moment, rules_broken, seen
from tests.model.histories import OTHER

Tell = Callable[[Desk], object]


def again(desk: Desk) -> None:
    asked, same = desk.ask(), {"message_id": new_id()}
    desk.reply(asked, header=same)
    desk.reply(asked, header=same)


def after_an_outage(desk: Desk) -> None:
    asked, same = desk.ask(), {"message_id": new_id()}
    for status in (502, 202, 502):
        desk.reply(asked, header=same, status=status)


def in_place_of_one_that_was_refused(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked, status=403, code="BASIS_NOT_LAWFUL")
    desk.reply(asked)


def overtaking_the_inbox(desk: Desk) -> None:
    desk.reply(desk.ask(at=50, lasts=3.0), at=51)


def shared_id(desk: Desk) -> None:
    asked = desk.ask()
    other = desk.ask(correlation_id=asked.header["correlation_id"], message_id=new_id())
    desk.reply(asked)
    desk.reply(other)


def maybe_taken(desk: Desk) -> None:
    desk.reply(desk.ask(status=None))


def arrived_again(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked)
    desk.ask(**desk.same(asked), status=409, code="REPLAYED")


def rebuilt_after_a_restart(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked, status=None)
    desk.killed()
    desk.reply(asked)


def of_an_earlier_run(desk: Desk) -> None:
    desk.reply(
        desk.ask(status=410, code="EXPIRED"), header={"correlation_id": new_id(), "sent_at": moment(-60)}
    )


def under_the_other_id(desk: Desk) -> None:
    asked = desk.ask(correlation_id=new_id(), at=50)  # §11
    desk.reply(asked, header={"correlation_id": asked.header["message_id"]})


def asks_itself(desk: Desk) -> None:
    desk.send("照会依頼", desk.own, {"key": {}})


@pytest.mark.parametrize(
    "tell",
    [
        lambda desk: desk.reply(desk.ask()),
        again,
        after_an_outage,
        in_place_of_one_that_was_refused,
        overtaking_the_inbox,
        shared_id,
        maybe_taken,
        arrived_again,
        rebuilt_after_a_restart,
        of_an_earlier_run,
        under_the_other_id,
        asks_itself,
    ],
)
def test_what_the_contract_permits_passes(tell: Tell) -> None:
    desk = Desk()
    tell(desk)
    assert rules_broken(desk) == []


def twice(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked)
    desk.reply(asked)


def twice_refused(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked)
    desk.reply(asked, status=403, code="BASIS_NOT_LAWFUL")


def error_too(desk: Desk) -> None:
    asked = desk.stranger()
    desk.error(asked, "SUBJECT_UNKNOWN")
    desk.error(asked, "SUBJECT_UNKNOWN")


def other_bytes(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked, status=502)
    desk.reply(asked)


def again_for_what_arrived_again(desk: Desk) -> None:
    asked = desk.ask()
    desk.reply(asked)
    desk.ask(**desk.same(asked), status=409, code="REPLAYED")
    desk.reply(asked)


def to_nobody(desk: Desk) -> None:
    desk.reply(desk.ask(), header={"correlation_id": new_id()}, at=70)


def to_somebody_else(desk: Desk) -> None:
    desk.reply(desk.ask(), header={"to": OTHER})


def receipt_of_nothing(desk: Desk) -> None:
    desk.reply(desk.ask(), kind="受領", content={}, header={"correlation_id": new_id()}, at=70)


def receipt_of_an_enquiry(desk: Desk) -> None:
    desk.reply(desk.ask(), kind="受領", content={})


@pytest.mark.parametrize(
    ("tell", "rule"),
    [
        (twice, ("one-answer", "照会応答")),
        (twice_refused, ("one-answer", "照会応答")),
        (error_too, ("one-answer", "エラー")),
        (other_bytes, ("one-answer", "送り直し")),
        (again_for_what_arrived_again, ("one-answer", "同じ電文の再到着")),
        (to_nobody, ("answers-what-was-asked", "照会応答")),
        (to_somebody_else, ("answers-what-was-asked", "照会応答")),
        (receipt_of_nothing, ("receipt-for-what-came", "受領")),
        (receipt_of_an_enquiry, ("receipt-for-what-came", "受領")),
    ],
)
def test_what_is_one_too_many_is_convicted(tell: Tell, rule: tuple[str, str]) -> None:
    desk = Desk()
    tell(desk)
    assert rule in alternatives_broken(desk)


REFUSALS = [
    "MALFORMED",
    "SIGNATURE_INVALID",
    "KEY_NOT_VALID",
    "NOT_ADDRESSEE",
    "EXPIRED",
    "PARTNER_UNKNOWN",
    "DECRYPTION_FAILED",
    "ROLE_NOT_ALLOWED",
    "BASIS_NOT_LAWFUL",
]


@pytest.mark.parametrize("code", REFUSALS)
def test_nothing_is_sent_for_what_was_refused(code: str) -> None:
    desk = Desk()
    asked = desk.ask(status=400, code=code)
    rule = ("nothing-for-refused-enquiry", code)
    assert (rules_broken(desk), rule in seen(desk)) == ([], True)
    desk.reply(asked)
    assert alternatives_broken(desk) == {rule}


def test_what_was_refused_and_then_accepted_is_answered() -> None:
    desk = Desk()
    refused = desk.ask(status=401, code="SIGNATURE_INVALID")
    asked = desk.ask(**desk.same(refused))
    desk.reply(asked)
    assert rules_broken(desk) == []


def test_a_breach_tells_what_it_concerns_and_in_which_scenario() -> None:
    desk = Desk()
    asked = desk.ask()
    desk.reply(asked)
    desk.reply(asked)
    (case,) = breaches(desk)
    assert case.breach is not None
    assert case.breach.about[0] == f"correlation:{asked.header['correlation_id']}"
    assert [about.partition(":")[0] for about in case.breach.about] == ["correlation", "subject"]


def test_headers_of_odd_types_are_passed_over() -> None:
    desk = Desk()
    for header in ({}, {"kind": ["照会依頼"], "message_id": 1}, {"kind": "照会依頼", "correlation_id": None}):
        desk.deliver(header=header)
        desk.send("照会応答", None, None, header=header)
    assert rules_broken(desk) == []
