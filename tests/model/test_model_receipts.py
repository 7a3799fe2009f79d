"""A 連絡 that was accepted is acknowledged each time that it comes, or answered with an error."""

from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.history.exchanges import Delivery, Person
from tests.model.desk import Desk, alternatives_broken, moment, rules_broken, seen
from tests.model.histories import OWN


def notice(desk: Desk, person: Person | None = None, **told: Any) -> Delivery:
    rest = {name: told.pop(name) for name in ("at", "lasts", "status", "code") if name in told}
    header = {"information": "連絡の情報", "expires_at": moment(3600.0), **told}
    return desk.deliver("連絡", person or desk.own, {"items": {}}, header=header, **rest)


def receipt(desk: Desk, asked: Delivery, **told: Any) -> None:
    desk.reply(asked, kind="受領", content={}, **told)


def again(desk: Desk, asked: Delivery, person: Person | None = None) -> Delivery:
    return notice(desk, person, correlation_id=asked.header["correlation_id"], message_id=new_id())


def test_each_time_that_it_comes() -> None:
    desk = Desk()
    first = notice(desk)
    receipt(desk, first)
    receipt(desk, again(desk, first))
    assert rules_broken(desk) == []
    occasions = {
        ("notice-is-acknowledged", "初めて"),
        ("notice-is-acknowledged", "もう一度"),
        ("one-receipt", "初めて"),
        ("receipt-link-code", "受領"),
        ("reply-sent-at", "受領"),
        ("reply-id-is-new", "受領"),
    }
    assert occasions - {("one-receipt", "初めて")} <= seen(desk)


def test_what_is_not_acknowledged_at_first_or_again() -> None:
    desk = Desk()
    first = notice(desk)
    assert alternatives_broken(desk) == {("notice-is-acknowledged", "初めて")}
    receipt(desk, first)
    again(desk, first)
    assert alternatives_broken(desk) == {("notice-is-acknowledged", "もう一度")}


def test_one_receipt_each() -> None:
    desk = Desk()
    asked = notice(desk)
    receipt(desk, asked)
    receipt(desk, asked)
    assert alternatives_broken(desk) == {("one-receipt", "初めて")}


def test_somebody_unknown() -> None:
    desk = Desk()
    asked = notice(desk, desk.person("x"))
    desk.error(asked, "SUBJECT_UNKNOWN")
    assert rules_broken(desk) == []
    for alternative in ("届く", "符号", "リンクコード"):
        assert ("unknown-notice-error", alternative) in seen(desk)


def test_no_error_about_somebody_unknown() -> None:
    desk = Desk()
    notice(desk, desk.person("x"))
    assert alternatives_broken(desk) == {("unknown-notice-error", "届く")}


def test_a_receipt_about_somebody_unknown() -> None:
    desk = Desk()
    receipt(desk, notice(desk, desk.person("x")))
    assert alternatives_broken(desk) == {("unknown-notice-error", "届く")}


def test_another_error_about_somebody_unknown() -> None:
    desk = Desk()
    desk.error(notice(desk, desk.person("x")), "RECORD_NOT_FOUND")
    assert alternatives_broken(desk) == {("unknown-notice-error", "符号")}


def test_another_link_code_about_somebody_unknown() -> None:
    desk = Desk()
    asked = notice(desk, desk.person("x"))
    desk.error(asked, "SUBJECT_UNKNOWN", header={"link_code": desk.own.codes[OWN]})
    assert alternatives_broken(desk) == {("unknown-notice-error", "リンクコード")}


def test_an_error_about_somebody_known() -> None:
    desk = Desk()
    desk.error(notice(desk), "SUBJECT_UNKNOWN")
    assert alternatives_broken(desk) == {("notice-is-acknowledged", "初めて")}


def test_the_link_code_is_that_of_the_subject() -> None:
    desk = Desk()
    receipt(desk, notice(desk), header={"link_code": "a" * 24})
    assert alternatives_broken(desk) == {("receipt-link-code", "受領")}


def test_what_the_guide_does_not_say_of_a_receipt_is_free() -> None:
    desk = Desk()
    other = {"basis": {"table": "条例", "item": "1"}, "role": "x", "mode": "バッチ", "expires_at": moment(99)}
    receipt(desk, notice(desk), header=other)
    assert rules_broken(desk) == []


def test_a_repetition_about_somebody_else_may_be_taken_for_the_first() -> None:
    for known in (True, False):
        desk = Desk()
        first = notice(desk)
        receipt(desk, first)
        second = again(desk, first, desk.person("x"))
        if known:
            receipt(desk, second, header={"link_code": desk.own.codes[OWN]})
        else:
            desk.error(second, "SUBJECT_UNKNOWN")
        assert rules_broken(desk) == []


@pytest.mark.parametrize("code", ["SIGNATURE_INVALID", "EXPIRED", "ROLE_NOT_ALLOWED"])
def test_nothing_is_sent_for_what_was_refused(code: str) -> None:
    desk = Desk()
    asked = notice(desk, status=403, code=code)
    assert ("nothing-for-refused-notice", code) in seen(desk)
    receipt(desk, asked)
    assert alternatives_broken(desk) == {("nothing-for-refused-notice", code)}


def test_the_same_message_again_is_refused_and_sends_nothing() -> None:
    desk = Desk()
    asked = notice(desk)
    receipt(desk, asked)
    notice(desk, status=409, code="REPLAYED", **desk.same(asked))
    assert rules_broken(desk) == []
    receipt(desk, asked)
    assert ("nothing-for-refused-notice", "REPLAYED") in alternatives_broken(desk)
