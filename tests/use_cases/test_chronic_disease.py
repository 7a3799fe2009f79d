"""小児慢性特定疾病医療費: ceilings at every bound for every condition, sharing, days of effect, and the year of the tax."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.use_cases.chronic_disease.decide import decide
from harness.use_cases.chronic_disease.facts import Condition, Facts, Review
from harness.use_cases.days import fiscal_year_assessed, months_before
from harness.use_cases.decision import Decision, Outcome
from harness.use_cases.judges import assessed_from
from tests.use_cases.deciding import decided, undecided

APPLIED = date(2015, 2, 10)
CARE = Facts(APPLIED, True, Review.NOT_ASKED, 3_500, 100_000, 2_000_000)
LATE = replace(CARE, applied_on=date(2023, 12, 20), diagnosed_on=date(2023, 12, 1))


def care(base: Facts = CARE, **facts: Any) -> Decision:
    return decided(decide(replace(base, **facts)))


@pytest.mark.parametrize(
    ("per_capita", "levy", "income", "general", "severe"),
    [
        (0, 0, 800_000, 1_250, 1_250),
        (0, 0, 800_001, 2_500, 2_500),
        (3_500, 0, 2_000_000, 5_000, 2_500),
        (3_500, 70_999, 2_000_000, 5_000, 2_500),
        (3_500, 71_000, 2_000_000, 10_000, 5_000),
        (3_500, 250_999, 2_000_000, 10_000, 5_000),
        (3_500, 251_000, 2_000_000, 15_000, 10_000),
    ],
)
def test_the_ceiling_follows_the_municipal_tax(
    per_capita: int, levy: int, income: int, general: int, severe: int
) -> None:
    facts = replace(CARE, per_capita_levy=per_capita, income_levy=levy, total_income=income)
    decision = care(facts)
    assert (decision.outcome, decision.monthly_amount) == (Outcome.APPROVED, general)
    assert decision.payment_from == APPLIED
    assert care(facts, condition=Condition.SEVERE).monthly_amount == severe
    assert care(facts, condition=Condition.VENTILATOR).monthly_amount == 500
    assert care(facts, condition=Condition.HAEMOPHILIA).monthly_amount == 0
    for condition in Condition:
        assert care(facts, condition=condition, assisted=True).monthly_amount == 0


@pytest.mark.parametrize(
    ("levy", "others", "ceiling"),
    [
        (100_000, (30_000,), 7_500),
        (100_000, (10_000,), 5_000),
        (251_000, (5_000,), 11_250),
        (70_000, (2_500, 2_500), 2_500),
        (100_000, (0,), 10_000),
    ],
)
def test_ceilings_are_shared_within_the_household(levy: int, others: tuple[int, ...], ceiling: int) -> None:
    assert care(income_levy=levy, others=others).monthly_amount == ceiling


def test_a_share_with_a_fraction_below_ten_yen_is_not_decided() -> None:
    told = undecided(decide(replace(CARE, income_levy=0, others=(10_000, 2_500))))
    assert "2,857円余り" in told
    assert "端数" in told


def test_another_benefit_limits_what_is_paid_and_not_the_approval() -> None:
    alone, insured = care(), care(other_benefit="家族療養費")
    assert (insured.outcome, insured.monthly_amount) == (Outcome.APPROVED, alone.monthly_amount)
    assert {reason.article for reason in insured.reasons} - {reason.article for reason in alone.reasons} == {
        "法19条の7"
    }


def test_a_refusal_comes_after_the_review_only() -> None:
    assert care(certificate_meets=False).outcome is Outcome.TO_REVIEW
    assert care(certificate_meets=False, review=Review.NOT_ELIGIBLE).outcome is Outcome.REFUSED
    assert care(certificate_meets=False, review=Review.ELIGIBLE).outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("applied", "diagnosed", "excused", "start"),
    [
        (date(2023, 9, 30), date(2023, 9, 1), False, date(2023, 9, 30)),
        (date(2023, 10, 1), date(2023, 9, 1), False, date(2023, 10, 1)),
        (date(2023, 10, 31), date(2023, 9, 30), False, date(2023, 10, 1)),
        (date(2023, 12, 20), date(2023, 11, 21), False, date(2023, 11, 21)),
        (date(2023, 12, 20), date(2023, 11, 20), False, date(2023, 11, 20)),
        (date(2023, 12, 20), date(2023, 11, 19), False, date(2023, 11, 20)),
        (date(2024, 3, 31), date(2024, 1, 10), False, date(2024, 2, 29)),
        (date(2024, 3, 31), date(2024, 1, 10), True, date(2024, 1, 10)),
        (date(2024, 3, 31), date(2023, 12, 1), True, date(2023, 12, 31)),
        (date(2024, 3, 31), date(2024, 3, 31), False, date(2024, 3, 31)),
    ],
)
def test_from_when_an_approval_is_in_force(
    applied: date, diagnosed: date, excused: bool, start: date
) -> None:
    decision = care(applied_on=applied, diagnosed_on=diagnosed, excused=excused)
    assert decision.payment_from == start
    assert (
        care(applied_on=applied, diagnosed_on=diagnosed, excused=excused, other_benefit="x").payment_from
        == start
    )


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"applied_on": date(2014, 12, 31)}, "収録期間"),
        ({"applied_on": date(2026, 4, 1)}, "収録期間"),
        ({"diagnosed_on": None}, "指定医が診断した日"),
        ({"applied_on": date(2025, 7, 1), "per_capita_levy": 0, "income_levy": 0}, "収録期間"),
        ({"circumstances": ("世帯の他の人の市町村民税",)}, "世帯の他の人"),
        ({"circumstances": ("指定都市の標準税率による所得割",)}, "指定都市"),
    ],
)
def test_what_is_not_modelled_has_no_amount(facts: dict[str, Any], named: str) -> None:
    assert named in undecided(decide(replace(LATE, **facts)))


def test_the_rates_of_designated_cities_matter_since_july_2018() -> None:
    name = ("指定都市の標準税率による所得割",)
    assert care(applied_on=date(2018, 6, 30), circumstances=name).monthly_amount == 10_000
    assert undecided(decide(replace(CARE, applied_on=date(2018, 7, 1), circumstances=name)))


@pytest.mark.parametrize(
    ("day", "income", "ceiling"),
    [
        (date(2021, 6, 30), 900_000, 2_500),
        (date(2021, 7, 1), 800_000, 1_250),
        (date(2021, 7, 1), 800_001, None),  # with wages it is 700,001 that counts
        (date(2021, 7, 1), 900_000, None),
        (date(2021, 7, 1), 900_001, 2_500),
    ],
)
def test_wages_are_lessened_since_july_2021(day: date, income: int, ceiling: int | None) -> None:
    facts = replace(CARE, applied_on=day, per_capita_levy=0, income_levy=0, total_income=income)
    if ceiling is None:
        assert "給与所得の額" in undecided(decide(facts))
    else:
        assert decided(decide(facts)).monthly_amount == ceiling
    assert care(facts, condition=Condition.VENTILATOR).monthly_amount == 500


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2015, 2, 10), 2014),
        (date(2015, 6, 30), 2014),
        (date(2015, 7, 1), 2015),
        (date(2016, 3, 31), 2015),
    ],
)
def test_the_tax_of_the_year_before_is_looked_at_until_june(day: date, year: int) -> None:
    assert fiscal_year_assessed(day, assessed_from("小児慢性特定疾病医療費")) == year


def test_elsewhere_the_tax_is_that_of_the_year_once_it_is_assessed_in_june() -> None:
    first = assessed_from("生活保護")
    assert [fiscal_year_assessed(date(2012, month, 1), first) for month in (1, 5, 6, 12)] == [
        2011,
        2011,
        2012,
        2012,
    ]


def test_months_before_a_day_end_with_a_shorter_month() -> None:
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2023, 1, 15), 3) == date(2022, 10, 15)
