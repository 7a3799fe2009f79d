"""The oracles of the other use cases at their bounds."""

from datetime import date

import pytest

from harness.use_cases.decision import Outcome
from harness.use_cases.disaster_relief import decide as disaster_relief
from harness.use_cases.disaster_relief import facts as disaster_relief_facts
from harness.use_cases.health_history import decide as health_history
from harness.use_cases.health_history import facts as health_history_facts

CLAIM = date(2012, 8, 20)


def child(months: int, **done: str) -> health_history_facts.Facts:
    count = CLAIM.year * 12 + CLAIM.month - 1 - months
    return health_history_facts.Facts(date(count // 12, count % 12 + 1, CLAIM.day), CLAIM, done)


DPT = {f"三種混合第{n}回接種日": "2012-01-01" for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("months", "subjects"),
    [
        (11, ()),
        (12, ("麻しん風しん第1期",)),
        (17, ("麻しん風しん第1期",)),
        (18, ("麻しん風しん第1期", "一歳六か月児健診")),
        (24, ()),
        (36, ("三歳児健診",)),
        (48, ()),
        (60, ("麻しん風しん第2期",)),
    ],
)
def test_what_is_due_at_an_age(months: int, subjects: tuple[str, ...]) -> None:
    decision = health_history.decide_reminder(child(months, **DPT))
    assert decision.subjects == subjects
    assert (decision.outcome is Outcome.REMIND) == bool(subjects)


def test_a_missed_checkup_is_looked_into_once_its_time_is_over() -> None:
    seen = {"四か月児健診受診日": "2011-01-01"}
    assert health_history.decide_attention(child(23, **seen)).outcome is Outcome.IN_ORDER
    missed = health_history.decide_attention(child(24, **seen))
    assert (missed.outcome, missed.subjects) == (Outcome.ATTENTION, ("一歳六か月児健診",))
    assert health_history.months_old(date(2012, 8, 21), date(2012, 9, 20)) == 0


@pytest.mark.parametrize(
    ("damage", "heads", "rebuilding", "amount"),
    [
        ("4", 2, "建設・購入", 3_000_000),
        ("4", 2, "", 1_000_000),
        ("3", 2, "賃借", 1_000_000),
        ("4", 1, "補修", 1_500_000),
        ("3", 1, "", 375_000),
        ("2", 2, "建設・購入", 0),
        ("0", 1, "", 0),
    ],
)
def test_relief_follows_damage_rebuilding_and_heads(
    damage: str, heads: int, rebuilding: str, amount: int
) -> None:
    decision = disaster_relief.decide(
        disaster_relief_facts.Facts(date(2012, 9, 1), damage, heads, rebuilding)
    )
    assert decision.monthly_amount == amount
    assert (decision.outcome is Outcome.PAID) == bool(amount)
