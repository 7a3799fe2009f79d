"""Each member of the header of a reply."""

from typing import Any

import pytest

from tests.model.desk import AFFAIR, GIVEN, REASONS, Desk, alternatives_broken, moment, rules_broken, seen
from tests.model.histories import OWN

CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("basis.table", {"basis": {"table": "2015-09-09", "item": "57"}}),
    ("basis.item", {"basis": {"table": "2012-02-14", "item": "58"}}),
    ("affair", {"affair": "ほかの事務"}),
    ("information", {"information": "ほかの情報"}),
    ("role", {"role": "resident-tax"}),
    ("mode", {"mode": "バッチ"}),
    ("expires_at", {"expires_at": moment(3601.0)}),
]


@pytest.mark.parametrize(("member", "header"), CHANGES)
def test_what_is_copied_is_copied_in_answers_and_errors(member: str, header: dict[str, Any]) -> None:
    desk = Desk()
    desk.reply(desk.ask())
    desk.error(desk.stranger(), "SUBJECT_UNKNOWN")
    assert rules_broken(desk) == []
    assert {("reply-copies", f"照会応答・{member}"), ("reply-copies", f"エラー・{member}")} <= seen(desk)
    desk.reply(desk.ask(), header=header)
    assert alternatives_broken(desk) == {("reply-copies", f"照会応答・{member}")}
    desk.error(desk.stranger(), "SUBJECT_UNKNOWN", header=header)
    assert ("reply-copies", f"エラー・{member}") in alternatives_broken(desk)


def test_moments_are_compared_and_not_texts() -> None:
    desk = Desk()
    asked = desk.ask(expires_at="2027-01-15T09:00:00.000Z")
    desk.reply(asked, header={"expires_at": "2027-01-15T18:00:00+09:00"})
    assert rules_broken(desk) == []


def test_a_reply_has_an_id_of_its_own() -> None:
    desk = Desk()
    asked = desk.ask()
    desk.reply(asked, header={"message_id": asked.header["message_id"]})
    assert alternatives_broken(desk) == {("reply-id-is-new", "照会応答")}


def test_what_comes_back_to_its_own_organisation_was_new_when_it_left() -> None:
    desk = Desk()
    reply = desk.reply(desk.ask())
    desk.deliver("照会応答", header=dict(reply.header))
    assert ("reply-id-is-new", "照会応答") not in alternatives_broken(desk)


@pytest.mark.parametrize("off", [-3600.0, -8.0, 7.0, 9 * 3600.0])
def test_a_reply_says_when_it_was_sent(off: float) -> None:
    desk = Desk()
    desk.reply(desk.ask(at=50), at=51, header={"sent_at": moment(51 + off)})
    assert alternatives_broken(desk) == {("reply-sent-at", "照会応答")}


@pytest.mark.parametrize("off", [-5.9, 0.0, 5.9])
def test_clocks_may_differ(off: float) -> None:
    desk = Desk()
    desk.reply(desk.ask(at=50), at=51, header={"sent_at": moment(51 + off)})
    assert rules_broken(desk) == []


def test_what_was_approved_was_not_sent_when_it_arrived() -> None:
    for at, found in ((70.5, set()), (50.5, {("reply-sent-at", "照会応答")})):
        desk = Desk()
        desk.switch("affair", AFFAIR)
        asked = desk.ask(at=50)
        desk.listed(asked, at=51)
        desk.decide(asked, at=70)
        desk.reply(asked, at=71, header={"sent_at": moment(at)})
        assert alternatives_broken(desk) == found


def test_the_link_code_is_that_of_the_subject() -> None:
    desk = Desk()
    other = desk.register("B-2")
    desk.reply(desk.ask(), header={"link_code": other.codes[OWN]})
    assert alternatives_broken(desk) == {("reply-own-link-code", "照会応答")}


def test_the_link_code_of_an_error_is_that_of_the_subject() -> None:
    desk = Desk()
    desk.error(desk.ask(key={}), "RECORD_NOT_FOUND", header={"link_code": "a" * 24})
    assert alternatives_broken(desk) == {("reply-own-link-code", "RECORD_NOT_FOUND")}


def test_an_unknown_link_code_comes_back() -> None:
    desk = Desk()
    desk.error(desk.stranger(), "SUBJECT_UNKNOWN", header={"link_code": desk.own.codes[OWN]})
    assert alternatives_broken(desk) == {("unknown-code-comes-back", "SUBJECT_UNKNOWN")}


def test_a_link_code_that_was_replaced_meanwhile_may_be_either() -> None:
    former, new = "code-p-A-1-221007", "code-new-221007"
    for code in (former, new):
        desk = Desk()
        desk.switch("affair", AFFAIR)
        asked = desk.ask()
        desk.listed(asked)
        desk.decide(asked, at=60, lasts=3.0)
        desk.register("A-1", desk.person("new"), 200, at=61)
        desk.reply(asked, GIVEN, reasons=REASONS, at=64, header={"link_code": code})
        assert rules_broken(desk) == []
