"""What waits for staff: who decides, what is listed, what goes out and what does not."""

import pytest

from harness.model.history.exchanges import Delivery
from tests.model.desk import (
    AFFAIR,
    TAX,
    Desk,
    alternatives_broken,
    moment,
    rules_broken,
    seen,
)

SCOPES = {"subject": ("A-1", "対象者"), "affair": (AFFAIR, "事務"), "information": (TAX, "連携情報")}


def manual(scope: str = "affair") -> Desk:
    desk = Desk()
    desk.switch(scope, SCOPES[scope][0])
    return desk


def test_what_staff_let_go_and_refuse() -> None:
    desk = manual()
    approved, refused = desk.ask(), desk.ask()
    desk.listed(approved, refused, at=60)
    desk.decide(approved)
    desk.reply(approved)
    desk.decide(refused, "refusal")
    desk.error(refused, "REFUSED_BY_STAFF")
    desk.listed()
    desk.decide(approved, status=404)
    assert rules_broken(desk) == []
    occasions = {
        ("manual-affair-waits", "それだけ・オンライン"),
        ("what-waits-is-listed", "事務"),
        ("approval-sends", "照会応答"),
        ("refusal-sends", "届く"),
        ("decided-leaves-the-list", "承認"),
        ("decided-leaves-the-list", "拒否"),
        ("decided-once", "承認・承認"),
        ("waiting-can-be-decided", "承認"),
        ("waiting-can-be-decided", "拒否"),
    }
    assert occasions <= seen(desk)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("mode", ["オンライン", "バッチ"])
def test_nothing_goes_out_before_staff_decide(scope: str, mode: str) -> None:
    desk = manual(scope)
    desk.reply(desk.ask(mode=mode))
    assert alternatives_broken(desk) == {(f"manual-{scope}-waits", f"それだけ・{mode}")}


def test_nothing_goes_out_where_several_are_manual() -> None:
    desk = manual("subject")
    desk.switch("information", TAX)
    desk.switch("affair", AFFAIR)
    desk.error(desk.ask(key={}), "RECORD_NOT_FOUND")
    assert alternatives_broken(desk) == {(f"manual-{scope}-waits", "ほかも手動") for scope in SCOPES}


@pytest.mark.parametrize("scope", SCOPES)
def test_what_was_switched_back_is_answered_and_what_waits_keeps_waiting(scope: str) -> None:
    desk = manual(scope)
    waits = desk.ask()
    desk.listed(waits)
    desk.switch(scope, SCOPES[scope][0], "自動")
    if scope != "subject":
        desk.reply(desk.ask())
    desk.listed(waits)
    assert rules_broken(desk) == []
    assert {
        ("pending-stays-pending", SCOPES[scope][1]),
        (f"manual-{scope}-waits", "それだけ・オンライン"),
    } <= seen(desk)
    desk.reply(waits)
    assert alternatives_broken(desk) == {("pending-stays-pending", SCOPES[scope][1])}


@pytest.mark.parametrize("scope", SCOPES)
def test_what_was_switched_back_leaves_the_list(scope: str) -> None:
    desk = manual(scope)
    desk.listed(desk.ask())
    desk.switch(scope, SCOPES[scope][0], "自動")
    desk.listed()
    assert ("pending-stays-pending", SCOPES[scope][1]) in alternatives_broken(desk)


def test_a_setting_that_comes_with_the_enquiry_may_act_or_not() -> None:
    for answer in (True, False):
        desk = Desk()
        desk.automatic_before()
        asked = desk.ask(at=50, lasts=1.0)
        desk.switch("affair", AFFAIR, at=50.5)
        if answer:
            desk.reply(asked, at=52)
        else:
            desk.listed(asked, at=52)
        assert rules_broken(desk) == []


def test_a_setting_that_may_not_have_been_taken_acts_or_not() -> None:
    desk = Desk()
    desk.automatic_before()
    desk.switch("affair", AFFAIR, status=None)
    desk.reply(desk.ask())
    desk.listed(desk.ask())
    assert rules_broken(desk) == []


def test_a_setting_that_was_refused_does_not_act() -> None:
    desk = Desk()
    desk.automatic_before()
    desk.switch("affair", AFFAIR, status=403, answer={"code": "STAFF_REQUIRED"})
    desk.listed(desk.ask())
    assert alternatives_broken(desk) == {
        ("nothing-else-is-listed", "自動の照会"),
        ("enquiry-is-answered", "照会応答・オンライン"),
    }


@pytest.mark.parametrize("scope", SCOPES)
def test_what_waits_is_listed(scope: str) -> None:
    desk = manual(scope)
    desk.ask()
    desk.listed(at=60)
    assert alternatives_broken(desk) == {("what-waits-is-listed", SCOPES[scope][1])}


def test_what_was_listed_stays_though_nobody_knows_why_it_waits() -> None:
    desk = Desk()
    asked = desk.ask()
    desk.listed(asked)
    desk.listed(at=60)
    assert [rule for rule, _ in alternatives_broken(desk)] == ["what-waits-is-listed"]


