"""What holds of an answer holds however it came about: at once, approved, refused, online, in a batch."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.history.exchanges import Call, Delivery
from tests.model.desk import (
    AFFAIR,
    GIVEN,
    HIDDEN,
    REASONS,
    REGISTER,
    TAX,
    Desk,
    alternatives_broken,
    moment,
    rules_broken,
    seen,
)
from tests.model.histories import OTHER, OWN

Tell = Callable[[Desk], object]


def approved(desk: Desk, **told: Any) -> Delivery:
    desk.switch("affair", AFFAIR)
    asked = desk.ask(**told)
    desk.decide(asked)
    return asked


def refused(desk: Desk) -> Delivery:
    desk.switch("affair", AFFAIR)
    asked = desk.ask()
    desk.decide(asked, "refusal")
    return asked


def with_others(desk: Desk) -> dict[str, Any]:
    items = {**GIVEN, "総所得額": 9_999_999, "扶養親族数": 3}
    desk.register("B-2")
    desk.record({**items, HIDDEN: 1}, "B-2")
    return items


def two_names(desk: Desk) -> list[Call]:
    names = (("2011", "旧"), ("2012", "新"))
    return [desk.record({"氏名": n}, information=REGISTER, key={"年": y}, reasons={}) for y, n in names]


def two_years(desk: Desk) -> dict[str, Any]:
    items = {**GIVEN, "総所得額": 9_999_999, "扶養親族数": 3}
    desk.record(items, key={"相当年度": "2011"})
    return items


def manual_stranger(desk: Desk) -> None:
    desk.switch("affair", AFFAIR)
    desk.error(desk.stranger(), "RECORD_NOT_FOUND")


def two_of_a_kind(desk: Desk) -> None:
    first = desk.deliver("連絡", desk.own, {"items": {}}, header={"expires_at": moment(3600.0)})
    header = {**first.header, "message_id": new_id()}
    desk.deliver("連絡", desk.own, {"items": {}}, header=header)
    for _ in range(3):
        desk.reply(first, kind="受領", content={})


CASES: list[tuple[Tell, tuple[str, str]]] = [
    (lambda d: d.error(approved(d, key={}), "SUBJECT_UNKNOWN"), ("no-record-error", "ほかのキーの件・承認")),
    (lambda d: d.reply(approved(d, key={})), ("no-record-error", "ほかのキーの件・承認")),
    (lambda d: d.reply(approved(d, information=REGISTER)), ("no-record-error", "件のない人・承認")),
    (lambda d: d.error(approved(d), "RECORD_NOT_FOUND"), ("record-is-provided", "一件・承認")),
    (lambda d: [two_years(d), d.error(approved(d), "RECORD_NOT_FOUND")], ("record-is-provided", "ほかのキーもある・承認")),
    (lambda d: d.reply(approved(d), two_years(d), reasons=REASONS), ("record-is-provided", "ほかのキーもある・承認")),
    (lambda d: [d.delete(), d.reply(approved(d))], ("deleted-is-gone", "承認")),
    (
        lambda d: [
            d.record({"氏名": "新"}, information=REGISTER, key={}, reasons={}),
            d.error(approved(d, information=REGISTER, key={}), "RECORD_NOT_FOUND"),
        ],
        ("last-registered-is-provided", "一件・承認"),
    ),
    (
        lambda d: [two_names(d), d.reply(approved(d, information=REGISTER, key={}), {"氏名": "旧"})],
        ("last-registered-is-provided", "幾つもの件・承認"),
    ),
    (
        lambda d: [two_names(d), d.reply(d.ask(information=REGISTER, key={}), {"氏名": "旧"})],
        ("last-registered-is-provided", "幾つもの件・自動"),
    ),
    (lambda d: d.reply(approved(d), with_others(d), reasons=REASONS), ("own-record", "承認")),
    (
        lambda d: d.reply(approved(d), {**GIVEN, HIDDEN: 55_000}, reasons=REASONS),
        ("only-what-the-affair-may-be-given", "承認"),
    ),
    (
        lambda d: d.reply(approved(d), {**GIVEN, "老人扶養親族数": 0}, reasons=REASONS),
        ("absent-stays-absent", "承認"),
    ),
    (
        lambda d: d.reply(d.ask(), {n: v for n, v in GIVEN.items() if n != "相当年度"}, reasons=REASONS),
        ("all-that-the-affair-may-be-given", "文字列"),
    ),
    (lambda d: d.error(refused(d), "REFUSED_BY_STAFF", header={"link_code": "a" * 24}), ("reply-own-link-code", "REFUSED_BY_STAFF")),
    (lambda d: d.error(d.stranger(), "SUBJECT_UNKNOWN", header={"to": OTHER}), ("answers-what-was-asked", "エラー")),
    (
        lambda d: d.error(asked := d.stranger(), "SUBJECT_UNKNOWN", header={"message_id": asked.header["message_id"]}),
        ("reply-id-is-new", "エラー"),
    ),
    (
        lambda d: d.error(d.stranger(), "SUBJECT_UNKNOWN", header={"sent_at": moment(9 * 3600)}),
        ("reply-sent-at", "エラー"),
    ),
    (manual_stranger, ("unknown-subject-is-answered", "手動")),
    (two_of_a_kind, ("one-receipt", "もう一度")),
]  # fmt: skip


@pytest.mark.parametrize(("tell", "rule"), CASES)
def test_each_way_is_judged(tell: Tell, rule: tuple[str, str]) -> None:
    desk = Desk()
    tell(desk)
    assert rule in alternatives_broken(desk)


@pytest.mark.parametrize("header", ["message_id", "sent_at"])
def test_a_receipt_is_made_anew(header: str) -> None:
    desk = Desk()
    asked = desk.deliver("連絡", desk.own, {"items": {}}, header={"expires_at": moment(3600.0)})
    wrong = asked.header["message_id"] if header == "message_id" else moment(9 * 3600)
    desk.reply(asked, kind="受領", content={}, header={header: wrong})
    rule = "reply-id-is-new" if header == "message_id" else "reply-sent-at"
    assert alternatives_broken(desk) == {(rule, "受領")}


def test_what_is_kept_by_each_way() -> None:
    desk = Desk()
    desk.record({"氏名": "旧"}, information=REGISTER, key={}, reasons={})
    desk.reply(approved(desk, information=REGISTER, key={}), {"氏名": "旧"})
    two_names(desk)
    desk.reply(approved(desk, information=REGISTER, key={}), {"氏名": "新"})
    two_years(desk)
    desk.reply(approved(desk, mode="バッチ"))
    desk.error(approved(desk, key={}), "RECORD_NOT_FOUND")
    desk.register("B-2")
    desk.error(approved(desk, person=desk.persons[-1]), "RECORD_NOT_FOUND")
    desk.record({HIDDEN: 1}, "B-2", reasons={})
    desk.reply(approved(desk, person=desk.persons[-1]), {})
    desk.delete("B-2")
    desk.error(approved(desk, person=desk.persons[-1]), "RECORD_NOT_FOUND")
    desk.switch("information", TAX)
    desk.reply(approved(desk))
    assert rules_broken(desk) == []
    kept = {
        ("last-registered-is-provided", "幾つもの件・承認"),
        ("last-registered-is-provided", "一件・承認"),
        ("record-is-provided", "ほかのキーもある・承認"),
        ("no-record-error", "ほかのキーの件・承認"),
        ("no-record-error", "件のない人・承認"),
        ("nothing-left-is-empty", "承認"),
        ("deleted-is-gone", "承認"),
        ("manual-affair-waits", "それだけ・バッチ"),
        ("manual-affair-waits", "ほかも手動"),
        ("manual-information-waits", "ほかも手動"),
        ("approval-sends", "RECORD_NOT_FOUND"),
    }
    assert kept <= seen(desk)


@pytest.mark.parametrize("scopes", [("subject", "affair"), ("affair",), ("information",), ("subject",)])
def test_each_scope_by_itself_and_with_others(scopes: tuple[str, ...]) -> None:
    desk = Desk()
    keys = {"subject": "A-1", "affair": AFFAIR, "information": TAX}
    for scope in scopes:
        desk.switch(scope, keys[scope])
    alternative = "それだけ・バッチ" if len(scopes) == 1 else "ほかも手動"
    asked = desk.ask(mode="バッチ")
    desk.listed(asked)
    for scope in scopes:
        desk.switch(scope, keys[scope], "自動")
    desk.decide(asked)
    desk.reply(asked)
    assert rules_broken(desk) == []
    assert {(f"manual-{scope}-waits", alternative) for scope in scopes} <= seen(desk)


@pytest.mark.parametrize("first", ["approval", "refusal"])
@pytest.mark.parametrize("second", ["approval", "refusal"])
def test_a_second_decision_is_told_that_there_is_nothing(first: str, second: str) -> None:
    word = {"approval": "承認", "refusal": "拒否"}
    desk = Desk()
    desk.switch("subject", "A-1")
    asked = desk.ask()
    desk.decide(asked, first)
    desk.reply(asked) if first == "approval" else desk.error(asked, "REFUSED_BY_STAFF")
    desk.decide(asked, second, status=404)
    assert rules_broken(desk) == []
    assert ("decided-once", f"{word[first]}・{word[second]}") in seen(desk)


def test_what_waits_over_a_restart_can_be_decided() -> None:
    desk = Desk()
    desk.switch("subject", "A-1")
    asked = desk.ask()
    desk.listed(asked)
    desk.killed()
    desk.decide(asked)
    desk.reply(asked)
    assert rules_broken(desk) == []
    assert ("waiting-can-be-decided", "再起動の後") in seen(desk)


def test_an_item_where_nothing_is_left() -> None:
    desk = Desk()
    desk.record({HIDDEN: 1}, reasons={})
    desk.reply(approved(desk), {HIDDEN: 1})
    assert ("nothing-left-is-empty", "承認") in alternatives_broken(desk)


@pytest.mark.parametrize("code", ["照会応答", "RECORD_NOT_FOUND"])
def test_what_is_answered_at_once_in_a_batch(code: str) -> None:
    desk = Desk()
    desk.automatic_before()
    asked = desk.ask(mode="バッチ", key={"相当年度": "2012" if code == "照会応答" else "1999"})
    assert alternatives_broken(desk) == {("enquiry-is-answered", f"{code}・バッチ")}
    desk.reply(asked) if code == "照会応答" else desk.error(asked, code)
    assert rules_broken(desk) == []
    assert ("enquiry-is-answered", f"{code}・バッチ") in seen(desk)


def test_what_waits_longer_than_it_is_valid_sends_nothing() -> None:
    desk = Desk()
    desk.switch("subject", "A-1")
    desk.ask(at=50, expires_at=moment(60.0))
    assert rules_broken(desk) == []
    assert ("expired-sends-nothing", "期限切れ") in seen(desk)


def test_what_was_switched_back_and_then_decided() -> None:
    desk = Desk()
    desk.switch("information", TAX)
    asked = desk.ask()
    desk.listed(asked)
    desk.switch("information", TAX, "自動")
    desk.decide(asked)
    desk.reply(asked, header={"link_code": desk.own.codes[OWN]})
    assert rules_broken(desk) == []
    assert ("pending-stays-pending", "連携情報") in seen(desk)


def test_what_was_refused_by_the_inbox_is_on_no_list() -> None:
    desk = Desk()
    desk.ask(status=410, code="EXPIRED")
    desk.listed()
    assert rules_broken(desk) == []
    assert ("nothing-else-is-listed", "拒否した照会") in seen(desk)


@pytest.mark.parametrize("decided", [("refusal", "拒否"), ("approval", "承認")])
def test_what_was_decided_or_expired_is_over(decided: tuple[str, str]) -> None:
    what, word = decided
    desk = Desk()
    desk.switch("subject", "A-1")
    asked, old = desk.ask(), desk.ask(expires_at=moment(20.0))
    desk.decide(asked, what)
    desk.reply(asked) if what == "approval" else desk.error(asked, "REFUSED_BY_STAFF")
    desk.listed(asked)
    desk.decide(old, what, status=404, at=28)
    assert ("expired-cannot-be-decided", word) in seen(desk)
    desk.decide(old, what, at=30)
    assert alternatives_broken(desk) == {
        ("decided-leaves-the-list", word),
        ("expired-cannot-be-decided", word),
    }
