"""The oracles of the other use cases at their bounds."""

from datetime import date
from typing import Any

import pytest

from harness.use_cases.chronic_disease import decide as chronic_disease
from harness.use_cases.chronic_disease import facts as chronic_disease_facts
from harness.use_cases.chronic_disease.facts import Review
from harness.use_cases.decision import Decision, Outcome
from harness.use_cases.disaster_relief import decide as disaster_relief
from harness.use_cases.disaster_relief import facts as disaster_relief_facts
from harness.use_cases.health_history import decide as health_history
from harness.use_cases.health_history import facts as health_history_facts

APPLIED = date(2015, 2, 10)
CLAIM = date(2012, 8, 20)


def care(**facts: Any) -> Decision:
    plain = {"certificate_meets": True, "review": Review.NOT_ASKED, "per_capita_levy": 3_500}
    whole = {**plain, "income_levy": 100_000, "total_income": 2_000_000, **facts}
    return chronic_disease.decide(chronic_disease_facts.Facts(applied_on=APPLIED, **whole))


@pytest.mark.parametrize(
    ("per_capita", "levy", "income", "ceiling"),
    [
        (0, 0, 800_000, 1_250),
        (0, 0, 800_001, 2_500),
        (3_500, 0, 2_000_000, 5_000),
        (3_500, 70_999, 2_000_000, 5_000),
        (3_500, 71_000, 2_000_000, 10_000),
        (3_500, 250_999, 2_000_000, 10_000),
        (3_500, 251_000, 2_000_000, 15_000),
    ],
)
def test_the_ceiling_follows_the_municipal_tax(per_capita: int, levy: int, income: int, ceiling: int) -> None:
    decision = care(per_capita_levy=per_capita, income_levy=levy, total_income=income)
    assert (decision.outcome, decision.monthly_amount) == (Outcome.APPROVED, ceiling)
    assert decision.payment_from == APPLIED


def test_assistance_leaves_nothing_to_pay_and_another_benefit_comes_first() -> None:
    assert care(assisted=True).monthly_amount == 0
    assert care(other_benefit="療養の給付等").outcome is Outcome.ADJUSTED


def test_a_refusal_comes_after_the_review_only() -> None:
    assert care(certificate_meets=False).outcome is Outcome.TO_REVIEW
    assert care(certificate_meets=False, review=Review.NOT_ELIGIBLE).outcome is Outcome.REFUSED
    assert care(certificate_meets=False, review=Review.ELIGIBLE).outcome is Outcome.APPROVED
    with pytest.raises(LookupError):
        chronic_disease.decide(
            chronic_disease_facts.Facts(date(2014, 12, 31), True, Review.NOT_ASKED, 0, 0, 0)
        )


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
