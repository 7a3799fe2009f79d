"""Which reply an enquiry has: by whom its link code leads to, by the record, by staff; and within which time."""

from collections.abc import Callable

import pytest

from harness.model.judges.replies import replies
from harness.model.judges.replying import Replying
from harness.model.state.lateness import AT_ONCE
from tests.model.desk import AFFAIR, REGISTER, TAX, Desk, alternatives_broken, rules_broken, seen, shorter

Tell = Callable[[Desk], object]


def told(tell: Tell) -> Desk:
    desk = Desk()
    tell(desk)
    return desk


def unknown(desk: Desk) -> None:
    desk.error(desk.stranger(), "SUBJECT_UNKNOWN")


def unknown_though_manual(desk: Desk) -> None:
    desk.switch("affair", AFFAIR)
    desk.error(desk.stranger(), "SUBJECT_UNKNOWN")


def no_record(desk: Desk) -> None:
    desk.register("B-2")
    desk.error(desk.ask(desk.persons[-1]), "RECORD_NOT_FOUND")


def other_key(desk: Desk) -> None:
    desk.error(desk.ask(key={"相当年度": "2013"}), "RECORD_NOT_FOUND")


def part_of_the_key(desk: Desk) -> None:
    desk.error(desk.ask(key={}), "RECORD_NOT_FOUND")


def deleted(desk: Desk) -> None:
    desk.delete()
    desk.error(desk.ask(), "RECORD_NOT_FOUND")


def last_of_two(desk: Desk) -> None:
    for year, name in (("2011", "旧"), ("2012", "新")):
        desk.record({"氏名": name}, information=REGISTER, key={"年": year}, reasons={})
    desk.reply(desk.ask(information=REGISTER, key={}), {"氏名": "新"})


def foreign_key(desk: Desk) -> None:
    asked = desk.ask(key={"相当年度": "2012", "ない名": "1"})
    desk.error(asked, "RECORD_NOT_FOUND")


def foreign_key_finds(desk: Desk) -> None:
    desk.reply(desk.ask(key={"相当年度": "2012", "ない名": "1"}))


def deleted_meanwhile(desk: Desk) -> None:
    asked = desk.ask(at=50)
    desk.call(
        "POST",
        "/v1/records/deletion",
        {"local_id": "A-1", "information": TAX, "key": {"相当年度": "2012"}},
        at=50.5,
    )
    desk.reply(asked, at=52)


def linked_anew_meanwhile(desk: Desk) -> None:
    asked = desk.ask(at=50)
    other = desk.person("new")
    desk.register("A-1", other, 200, at=50.5)
    desk.error(asked, "SUBJECT_UNKNOWN", at=52)


def of_a_run_before(desk: Desk) -> None:
    desk.register("C-3", status=200)
    desk.error(desk.ask(desk.persons[-1]), "RECORD_NOT_FOUND")


KEPT: list[tuple[Tell, tuple[str, str] | None]] = [
    (lambda desk: desk.reply(desk.ask()), ("record-is-provided", "一件・自動")),
    (unknown, ("unknown-subject-is-answered", "自動")),
    (unknown_though_manual, ("unknown-subject-is-answered", "手動")),
    (no_record, ("no-record-error", "件のない人・自動")),
    (other_key, ("no-record-error", "ほかのキーの件・自動")),
    (part_of_the_key, ("no-record-error", "ほかのキーの件・自動")),
    (deleted, ("deleted-is-gone", "自動")),
    (last_of_two, ("last-registered-is-provided", "幾つもの件・自動")),
    (foreign_key, None),
    (foreign_key_finds, None),
    (deleted_meanwhile, None),
    (linked_anew_meanwhile, None),
    (of_a_run_before, None),
]


@pytest.mark.parametrize(("tell", "occasion"), KEPT)
def test_the_reply_that_is_due_passes(tell: Tell, occasion: tuple[str, str] | None) -> None:
    desk = told(tell)
    assert rules_broken(desk) == []
    assert occasion is None or occasion in seen(desk)


def unknown_is_not_found(desk: Desk) -> None:
    desk.error(desk.stranger(), "RECORD_NOT_FOUND")


def unknown_is_answered(desk: Desk) -> None:
    desk.reply(desk.stranger())


def refused_by_nobody(desk: Desk) -> None:
    desk.error(desk.ask(), "REFUSED_BY_STAFF")


def known_is_unknown(desk: Desk) -> None:
    desk.error(desk.ask(), "SUBJECT_UNKNOWN")


def record_is_not_found(desk: Desk) -> None:
    desk.error(desk.ask(), "RECORD_NOT_FOUND")


def keyless_is_not_found(desk: Desk) -> None:
    desk.record({"氏名": "新"}, information=REGISTER, key={}, reasons={})
    desk.error(desk.ask(information=REGISTER, key={}), "RECORD_NOT_FOUND")


def key_is_overlooked(desk: Desk) -> None:
    desk.reply(desk.ask(key={"相当年度": "2013"}))


def deleted_is_provided(desk: Desk) -> None:
    desk.delete()
    desk.reply(desk.ask())


