"""The items, values and reasons of an answer, and the words of an error, against the record as it was registered."""

from typing import Any

import pytest

from harness.model.judges.values import VALUE_RULES, kind_of_value
from tests.model.desk import (
    GIVEN,
    HIDDEN,
    ITEMS,
    KEY,
    REASONS,
    REGISTER,
    Desk,
    alternatives_broken,
    breaches,
    rules_broken,
    seen,
)

NAME = "氏名"
REGISTERED: dict[str, Any] = {NAME: "", "住所": "静岡市"}


def answered(items: dict[str, Any], reasons: dict[str, str] | None = None, **told: Any) -> Desk:
    desk = Desk()
    desk.reply(desk.ask(), items, reasons=REASONS if reasons is None else reasons, **told)
    return desk


def changed(**other: Any) -> dict[str, Any]:
    return {**GIVEN, **other}


def test_an_answer_with_just_what_may_be_given_passes() -> None:
    desk = answered(GIVEN)
    assert rules_broken(desk) == []
    occasions = {
        ("only-what-the-affair-may-be-given", "自動"),
        ("absent-stays-absent", "自動"),
        ("all-that-the-affair-may-be-given", "数"),
        ("all-that-the-affair-may-be-given", "null"),
        ("all-that-the-affair-may-be-given", "文字列"),
        ("all-that-the-affair-may-be-given", "空の文字列"),
        ("numbers-unchanged", "0"),
        ("numbers-unchanged", "正の数"),
        ("numbers-unchanged", "数字の文字列"),
        ("null-unchanged", "null"),
        ("text-unchanged", "空の文字列"),
        ("reasons-provided", "未申告"),
        ("own-record", "自動"),
    }
    assert occasions <= seen(desk)


@pytest.mark.parametrize(
    ("items", "reasons", "rule"),
    [
        (changed(**{HIDDEN: 55_000}), None, ("only-what-the-affair-may-be-given", "自動")),
        (changed(何か="1"), None, ("only-what-the-affair-may-be-given", "自動")),
        (changed(老人扶養親族数=0), None, ("absent-stays-absent", "自動")),
        (changed(老人扶養親族数=None), None, ("absent-stays-absent", "自動")),
        (
            {n: v for n, v in GIVEN.items() if n != "扶養親族数"},
            None,
            ("all-that-the-affair-may-be-given", "数"),
        ),
        ({n: v for n, v in GIVEN.items() if v is not None}, {}, ("all-that-the-affair-may-be-given", "null")),
        (
            {n: v for n, v in GIVEN.items() if v != ""},
            None,
            ("all-that-the-affair-may-be-given", "空の文字列"),
        ),
        (changed(総所得額=1_234_568), None, ("numbers-unchanged", "正の数")),
        (changed(総所得額="1234567"), None, ("numbers-unchanged", "正の数")),
        (changed(総所得額=1_234_567.0), None, ("numbers-unchanged", "正の数")),
        (changed(扶養親族数=None), None, ("numbers-unchanged", "0")),
        (changed(扶養親族数=False), None, ("numbers-unchanged", "0")),
        (changed(相当年度=2012), None, ("numbers-unchanged", "数字の文字列")),
        (changed(本人障害区分=""), None, ("null-unchanged", "null")),
        (changed(本人障害区分=0), None, ("null-unchanged", "null")),
        (changed(本人寡婦区分=None), None, ("text-unchanged", "空の文字列")),
        (GIVEN, {}, ("reasons-provided", "未申告")),
        (GIVEN, {"本人障害区分": "調査中"}, ("reasons-provided", "未申告")),
        (GIVEN, {**REASONS, "扶養親族数": "調査中"}, None),
        (GIVEN, {**REASONS, HIDDEN: "不開示"}, None),
    ],
)
def test_what_differs_is_named(items: dict[str, Any], reasons: dict[str, str] | None, rule: Any) -> None:
    desk = answered(items, reasons)
    found = alternatives_broken(desk)
    if rule is None:
        assert {rule for rule, _ in found} == {"reasons-of-provided-only"} or found == set()
    else:
        assert found == {rule}


@pytest.mark.parametrize("word", ["未申告", "調査中", "不開示", "該当なし"])
def test_each_reason_is_carried(word: str) -> None:
    desk = Desk()
    desk.record(reasons={"本人障害区分": word})
    desk.reply(desk.ask(), GIVEN, reasons={"本人障害区分": word})
    assert rules_broken(desk) == []
    assert ("reasons-provided", word) in seen(desk)
    desk.reply(desk.ask(), GIVEN)
    assert alternatives_broken(desk) == {("reasons-provided", word)}


def test_a_reason_of_what_is_not_provided_stays() -> None:
    for extra in (HIDDEN, "特定扶養親族数"):
        desk = Desk()
        desk.record({**ITEMS, HIDDEN: None}, reasons={**REASONS, extra: "不開示"})
        desk.reply(desk.ask(), GIVEN, reasons=REASONS)
        assert rules_broken(desk) == []
        assert ("reasons-of-provided-only", "提供しない項目の理由") in seen(desk)
        desk.reply(desk.ask(), GIVEN, reasons={**REASONS, extra: "不開示"})
        assert alternatives_broken(desk) == {("reasons-of-provided-only", "提供しない項目の理由")}


