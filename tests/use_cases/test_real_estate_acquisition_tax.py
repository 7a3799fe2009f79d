"""不動産取得税 on houses: areas, thresholds, rates and deductions on both sides of each limit and date."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from harness.use_cases.decision import Decision, Outcome
from harness.use_cases.real_estate_acquisition_tax.decide import decide, notice_due
from harness.use_cases.real_estate_acquisition_tax.facts import Facts
from tests.use_cases.deciding import decided, undecided

HOUSE = Facts(date(2012, 6, 1), "新築", "居宅", 9_600, 15_000_000, True, built_on=date(2012, 6, 1))
USED = replace(HOUSE, cause="売買", unused=False, built_on=date(2000, 1, 1))
LAST = date(2026, 3, 31)


def house(base: Facts = HOUSE, **facts: Any) -> Decision:
    return decided(decide(replace(base, **facts)))


@pytest.mark.parametrize(
    ("facts", "outcome", "tax"),
    [
        ({}, Outcome.REDUCED, 90_000),
        ({"lives_there": False}, Outcome.REDUCED, 90_000),
        ({"floor_area": 5_000}, Outcome.REDUCED, 90_000),
        ({"floor_area": 4_999}, Outcome.TAXED, 450_000),
        ({"floor_area": 4_999, "let_flat": True}, Outcome.REDUCED, 90_000),
        ({"floor_area": 3_999, "let_flat": True}, Outcome.TAXED, 450_000),
        ({"floor_area": 24_000}, Outcome.REDUCED, 90_000),
        ({"floor_area": 24_001}, Outcome.TAXED, 450_000),
        ({"excellent": True}, Outcome.REDUCED, 60_000),
        ({"cause": "売買", "unused": True, "lives_there": False}, Outcome.REDUCED, 90_000),
        ({"cause": "相続"}, Outcome.EXEMPT, 0),
        ({"kind": "店舗"}, Outcome.TAXED, 600_000),
        ({"kind": "店舗", "cause": "売買"}, Outcome.TAXED, 600_000),
        ({"assisted": True}, Outcome.RELIEVED, 0),
        ({"price": 15_001_999}, Outcome.REDUCED, 90_000),  # 3,001,000 x 3% = 90,030
    ],
)
def test_what_is_built_is_reduced_whoever_lives_there(
    facts: dict[str, Any], outcome: Outcome, tax: int
) -> None:
    decision = house(**facts)
    assert (decision.outcome, decision.monthly_amount) == (outcome, tax)
    assert bool(decision.subjects) == (outcome in (Outcome.REDUCED, Outcome.RELIEVED))
    assert all(reason.text and reason.article for reason in decision.reasons)


@pytest.mark.parametrize(
    ("facts", "outcome", "tax"),
    [
        ({"floor_area": 4_000, "price": 229_999}, Outcome.TOO_LITTLE, 0),
        ({"floor_area": 4_000, "price": 230_000}, Outcome.TAXED, 6_900),
        ({"price": 12_229_999}, Outcome.REDUCED, 0),  # the threshold is one of what is left
        ({"price": 12_230_000}, Outcome.REDUCED, 6_900),
        ({"price": 200_000, "kind": "店舗"}, Outcome.TOO_LITTLE, 0),
        ({"price": 230_000, "kind": "店舗"}, Outcome.TAXED, 9_200),
    ],
)
def test_what_is_built_is_taxed_from_230_000_yen(facts: dict[str, Any], outcome: Outcome, tax: int) -> None:
    decision = house(**facts)
    assert (decision.outcome, decision.monthly_amount) == (outcome, tax)


@pytest.mark.parametrize(
    ("facts", "outcome", "tax"),
    [
        ({"lives_there": False, "price": 119_999}, Outcome.TOO_LITTLE, 0),
        ({"lives_there": False, "price": 120_000}, Outcome.TAXED, 3_600),
        ({"lives_there": False, "price": 200_000}, Outcome.TAXED, 6_000),
        ({"price": 200_000}, Outcome.REDUCED, 0),
        ({"price": 12_119_999}, Outcome.REDUCED, 0),
        ({"price": 12_120_000}, Outcome.REDUCED, 3_600),
        ({"unused": True, "price": 12_120_000}, Outcome.REDUCED, 3_600),
        ({"floor_area": 4_999}, Outcome.TAXED, 450_000),
        ({"floor_area": 24_001}, Outcome.TAXED, 450_000),
        ({"cause": "贈与"}, Outcome.REDUCED, 90_000),
    ],
)
def test_what_is_acquired_otherwise_is_taxed_from_120_000_yen(
    facts: dict[str, Any], outcome: Outcome, tax: int
) -> None:
    decision = house(USED, **facts)
    assert (decision.outcome, decision.monthly_amount) == (outcome, tax)


@pytest.mark.parametrize(
    ("built", "certified", "deduction"),
    [
        (date(1954, 6, 30), True, 0),
        (date(1954, 7, 1), True, 1_000_000),
        (date(1963, 12, 31), True, 1_000_000),
        (date(1964, 1, 1), True, 1_500_000),
        (date(1972, 12, 31), True, 1_500_000),
        (date(1973, 1, 1), True, 2_300_000),
        (date(1975, 12, 31), True, 2_300_000),
        (date(1976, 1, 1), True, 3_500_000),
        (date(1981, 6, 30), True, 3_500_000),
        (date(1981, 7, 1), True, 4_200_000),
        (date(1981, 12, 31), False, 0),
        (date(1982, 1, 1), False, 4_200_000),
        (date(1985, 6, 30), False, 4_200_000),
        (date(1985, 7, 1), False, 4_500_000),
        (date(1989, 3, 31), False, 4_500_000),
        (date(1989, 4, 1), False, 10_000_000),
        (date(1997, 3, 31), False, 10_000_000),
        (date(1997, 4, 1), False, 12_000_000),
    ],
)
def test_a_used_house_has_the_deduction_of_its_own_time(built: date, certified: bool, deduction: int) -> None:
    decision = house(USED, built_on=built, quake_proof=certified)
    assert decision.monthly_amount == (15_000_000 - deduction) * 3 // 100
    assert (decision.outcome is Outcome.REDUCED) == bool(deduction)


@pytest.mark.parametrize(
    ("day", "kind", "tax"),
    [
        (date(2006, 4, 1), "店舗", 525_000),
        (date(2008, 3, 31), "店舗", 525_000),
        (date(2008, 4, 1), "店舗", 600_000),
        (LAST, "店舗", 600_000),
        (date(2006, 4, 1), "居宅", 90_000),
        (LAST, "居宅", 90_000),
    ],
)
def test_rates_by_use_and_day(day: date, kind: str, tax: int) -> None:
    assert house(acquired_on=day, kind=kind).monthly_amount == tax


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"acquired_on": LAST + timedelta(days=1)}, "収録期間"),
        ({"acquired_on": date(2006, 3, 31)}, "収録期間"),
        ({"cause": "合併"}, "登記原因"),
        ({"kind": "居宅・店舗"}, "居宅・店舗"),
        ({"cause": "売買", "lives_there": False}, "人の居住の用に供されたことがあるか"),
        ({"cause": "売買", "unused": False, "acquired_on": date(2012, 3, 31)}, "収録期間"),
        ({"circumstances": ("増築又は改築",)}, "増築又は改築"),
        ({"circumstances": ("土地の取得",)}, "土地の取得"),
    ],
)
def test_what_is_not_modelled_has_no_amount(facts: dict[str, Any], named: str) -> None:
    assert named in undecided(decide(replace(HOUSE, **facts)))


def test_whether_somebody_lived_there_is_asked_for_only_where_it_matters() -> None:
    assert house(cause="売買").monthly_amount == 90_000
    assert house(cause="売買", kind="店舗").monthly_amount == 600_000


def test_a_registry_office_has_ten_days() -> None:
    assert notice_due(date(2012, 6, 15)) == date(2012, 6, 25)
