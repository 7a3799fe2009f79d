"""A message that is none convicts who had to make it."""

import pytest

from tests.model.desk import Desk, alternatives_broken, rules_broken, seen


@pytest.mark.parametrize(
    ("kind", "code", "rule"),
    [
        ("照会応答", None, "reply-is-sealed"),
        ("照会依頼", None, "enquiry-is-sealed"),
        ("連絡", None, "enquiry-is-sealed"),
        ("受領", None, "reply-is-sealed"),
        ("エラー", "SIGNATURE_INVALID", "reply-is-sealed"),
        ("照会応答", "MALFORMED", "reply-is-built"),
        ("エラー", "MALFORMED", "reply-is-built"),
        ("照会依頼", "MALFORMED", "enquiry-is-built"),
        ("連絡", "MALFORMED", "notice-is-built"),
        ("受領", "MALFORMED", "receipt-is-built"),
    ],
)
def test_a_message_that_is_none(kind: str, code: str | None, rule: str) -> None:
    desk = Desk()
    desk.send(kind, desk.own, None, problem="保護ヘッダー", code=code, status=None)
    assert alternatives_broken(desk) == {(rule, kind)}


def test_a_content_that_only_its_recipient_can_read() -> None:
    desk = Desk()
    desk.send("照会応答", desk.own, None, problem="MALFORMED: content が様式に合わない")
    assert alternatives_broken(desk) == {("reply-is-built", "照会応答")}


def test_a_message_without_a_header_is_a_reply() -> None:
    desk = Desk()
    desk.send("", desk.own, None, problem="JWS でない", status=400, code="MALFORMED", header={"kind": None})
    assert alternatives_broken(desk) == {("reply-is-built", "エラー")}


def test_what_is_refused_for_its_form_was_sent_all_the_same() -> None:
    desk = Desk()
    desk.automatic_before()
    asked = desk.ask()
    desk.reply(asked, problem="保護ヘッダー", status=401, code="SIGNATURE_INVALID")
    assert rules_broken(desk) == ["reply-is-sealed"]


def test_messages_of_each_kind_are_looked_at() -> None:
    desk = Desk()
    for kind in ("照会依頼", "連絡"):
        desk.send(kind, desk.own, {"key": {}})
    assert {
        ("enquiry-is-sealed", "連絡"),
        ("enquiry-is-built", "照会依頼"),
        ("notice-is-built", "連絡"),
    } <= seen(desk)
    assert rules_broken(desk) == []