def test_a_reason_that_nobody_registered() -> None:
    desk = Desk()
    desk.record(reasons={})
    desk.reply(desk.ask(), GIVEN, reasons=REASONS)
    assert alternatives_broken(desk) == {("reasons-of-provided-only", "理由のない件")}


def test_the_reason_of_an_item_that_is_not_null_may_be_there_or_not() -> None:
    desk = Desk()
    desk.record(reasons={**REASONS, "総所得額": "調査中"})
    desk.reply(desk.ask(), GIVEN, reasons=REASONS)
    desk.reply(desk.ask(), GIVEN, reasons={**REASONS, "総所得額": "調査中"})
    assert rules_broken(desk) == []


def test_empty_reasons_may_be_there_or_not() -> None:
    desk = Desk()
    desk.record(reasons={})
    for content in ({"items": GIVEN}, {"items": GIVEN, "reasons": {}}):
        desk.reply(desk.ask(), content=content)
    assert rules_broken(desk) == []


def test_nothing_left_is_an_answer_without_items() -> None:
    desk = Desk()
    desk.record({HIDDEN: 1}, reasons={})
    desk.reply(desk.ask(), {})
    assert rules_broken(desk) == []
    assert ("nothing-left-is-empty", "自動") in seen(desk)
    desk.reply(desk.ask(), {HIDDEN: 1})
    rules = {("nothing-left-is-empty", "自動"), ("only-what-the-affair-may-be-given", "自動")}
    assert alternatives_broken(desk) == rules


TEXTS = {
    "ASCII": ("Suzuki", "suzuki"),
    "BMP": ("山田花子", "山田花子 "),
    "BMP の外": ("𠮷野", "吉野"),
    "異体字セレクター": ("辻󠄀", "辻"),
    "結合文字・互換文字": ("か\u3099", "が"),
    "前後の空白": (" 山田", "山田"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_each_kind_of_text_is_carried_unchanged(kind: str) -> None:
    meant, said = TEXTS[kind]
    desk = Desk()
    desk.record({NAME: meant}, information=REGISTER, key={}, reasons={})
    desk.reply(desk.ask(information=REGISTER, key={}), {NAME: meant})
    assert rules_broken(desk) == []
    assert ("text-unchanged", kind) in seen(desk)
    desk.reply(desk.ask(information=REGISTER, key={}), {NAME: said})
    assert alternatives_broken(desk) == {("text-unchanged", kind)}


@pytest.mark.parametrize(("meant", "said", "kind"), [(-5, 5, "負の数"), (2**53 - 1, 2**53 - 2, "大きな数")])
def test_each_kind_of_number_is_carried_unchanged(meant: int, said: int, kind: str) -> None:
    desk = Desk()
    desk.record(changed(総所得額=meant))
    desk.reply(desk.ask(), changed(総所得額=meant), reasons=REASONS)
    assert rules_broken(desk) == []
    desk.reply(desk.ask(), changed(総所得額=said), reasons=REASONS)
    assert alternatives_broken(desk) == {("numbers-unchanged", kind)}


def test_every_kind_of_value_has_a_rule() -> None:
    values = (None, 0, 1, -1, 2**40, "12", "a", "山", "𠮷", "辻󠄀", "ｶ", "", " ")
    assert {kind_of_value(value) for value in values} == set(VALUE_RULES)


def test_what_a_request_that_was_refused_wanted_to_write_is_not_given() -> None:
    desk = Desk()
    others = changed(総所得額=9_999_999, 扶養親族数=3)
    desk.record(others, status=422)
    desk.reply(desk.ask(), others, reasons=REASONS)
    assert {"numbers-unchanged"} <= set(rules_broken(desk))


def test_what_may_be_held_from_before_is_not_judged() -> None:
    desk = Desk()
    desk.register("C-3", status=200)
    own = desk.persons[-1]
    desk.reply(desk.ask(own), {"何か": 1})
    desk.record(local_id="C-3", at=50, lasts=5.0)
    desk.reply(desk.ask(own, at=51), {"何か": 1}, at=52)
    assert rules_broken(desk) == []


def test_a_finding_names_no_item_that_a_gateway_thought_up() -> None:
    desk = answered(changed(**{"山田花子": "1"}))
    (case,) = breaches(desk)
    assert case.breach is not None
    assert "山田" not in case.breach.observed
    assert HIDDEN in str(breaches(answered(changed(**{HIDDEN: 1})))[0].breach)


def test_what_is_not_in_the_table_of_items_is_given_to_nobody() -> None:
    desk = Desk()
    desk.record({"何か": 1}, information="ない情報", key=KEY, reasons={})
    desk.reply(desk.ask(information="ない情報"), {})
    assert rules_broken(desk) == []
