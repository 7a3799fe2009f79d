"""Whose record was given instead, and which."""

from typing import Any

from tests.model.desk import GIVEN, HIDDEN, REASONS, Desk, alternatives_broken, rules_broken, seen

OTHERS: dict[str, Any] = {**GIVEN, "総所得額": 9_999_999, "扶養親族数": 3}


def test_the_record_of_somebody_else_is_called_that() -> None:
    desk = Desk()
    desk.register("B-2")
    desk.record({**OTHERS, HIDDEN: 1}, "B-2")
    desk.reply(desk.ask(), OTHERS, reasons=REASONS)
    assert alternatives_broken(desk) == {("own-record", "自動")}


def test_the_record_of_another_key_is_called_that() -> None:
    desk = Desk()
    desk.record(OTHERS, key={"相当年度": "2011"})
    desk.reply(desk.ask(), OTHERS, reasons=REASONS)
    assert alternatives_broken(desk) == {("record-is-provided", "ほかのキーもある・自動")}


def test_the_record_before_it_was_corrected_is_called_that() -> None:
    desk = Desk()
    desk.record(OTHERS)
    desk.reply(desk.ask(), OTHERS, reasons=REASONS)
    assert rules_broken(desk) == []
    assert ("record-of-the-moment", "自動") in seen(desk)
    desk.reply(desk.ask(), GIVEN, reasons=REASONS)
    assert alternatives_broken(desk) == {("record-of-the-moment", "自動")}


def test_a_record_that_is_corrected_meanwhile_may_be_either() -> None:
    desk = Desk()
    for items in (GIVEN, OTHERS):
        asked = desk.ask()
        desk.record(OTHERS, lasts=3.0)
        desk.reply(asked, items, reasons=REASONS)
    assert rules_broken(desk) == []
    desk.reply(desk.ask(), {**GIVEN, "総所得額": 9_999_999}, reasons=REASONS)
    assert rules_broken(desk) == ["numbers-unchanged"]
