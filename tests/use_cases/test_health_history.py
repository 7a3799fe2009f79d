"""健診・予防接種: what is due at each bound of age, by the vaccines of the day, and what nobody knows of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from harness.use_cases.decision import Outcome
from harness.use_cases.health_history.decide import decide_attention, decide_reminder, months_old
from harness.use_cases.health_history.facts import Facts
from tests.use_cases.deciding import decided, undecided

DAY = date(2012, 8, 20)
CHECKUPS = ("四か月児健診受診日", "一歳六か月児健診受診日", "三歳児健診受診日")
DOSES = (
    "BCG",
    "三種混合第1回",
    "三種混合第2回",
    "三種混合第3回",
    "三種混合追加",
    "ポリオ第1回",
    "ポリオ第2回",
)
LATER = ("麻しん風しん第1期", "麻しん風しん第2期", "麻しん風しん第3期", "麻しん風しん第4期", "二種混合第2期")
ENCEPHALITIS = ("日本脳炎第1期第1回", "日本脳炎第1期第2回", "日本脳炎第1期追加", "日本脳炎第2期")
INACTIVATED = ("不活化ポリオ第1回", "不活化ポリオ第2回", "不活化ポリオ第3回")
NOTHING = {f"{name}接種日": "" for name in (*DOSES, *LATER, *ENCEPHALITIS, *INACTIVATED)} | dict.fromkeys(
    CHECKUPS, ""
)
DPT = {f"三種混合第{n}回接種日": "2012-01-01" for n in (1, 2, 3)}
POLIO = {f"ポリオ第{n}回接種日": "2012-01-01" for n in (1, 2)}
JE = {f"{name}接種日": "2012-01-01" for name in ENCEPHALITIS}


def child(months: int, **done: str) -> Facts:
    """Of that age on the day; what is not named was not done."""
    return aged(months, DAY, done)


def aged(months: int, on: date, done: Mapping[str, str]) -> Facts:
    count = on.year * 12 + on.month - 1 - months
    return Facts(date(count // 12, count % 12 + 1, min(on.day, 28)), on, {**NOTHING, **done})


@pytest.mark.parametrize(
    ("months", "subjects"),
    [
        (0, ()),
        (2, ()),  # BCG: to the end of the fifth month, usually from the third on
        (3, ("BCG", "四か月児健診")),
        (5, ("BCG", "四か月児健診")),
        (6, ()),
        (11, ()),
        (12, ("麻しん風しん第1期",)),
        (17, ("麻しん風しん第1期",)),
        (18, ("麻しん風しん第1期", "一歳六か月児健診")),
        (24, ()),
        (35, ()),
        (36, ("三歳児健診",)),
        (48, ()),
        (131, ()),
        (132, ("二種混合第2期",)),
    ],
)
def test_what_is_due_at_an_age(months: int, subjects: tuple[str, ...]) -> None:
    decision = decided(decide_reminder(child(months, **DPT, **POLIO, **JE)))
    assert decision.subjects == subjects
    assert (decision.outcome is Outcome.REMIND) == bool(subjects)


@pytest.mark.parametrize(
    ("months", "subjects"),
    [
        (2, ()),
        (3, ("三種混合第1回", "ポリオ第1回")),
        (4, ("三種混合第1回", "三種混合第2回", "ポリオ第1回")),
        (5, ("三種混合第1回", "三種混合第2回", "三種混合第3回", "ポリオ第1回", "ポリオ第2回")),
        (8, ("三種混合第1回", "三種混合第2回", "三種混合第3回", "ポリオ第1回", "ポリオ第2回")),
        (9, ("三種混合第1回", "三種混合第2回", "三種混合第3回", "ポリオ第1回", "ポリオ第2回")),
        (89, ("三種混合第1回", "三種混合第2回", "三種混合第3回", "ポリオ第1回", "ポリオ第2回")),
        (90, ()),
    ],
)
def test_the_doses_of_infants_end_with_ninety_months(months: int, subjects: tuple[str, ...]) -> None:
    done = {f"{name}接種日": "2012-01-01" for name in ("BCG", *LATER, *ENCEPHALITIS)}
    seen = dict.fromkeys(CHECKUPS, "2012-01-01")
    assert decided(decide_reminder(child(months, **done, **seen))).subjects == subjects


def test_a_booster_is_due_a_year_after_the_third_dose() -> None:
    done = {**DPT, **POLIO, "麻しん風しん第1期接種日": "2012-01-01"}
    for third, subjects in (("2011-08-20", ("三種混合追加",)), ("2011-08-21", ())):
        facts = child(23, **{**done, "三種混合第3回接種日": third, "一歳六か月児健診受診日": "2012-07-01"})
        assert decided(decide_reminder(facts)).subjects == subjects


@pytest.mark.parametrize(
    ("born", "on", "subjects"),
    [
        (date(2006, 4, 2), date(2012, 4, 1), ("麻しん風しん第2期",)),  # reaches 6 on that day
        (date(2006, 4, 1), date(2012, 4, 1), ()),  # already at school
        (date(2007, 4, 1), date(2012, 4, 1), ("麻しん風しん第2期",)),
        (date(2007, 4, 2), date(2012, 4, 1), ()),
        (date(1999, 4, 2), date(2012, 4, 10), ("麻しん風しん第3期",)),
        (date(1994, 4, 2), date(2012, 4, 10), ("麻しん風しん第4期",)),
        (date(1994, 4, 1), date(2012, 4, 10), ()),
    ],
)
def test_measles_by_school_year(born: date, on: date, subjects: tuple[str, ...]) -> None:
    done = {
        **NOTHING,
        **DPT,
        **POLIO,
        **JE,
        "二種混合第2期接種日": "2012-01-01",
        "三種混合追加接種日": "2012-01-01",
    }
    decision = decided(decide_reminder(Facts(born, on, done)))
    assert tuple(name for name in decision.subjects if name.startswith("麻しん")) == subjects


@pytest.mark.parametrize(
    ("months", "subjects"),
    [
        (36, ("日本脳炎第1期第1回",)),
        (37, ("日本脳炎第1期第1回", "日本脳炎第1期第2回")),
        (48, ("日本脳炎第1期第1回", "日本脳炎第1期第2回", "日本脳炎第1期追加")),
    ],
)
def test_japanese_encephalitis_from_three_years(months: int, subjects: tuple[str, ...]) -> None:
    found = decided(decide_reminder(child(months, **DPT, **POLIO))).subjects
    assert tuple(name for name in found if name.startswith("日本脳炎")) == subjects


def test_whoever_may_catch_up_is_not_decided() -> None:
    born_last = Facts(date(2007, 4, 1), DAY, {**NOTHING, **DPT, **POLIO})
    assert "日本脳炎の特例の対象者" in undecided(decide_reminder(born_last))
    assert decided(decide_reminder(replace(born_last, birth_date=date(2007, 4, 2))))
    assert decided(decide_reminder(replace(born_last, done={**born_last.done, **JE})))


@pytest.mark.parametrize(
    ("on", "done", "subjects"),
    [
        (date(2012, 8, 31), {}, ("ポリオ第1回", "ポリオ第2回")),
        (date(2012, 9, 1), {}, INACTIVATED),
        (date(2012, 9, 1), {"ポリオ第1回接種日": "2012-04-01"}, INACTIVATED[1:]),
        (date(2012, 9, 1), POLIO, ()),
    ],
)
def test_the_vaccine_against_polio_changed_in_september_2012(
    on: date, done: dict[str, str], subjects: tuple[str, ...]
) -> None:
    assert decided(decide_reminder(aged(10, on, {**DPT, **done}))).subjects == subjects


def test_what_is_due_and_not_on_record_is_not_decided() -> None:
    linked = {**DPT, "BCG接種日": "2012-01-01"}
    nine = replace(child(9), done=linked)
    assert "ポリオ第1回、ポリオ第2回" in undecided(decide_reminder(nine))
    assert (
        decided(decide_reminder(replace(nine, done={**linked, **POLIO}))).outcome is Outcome.NOTHING_MISSING
    )
    assert "四か月児健診" in undecided(decide_attention(nine))
    assert "収録期間" in undecided(decide_reminder(replace(nine, on=date(2012, 11, 1))))
    told = undecided(decide_reminder(replace(nine, circumstances=("予防接種を行ってはならない事由",))))
    assert "行ってはならない" in told


def test_a_missed_checkup_is_looked_into_once_its_time_is_over() -> None:
    seen = {"四か月児健診受診日": "2011-01-01"}
    assert decided(decide_attention(child(23, **seen))).outcome is Outcome.IN_ORDER
    missed = decided(decide_attention(child(24, **seen)))
    assert (missed.outcome, missed.subjects) == (Outcome.ATTENTION, ("一歳六か月児健診",))
    assert months_old(date(2012, 8, 21), date(2012, 9, 20)) == 0


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2012, 3, 5), date(2012, 9, 4)),
        (date(2012, 2, 29), date(2012, 8, 28)),
        (date(2011, 10, 31), date(2012, 4, 30)),  # April has no 31st: 民法143条2項ただし書
    ],
)
def test_bcg_until_the_day_before_six_months(born: date, last: date) -> None:
    """令1条の2: 生後6月に至るまでの間にある者."""
    for day, due in ((last, True), (last + timedelta(days=1), False)):
        found = decided(decide_reminder(Facts(born, day, NOTHING)))
        assert ("BCG" in found.subjects) is due