def nothing_is_provided(desk: Desk) -> None:
    desk.register("B-2")
    desk.reply(desk.ask(desk.persons[-1]), {})


def given_to_the_former_code(desk: Desk) -> None:
    former = desk.own
    desk.register("A-1", desk.person("new"), 200)
    desk.reply(desk.ask(former))


BROKEN: list[tuple[Tell, tuple[str, str]]] = [
    (unknown_is_not_found, ("unknown-subject-is-answered", "自動")),
    (unknown_is_answered, ("unknown-subject-is-answered", "自動")),
    (given_to_the_former_code, ("unknown-subject-is-answered", "自動")),
    (refused_by_nobody, ("refusal-sends", "ほかに何も届かない")),
    (known_is_unknown, ("own-record", "自動")),
    (record_is_not_found, ("record-is-provided", "一件・自動")),
    (keyless_is_not_found, ("last-registered-is-provided", "一件・自動")),
    (key_is_overlooked, ("no-record-error", "ほかのキーの件・自動")),
    (deleted_is_provided, ("deleted-is-gone", "自動")),
    (nothing_is_provided, ("no-record-error", "件のない人・自動")),
]


@pytest.mark.parametrize(("tell", "rule"), BROKEN)
def test_another_reply_is_convicted_by_the_sentence_that_it_breaks(tell: Tell, rule: tuple[str, str]) -> None:
    assert alternatives_broken(told(tell)) == {rule}


@pytest.mark.parametrize("mode", ["オンライン", "バッチ"])
def test_what_is_never_answered(mode: str) -> None:
    desk = Desk()
    desk.automatic_before()
    desk.ask(mode=mode)
    assert alternatives_broken(desk) == {("enquiry-is-answered", f"照会応答・{mode}")}


def test_what_is_never_answered_about_nobody_and_without_a_record() -> None:
    desk = Desk()
    desk.automatic_before()
    desk.stranger()
    desk.ask(key={"相当年度": "1999"})
    rules = {("unknown-subject-is-answered", "自動"), ("enquiry-is-answered", "RECORD_NOT_FOUND・オンライン")}
    assert alternatives_broken(desk) == rules


def test_what_may_be_left_manual_by_an_earlier_run_is_not_missed() -> None:
    desk = Desk()
    desk.ask()
    assert rules_broken(desk) == []


def test_what_is_neither_answered_nor_listed_is_missed() -> None:
    desk = Desk()
    desk.ask()
    desk.listed(at=60)
    assert rules_broken(desk) == ["enquiry-is-answered"]


def test_an_enquiry_that_expires_before_its_answer_is_due_is_not_missed() -> None:
    desk = Desk()
    desk.automatic_before()
    desk.ask(at=50, expires_at="2027-01-15T08:01:01.000Z")
    assert rules_broken(desk) == []


def test_a_record_that_closes_before_an_answer_is_due_misses_none() -> None:
    desk = Desk()
    desk.automatic_before()
    desk.ask(at=50)
    closed = shorter(desk.history(), 56)
    assert [case.rule for case in replies(closed) if case.breach] == []


def test_an_answer_that_is_late_though_others_went_out() -> None:
    desk = Desk()
    desk.automatic_before()
    late = desk.ask(at=50)
    desk.reply(desk.ask(at=53), at=54)
    desk.reply(late, at=58)
    assert alternatives_broken(desk) == {("enquiry-is-answered", "照会応答・オンライン")}


def test_an_answer_within_the_time() -> None:
    desk = Desk()
    desk.automatic_before()
    late = desk.ask(at=50)
    desk.reply(desk.ask(at=53), at=54)
    desk.reply(late, at=55)
    assert rules_broken(desk) == []


def test_what_held_an_answer_up_is_no_fault() -> None:
    desk = Desk()
    desk.automatic_before()
    late = desk.ask(at=50)
    desk.killed(lasts=6.0)
    desk.reply(desk.ask(at=58), at=59)
    desk.reply(late, at=61)
    assert rules_broken(desk) == []


def test_nobody_says_how_long_more_than_can_be_taken_at_once_last() -> None:
    desk = Desk()
    desk.automatic_before()
    asked = [desk.ask(at=50) for _ in range(AT_ONCE + 1)]
    desk.reply(desk.ask(at=53), at=54)
    for late in asked:
        desk.reply(late, at=59)
    assert rules_broken(desk) == []


def test_what_may_not_have_arrived_is_not_missed() -> None:
    desk = Desk()
    desk.automatic_before()
    desk.ask(status=None)
    desk.ask(correlation_id="0" * 8 + "-0000-4000-8000-" + "0" * 12)  # §11
    assert rules_broken(desk) == []


def test_replies_of_load_runs_whose_content_is_closed_are_judged_by_their_headers() -> None:
    desk = Desk()
    desk.reply(desk.ask(), content=None)
    assert rules_broken(desk) == []
    assert ("reply-copies", "照会応答・role") in seen(desk)


def test_the_way_that_was_taken_before_is_known() -> None:
    desk = Desk()
    desk.automatic_before()
    replying = Replying(desk.history())
    assert {scope for scope, _ in replying.handling.automatic} == {"affair", "information"}
