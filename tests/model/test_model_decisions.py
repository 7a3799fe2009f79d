"""What staff decide about what waits: once, while it waits, and what goes out then."""

from typing import Any

import pytest

from harness.model.weighing import weighed
from tests.model.desk import AFFAIR, GIVEN, REASONS, Desk, alternatives_broken, rules_broken, seen


def manual() -> Desk:
    desk = Desk()
    desk.switch("affair", AFFAIR)
    return desk


@pytest.mark.parametrize("first", ["approval", "refusal"])
@pytest.mark.parametrize("second", ["approval", "refusal"])
def test_a_second_decision_is_none(first: str, second: str) -> None:
    word = {"approval": "承認", "refusal": "拒否"}
    desk = manual()
    asked = desk.ask()
    desk.decide(asked, first)
    desk.reply(asked) if first == "approval" else desk.error(asked, "REFUSED_BY_STAFF")
    desk.decide(asked, second)
    assert alternatives_broken(desk) == {("decided-once", f"{word[first]}・{word[second]}")}


@pytest.mark.parametrize("sent", [80.0, 80.4])
def test_what_a_second_approval_sends_follows_from_it_whenever_it_is_seen(sent: float) -> None:
    desk = manual()
    asked = desk.ask(at=50)
    desk.decide(asked, at=60)
    desk.reply(asked, at=61)
    desk.decide(asked, at=79.9, lasts=0.3)
    desk.reply(asked, at=sent)
    found = weighed(desk.history())
    assert [
        violation.rule for violation in found.violations if violation.rule in {"decided-once", "one-answer"}
    ] == ["decided-once"]


def test_of_two_at_once_one_is_taken() -> None:
    for statuses, found in (((200, 404), set()), ((200, 200), {("decided-once", "同時")})):
        desk = manual()
        asked = desk.ask(at=50)
        desk.listed(asked)
        desk.decide(asked, status=statuses[0], at=60)
        desk.decide(asked, status=statuses[1], at=60.05)
        desk.reply(asked)
        assert alternatives_broken(desk) == found
        assert ("decided-once", "同時") in seen(desk)


def test_what_waits_can_be_decided() -> None:
    for what, word in (("approval", "承認"), ("refusal", "拒否")):
        desk = manual()
        asked = desk.ask()
        desk.listed(asked)
        desk.decide(asked, what, status=404)
        assert alternatives_broken(desk) == {("waiting-can-be-decided", word)}


def test_what_waits_can_be_decided_after_a_restart() -> None:
    desk = manual()
    asked = desk.ask()
    desk.listed(asked)
    desk.killed()
    desk.decide(asked, status=404)
    assert alternatives_broken(desk) == {("waiting-can-be-decided", "再起動の後")}


def test_what_just_arrived_may_not_wait_yet() -> None:
    desk = manual()
    desk.decide(desk.ask(at=50), status=404, at=51)
    assert rules_broken(desk) == []


def test_nothing_is_decided_about_what_does_not_wait() -> None:
    desk = Desk()
    desk.automatic_before()
    answered, never = desk.ask(), Desk().ask()
    desk.reply(answered)
    desk.decide(answered, status=404)
    desk.decide(never, status=404)
    assert rules_broken(desk) == []
    desk.decide(answered)
    desk.decide(never)
    assert alternatives_broken(desk) == {
        ("nothing-to-decide", "自動で応答した照会"),
        ("nothing-to-decide", "知らない照会番号"),
    }


def test_a_decision_of_which_no_answer_came_may_stand() -> None:
    for sent in (True, False):
        desk = manual()
        asked = desk.ask()
        desk.listed(asked)
        desk.decide(asked, status=None)
        desk.reply(asked) if sent else desk.listed(asked)
        desk.decide(asked, status=404 if sent else 200)
        if not sent:
            desk.reply(asked)
        assert rules_broken(desk) == []


@pytest.mark.parametrize(
    ("what", "key", "rule"),
    [
        ("approval", {"相当年度": "2012"}, ("approval-sends", "照会応答")),
        ("approval", {}, ("approval-sends", "RECORD_NOT_FOUND")),
        ("refusal", {"相当年度": "2012"}, ("refusal-sends", "届く")),
    ],
)
def test_a_decision_sends(what: str, key: dict[str, str], rule: tuple[str, str]) -> None:
    desk = manual()
    desk.decide(desk.ask(key=key), what)
    assert alternatives_broken(desk) == {rule}


@pytest.mark.parametrize("answer", [True, False])
def test_what_was_refused_sends_nothing_else(answer: bool) -> None:
    desk = manual()
    asked = desk.ask()
    desk.decide(asked, "refusal")
    desk.reply(asked) if answer else desk.error(asked, "RECORD_NOT_FOUND")
    assert alternatives_broken(desk) == {("refusal-sends", "ほかに何も届かない")}


def test_what_was_approved_is_not_refused() -> None:
    desk = manual()
    asked = desk.ask()
    desk.decide(asked)
    desk.error(asked, "REFUSED_BY_STAFF")
    assert alternatives_broken(desk) == {("refusal-sends", "ほかに何も届かない")}


LATER: dict[str, Any] = {**GIVEN, "総所得額": 9_999_999, "扶養親族数": 3}


def corrected(items: dict[str, Any]) -> Desk:
    desk = manual()
    asked = desk.ask()
    desk.listed(asked)
    desk.record(LATER)
    desk.decide(asked)
    desk.reply(asked, items, reasons=REASONS)
    return desk


def test_an_approval_works_on_the_record_of_that_moment() -> None:
    assert rules_broken(corrected(LATER)) == []
    assert ("record-at-approval", "訂正の後") in seen(corrected(LATER))
    assert alternatives_broken(corrected(GIVEN)) == {("record-at-approval", "訂正の後")}


def test_an_approval_of_what_was_deleted() -> None:
    desk = manual()
    asked = desk.ask()
    desk.listed(asked)
    desk.delete()
    desk.decide(asked)
    desk.error(asked, "RECORD_NOT_FOUND")
    assert rules_broken(desk) == []
    other = manual()
    asked = other.ask()
    other.listed(asked)
    other.delete()
    other.decide(asked)
    other.reply(asked)
    assert alternatives_broken(other) == {("record-at-approval", "削除の後")}