def test_what_waits_may_be_listed_a_little_later() -> None:
    desk = manual()
    desk.ask(at=50)
    desk.listed(at=52)
    assert rules_broken(desk) == []


def test_what_waits_is_still_listed_after_a_restart() -> None:
    desk = manual()
    asked = desk.ask()
    desk.listed(asked)
    desk.killed()
    desk.listed(asked)
    assert rules_broken(desk) == []
    desk.listed()
    assert alternatives_broken(desk) == {("what-waits-is-listed", "再起動の後")}


def test_what_does_not_wait_is_not_listed() -> None:
    desk = Desk()
    desk.automatic_before()
    answered, stranger, refused = desk.ask(), desk.stranger(), desk.ask(status=410, code="EXPIRED")
    desk.reply(answered)
    desk.error(stranger, "SUBJECT_UNKNOWN")
    desk.listed()
    assert rules_broken(desk) == []
    desk.listed(answered, stranger, refused)
    rules = {("自動の照会"), ("対応する者のない照会"), ("拒否した照会")}
    assert {a for rule, a in alternatives_broken(desk) if rule == "nothing-else-is-listed"} == rules


def test_what_waits_is_listed_once() -> None:
    desk = manual()
    asked = desk.ask()
    desk.listed(asked, asked)
    assert rules_broken(desk) == ["nothing-else-is-listed"]


def test_what_an_earlier_run_left_may_be_listed_and_decided() -> None:
    desk, other = manual(), Desk()
    left = other.ask(at=-600)
    desk.listed(left)
    desk.decide(left)
    assert rules_broken(desk) == []


def test_what_was_decided_is_not_listed() -> None:
    desk = manual()
    asked = desk.ask()
    desk.decide(asked)
    desk.reply(asked)
    desk.listed(asked)
    assert alternatives_broken(desk) == {("decided-leaves-the-list", "承認")}


def test_what_is_being_decided_may_be_listed_or_not() -> None:
    desk = manual()
    asked = desk.ask()
    desk.listed(asked)
    desk.decide(asked, at=60, lasts=2.0)
    desk.listed(asked, at=61)
    desk.listed(at=61.5)
    desk.reply(asked, at=62)
    assert rules_broken(desk) == []


def expiring(desk: Desk, seconds: float = 70.0) -> Delivery:
    return desk.ask(at=50, expires_at=moment(seconds))


def test_what_expires_leaves_the_list_and_sends_nothing() -> None:
    desk = manual()
    asked = expiring(desk)
    desk.listed(asked, at=60)
    desk.listed(at=80)
    desk.decide(asked, status=404)
    assert rules_broken(desk) == []
    assert {("expired-leaves-the-list", "一覧"), ("expired-cannot-be-decided", "承認")} <= seen(desk)


def test_what_expired_is_listed_decided_and_answered() -> None:
    desk = manual()
    asked = expiring(desk)
    desk.listed(asked, at=80)
    desk.decide(asked, "refusal")
    assert alternatives_broken(desk) == {
        ("expired-leaves-the-list", "一覧"),
        ("expired-cannot-be-decided", "拒否"),
    }


def test_nothing_goes_out_of_what_expired() -> None:
    desk = manual()
    desk.reply(expiring(desk), at=80)
    assert alternatives_broken(desk) == {("expired-sends-nothing", "期限切れ")}


@pytest.mark.parametrize("at", [66.0, 74.0])
def test_near_the_end_clocks_may_differ(at: float) -> None:
    for listed in (True, False):
        for status in (200, 404):
            desk = manual()
            asked = expiring(desk)
            desk.listed(*[asked] * listed, at=at)
            desk.decide(asked, status=status, at=at + 0.2)
            assert rules_broken(desk) == []


def test_the_oldest_is_the_first() -> None:
    desk = manual()
    first, second = desk.ask(), desk.ask()
    desk.listed(first, second)
    assert rules_broken(desk) == []
    assert {("oldest-first", "届いた順"), ("oldest-first", "received_at")} <= seen(desk)
    desk.listed(second, first)
    assert alternatives_broken(desk) == {("oldest-first", "届いた順"), ("oldest-first", "received_at")}


def test_of_two_that_arrive_at_once_either_is_the_first() -> None:
    desk = manual()
    first, second = desk.ask(at=50, lasts=1.0), desk.ask(at=50.5, lasts=1.0)
    when = {str(a.header["correlation_id"]): {"received_at": moment(51)} for a in (first, second)}
    desk.listed(first, second, differ=when)
    desk.listed(second, first, differ=when)
    assert rules_broken(desk) == []


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("from", "131016"),
        ("affair", "ほかの事務"),
        ("information", "ほかの情報"),
        ("local_id", "B-2"),
        ("received_at", moment(9 * 3600)),
    ],
)
def test_an_entry_says_what_the_enquiry_says(member: str, value: str) -> None:
    desk = manual()
    desk.register("B-2")
    asked = desk.ask()
    desk.listed(asked)
    assert (rules_broken(desk), ("pending-entry", member) in seen(desk)) == ([], True)
    desk.listed(asked, differ={str(asked.header["correlation_id"]): {member: value}})
    assert alternatives_broken(desk) == {("pending-entry", member)}
