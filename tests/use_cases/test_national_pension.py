"""老齢基礎年金: 振替加算 for every year of birth, of every fiscal year, and what each condition does to it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from harness.use_cases.decision import Decision, Outcome
from harness.use_cases.national_pension.decide import addition, decide
from harness.use_cases.national_pension.facts import Facts
from tests.use_cases.deciding import decided, undecided

CLAIM = Facts(date(2012, 8, 20), date(1947, 8, 1), "夫", "a", "a", 0, True)
IN_2012 = CLAIM.claim_date
# 経過措置政令24条, thousandths by the year of birth from 2 April 1926 on; the last holds for five years.
SHARES: tuple[int, ...] = (
    1000,
    973,
    947,
    920,
    893,
    867,
    840,
    813,
    787,
    760,
    733,
    707,
    680,
    653,
    627,
    600,
    573,
    547,
)
SHARES += (520, 493, 467, 440, 413, 387, 360, 333, 307, 280, 253, 227, 200, 173, 147, 120, 93, 67)


def pension(**facts: Any) -> Decision:
    return decided(decide(replace(CLAIM, **facts)))


def test_an_award_with_the_addition_starts_after_the_month_of_65() -> None:
    decision = pension()
    assert (decision.outcome, decision.monthly_amount) == (Outcome.AWARDED, 99_600 // 12)
    assert decision.payment_from == date(2012, 8, 1)  # 65 is reached on 31 July, the day before the birthday
    assert pension(birth_date=date(1947, 8, 2)).payment_from == date(2012, 9, 1)
    assert pension(birth_date=date(1947, 8, 21)).outcome is Outcome.AWARDED
    assert pension(birth_date=date(1947, 8, 22)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "facts",
    [
        {"income": 6_555_000},
        {"relation": "同居人"},
        {"relation": "母"},
        {"own_relation": "同居人", "relation": "世帯主"},
        {"spouse_has_addition": False},
        {"birth_date": date(1926, 4, 1)},
    ],
)
def test_each_condition_is_needed_for_the_addition(facts: dict[str, Any]) -> None:
    assert pension(**facts).monthly_amount == 0
    assert pension(income=6_554_999).monthly_amount > 0


@pytest.mark.parametrize(
    ("own", "spouse"),
    [
        ("世帯主", "夫"),
        ("世帯主", "妻"),
        ("世帯主", "夫（未届）"),
        ("妻", "世帯主"),
        ("妻（未届）", "世帯主"),
        ("夫", "世帯主"),
    ],
)
def test_a_couple_is_told_by_either_relation_to_the_head(own: str, spouse: str) -> None:
    assert pension(own_relation=own, relation=spouse).monthly_amount == 8_300


@pytest.mark.parametrize("year", range(len(SHARES)))
def test_the_addition_falls_with_each_year_of_birth(year: int) -> None:
    first, last = date(1926 + year, 4, 2), date(1927 + year, 4, 1)
    expected = (226_300 * SHARES[year] + 50_000) // 100_000 * 100
    assert addition(first, IN_2012) == addition(last, IN_2012) == expected


@pytest.mark.parametrize(
    ("born", "annual"),
    [
        (date(1927, 4, 1), 226_300),
        (date(1927, 4, 2), 220_200),  # 0.973: 220,189.9
        (date(1948, 4, 1), 99_600),
        (date(1961, 4, 1), 21_000),  # 0.093: 21,045.9
        (date(1961, 4, 2), 15_200),
        (date(1966, 4, 1), 15_200),
    ],
)
def test_additions_of_fiscal_2012(born: date, annual: int) -> None:
    assert addition(born, IN_2012) == annual


@pytest.mark.parametrize(
    ("first", "whole"),
    [
        (date(2011, 4, 1), 227_000),
        (date(2012, 4, 1), 226_300),
        (date(2013, 10, 1), 224_000),
        (date(2014, 4, 1), 222_400),
        (date(2015, 4, 1), 224_500),
        (date(2017, 4, 1), 224_300),
        (date(2019, 4, 1), 224_500),
        (date(2020, 4, 1), 224_900),
        (date(2021, 4, 1), 224_700),
        (date(2022, 4, 1), 223_800),
        (date(2023, 4, 1), 228_700),
        (date(2024, 4, 1), 234_800),
        (date(2025, 4, 1), 239_300),
        (date(2026, 4, 1), 243_800),
    ],
)
def test_the_whole_of_each_year(first: date, whole: int) -> None:
    oldest = date(1926, 4, 2)
    assert addition(oldest, first) == whole
    if first > date(2011, 4, 1):
        assert addition(oldest, first - timedelta(days=1)) != whole


def test_awards_are_rounded_to_hundreds_until_september_2015() -> None:
    born = date(1950, 10, 1)
    assert addition(born, date(2015, 9, 30)) == 80_800  # 224,500 x 0.360 = 80,820
    assert addition(born, date(2015, 10, 1)) == 80_820
    assert addition(date(1961, 4, 2), date(2026, 5, 1)) == 16_335  # 243,800 x 0.067 = 16,334.6


def test_a_claim_before_or_after_the_first_month_has_the_amount_that_is_paid() -> None:
    turning = pension(birth_date=date(1948, 9, 15), claim_date=date(2013, 9, 20))
    assert turning.payment_from == date(2013, 10, 1)
    assert turning.monthly_amount == 92_500 // 12  # 224,000 x 0.413 = 92,512
    assert pension(claim_date=date(2014, 4, 1)).monthly_amount == 97_900 // 12  # 222,400 x 0.440 = 97,856


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"own_relation": "母", "relation": "父"}, "申請者 母、配偶者 父"),
        ({"spouse_address": "b"}, "別居している配偶者との生計"),
        ({"circumstances": ("繰上げ又は繰下げの請求",)}, "繰上げ"),
        ({"circumstances": ("被保険者期間が240月以上の老齢厚生年金等",)}, "240月"),
        ({"claim_date": date(2011, 3, 31), "birth_date": date(1946, 1, 1)}, "収録期間"),
        ({"claim_date": date(2027, 4, 1)}, "収録期間"),
    ],
)
def test_what_is_not_modelled_has_no_amount(facts: dict[str, Any], named: str) -> None:
    assert named in undecided(decide(replace(CLAIM, **facts)))
