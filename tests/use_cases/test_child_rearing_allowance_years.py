"""児童扶養手当 from 2011 to 2026: amounts of every fiscal year, both sides of every change, families of one to six children."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from harness.use_cases.child_rearing_allowance.decide import decide_by_the_law_of_the_day
from harness.use_cases.child_rearing_allowance.facts import (
    ChildFacts,
    Claimant,
    Facts,
    IncomeFacts,
    income_year,
)
from harness.use_cases.decision import Decision, Outcome
from tests.use_cases.deciding import decided, undecided

# First month, last day, full limit, none limit; full and least amount of the first, the second and each further child.
Shares = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
OLD, BOTH = (190_000, 1_920_000), ((5_000, 5_000), (3_000, 3_000))
MIDDLE, NEW = (490_000, 1_920_000), (690_000, 2_080_000)
PERIODS: list[tuple[date, date, tuple[int, int], Shares]] = [
    (date(2011, 4, 1), date(2012, 3, 31), OLD, ((41_550, 9_810), *BOTH)),
    (date(2012, 4, 1), date(2013, 9, 30), OLD, ((41_430, 9_780), *BOTH)),
    (date(2013, 10, 1), date(2014, 3, 31), OLD, ((41_140, 9_710), *BOTH)),
    (date(2014, 4, 1), date(2015, 3, 31), OLD, ((41_020, 9_680), *BOTH)),
    (date(2015, 4, 1), date(2016, 3, 31), OLD, ((42_000, 9_910), *BOTH)),
    (date(2016, 4, 1), date(2016, 7, 31), OLD, ((42_330, 9_990), *BOTH)),
    (date(2016, 8, 1), date(2017, 3, 31), OLD, ((42_330, 9_990), (10_000, 5_000), (6_000, 3_000))),
    (date(2017, 4, 1), date(2018, 3, 31), OLD, ((42_290, 9_980), (9_990, 5_000), (5_990, 3_000))),
    (date(2018, 4, 1), date(2018, 7, 31), OLD, ((42_500, 10_030), (10_040, 5_020), (6_020, 3_010))),
    (date(2018, 8, 1), date(2019, 3, 31), MIDDLE, ((42_500, 10_030), (10_040, 5_020), (6_020, 3_010))),
    (date(2019, 4, 1), date(2020, 3, 31), MIDDLE, ((42_910, 10_120), (10_140, 5_070), (6_080, 3_040))),
    (date(2020, 4, 1), date(2022, 3, 31), MIDDLE, ((43_160, 10_180), (10_190, 5_100), (6_110, 3_060))),
    (date(2022, 4, 1), date(2023, 3, 31), MIDDLE, ((43_070, 10_160), (10_170, 5_090), (6_100, 3_050))),
    (date(2023, 4, 1), date(2024, 3, 31), MIDDLE, ((44_140, 10_410), (10_420, 5_210), (6_250, 3_130))),
    (date(2024, 4, 1), date(2024, 10, 31), MIDDLE, ((45_500, 10_740), (10_750, 5_380), (6_450, 3_230))),
    (date(2024, 11, 1), date(2025, 3, 31), NEW, ((45_500, 10_740), (10_750, 5_380), (10_750, 5_380))),
    (date(2025, 4, 1), date(2026, 3, 31), NEW, ((46_690, 11_010), (11_030, 5_520), (11_030, 5_520))),
]
FLAT, WAGES_APART = 80_000, date(2021, 11, 1)


def claim(month: date, net: int, children: int = 1, dependants: int = 0) -> Facts:
    """Paid from that month on, with that 所得, none of it wages."""
    day = month.replace(day=1) - timedelta(days=1)
    born = date(month.year - 6, 5, 5)
    income = IncomeFacts(net + FLAT, dependants, wages_and_pensions=0)
    return Facts(day, Claimant.MOTHER, (ChildFacts(born),) * children, income)


def paid(facts: Facts) -> Decision:
    return decided(decide_by_the_law_of_the_day(facts))


def each(shares: Shares, children: int, least: int) -> int:
    first, second, further = shares
    return sum(share[least] for share in (first, second, further, further, further, further)[:children])


@pytest.mark.parametrize(("first", "last", "limits", "shares"), PERIODS, ids=[str(p[0]) for p in PERIODS])
@pytest.mark.parametrize("children", [1, 2, 3, 4, 5, 6])
def test_full_and_least_amount_of_every_period(
    first: date, last: date, limits: tuple[int, int], shares: Shares, children: int
) -> None:
    full, none = limits
    for month in (first, last.replace(day=1)):
        assert paid(claim(month, full - 1, children)).monthly_amount == each(shares, children, 0)
        assert paid(claim(month, none - 1, children)).monthly_amount == each(shares, children, 1)
        over = paid(claim(month, none, children))
        assert (over.outcome, over.monthly_amount) == (Outcome.SUSPENDED, 0)


@pytest.mark.parametrize(("first", "last", "limits", "shares"), PERIODS, ids=[str(p[0]) for p in PERIODS])
def test_at_the_full_limit_ten_yen_go_for_each_child_that_income_reduces(
    first: date, last: date, limits: tuple[int, int], shares: Shares
) -> None:
    for children in (1, 2, 3):
        reduced = children if first >= date(2016, 8, 1) else 1
        expected = each(shares, children, 0) - 10 * reduced
        assert paid(claim(first, limits[0], children)).monthly_amount == expected
        one_dependant = claim(last, limits[0] + 380_000, children, 1)
        assert paid(one_dependant).monthly_amount == expected


def test_periods_follow_each_other_and_end_where_nothing_is_published() -> None:
    assert all(b[0] == a[1] + timedelta(days=1) for a, b in pairwise(PERIODS))
    assert "収録期間" in undecided(decide_by_the_law_of_the_day(claim(date(2026, 4, 1), 0)))
    assert "収録期間" in undecided(decide_by_the_law_of_the_day(claim(date(2011, 3, 1), 0)))


# Worked out by hand from the notice of each year: 1,000,000 with one child, then with three; one dependant each.
@pytest.mark.parametrize(
    ("month", "children", "amount"),
    [
        (date(2012, 9, 1), 1, 41_430 - 7_860 - 10),  # 430,000 x 0.0182890 = 7,864.27
        (date(2016, 8, 1), 3, 58_330 - 8_040 - 1_240 - 740 - 30),  # 8,035.80; 1,240.29; 743.17
        (date(2018, 7, 1), 3, 58_560 - 8_070 - 1_250 - 750 - 30),  # 8,068.09; 1,245.28; 745.66
        (date(2018, 8, 1), 3, 58_560 - 2_950 - 460 - 270 - 30),  # 130,000: 2,950.91; 455.46; 272.73
        (date(2024, 10, 1), 3, 62_700 - 3_160 - 490 - 290 - 30),  # 3,159.09; 487.28; 291.82
        (date(2024, 11, 1), 3, 67_000),  # 1,000,000 is below the limit of 1,070,000
        (date(2026, 3, 1), 3, 68_750),
    ],
)
def test_one_million_of_income_with_one_dependant(month: date, children: int, amount: int) -> None:
    assert paid(claim(month, 1_000_000, children, 1)).monthly_amount == amount


@pytest.mark.parametrize(
    ("claimed", "year"),
    [
        (date(2018, 6, 30), 2016),
        (date(2018, 7, 1), 2017),  # August 2018: the fifteen months on the income of 2017 begin
        (date(2018, 12, 31), 2017),
        (date(2019, 9, 30), 2017),
        (date(2019, 10, 1), 2018),  # November 2019
        (date(2020, 9, 30), 2018),
        (date(2020, 10, 1), 2019),
        (date(2025, 1, 5), 2023),
        (date(2025, 10, 31), 2024),
        (date(2026, 2, 28), 2024),
    ],
)
def test_the_year_of_income_begins_in_november_since_2018(claimed: date, year: int) -> None:
    assert income_year(claimed) == year


CLAIM = Facts(date(2012, 8, 20), Claimant.MOTHER, (ChildFacts(date(2005, 5, 5)),), IncomeFacts(0))


@pytest.mark.parametrize(
    ("income", "amount"),
    [
        (IncomeFacts(900_000, 1), 36_850),
        (IncomeFacts(900_000, 1, medical=200_000), 40_510),
        (IncomeFacts(900_000, 1, casualty=100_000, mutual_aid=60_000, spouse_special=40_000), 40_510),
        (IncomeFacts(900_000, 1, medical=250_000), 41_420),  # 570,000 exactly
        (IncomeFacts(900_000, 1, medical=250_001), 41_430),
        (IncomeFacts(799_999, 1), 38_680),
        (IncomeFacts(799_999, 1, young_dependants=1), 41_430),
        (IncomeFacts(800_000, 1, young_dependants=1), 41_420),
        (IncomeFacts(800_000, 1, specific_dependants=1), 41_420),
        (IncomeFacts(1_030_000, 1, maintained_children=1), 41_420),
        (IncomeFacts(1_029_999, 1, maintained_children=1), 41_430),
        (IncomeFacts(920_000, 1, disabled_dependants=1), 41_420),
        (IncomeFacts(1_050_000, 1, specially_disabled_dependants=1), 41_420),
        (IncomeFacts(1_320_000, 1, disability="special", disabled_dependants=1), 41_420),
    ],
)
def test_deductions_and_dependants_of_the_ordinance(income: IncomeFacts, amount: int) -> None:
    assert paid(replace(CLAIM, income=income)).monthly_amount == amount


@pytest.mark.parametrize(
    ("wages", "net_limit_reached", "amount"),
    [(0, 0, 43_150), (60_000, 60_000, 43_150), (300_000, 100_000, 43_150), (300_000, 99_999, 43_160)],
)
def test_wages_and_pensions_are_lessened_since_november_2021(
    wages: int, net_limit_reached: int, amount: int
) -> None:
    income = IncomeFacts(490_000 + FLAT + net_limit_reached, wages_and_pensions=wages)
    assert paid(replace(claim(WAGES_APART, 0), income=income)).monthly_amount == amount
    before = replace(claim(date(2021, 10, 1), 0), income=replace(income, wages_and_pensions=None))
    assert paid(before).monthly_amount <= amount


@pytest.mark.parametrize(
    ("total", "supporter", "amount"),
    [
        (0, 0, 43_160),
        (569_999, 0, 43_160),  # below the limit without wages already
        (570_000, 0, None),
        (669_999, 0, None),  # 589,999 is above it, 489,999 with wages is not
        (2_000_000, 0, None),
        (2_099_999, 0, None),
        (2_100_000, 0, 0),  # wages or not, 1,920,000 are reached
        (0, 2_439_999, 43_160),
        (0, 2_440_000, None),
        (0, 2_539_999, None),
        (0, 2_540_000, 0),
    ],
)
def test_without_the_wages_what_depends_on_them_is_not_decided_since_november_2021(
    total: int, supporter: int, amount: int | None
) -> None:
    facts = replace(claim(WAGES_APART, 0), income=IncomeFacts(total), supporters=(IncomeFacts(supporter),))
    if amount is None:
        assert "給与所得と公的年金等" in undecided(decide_by_the_law_of_the_day(facts))
    else:
        assert paid(facts).monthly_amount == amount


def test_a_child_for_whom_nothing_is_paid_is_not_counted() -> None:
    two = replace(
        CLAIM, children=(CLAIM.children[0], ChildFacts(date(2007, 1, 1), barred="里親に委託されている"))
    )
    assert paid(two).monthly_amount == 41_430
    alone = replace(CLAIM, children=two.children[1:])
    assert paid(alone).outcome is Outcome.REFUSED
    pensioned = (ChildFacts(date(2007, 1, 1), barred="公的年金給付の額の加算の対象である"),)
    assert paid(replace(CLAIM, claim_date=date(2014, 10, 31), children=pensioned)).outcome is Outcome.REFUSED
    later = replace(CLAIM, claim_date=date(2014, 11, 1), children=pensioned)
    assert "併給" in undecided(decide_by_the_law_of_the_day(later))
    unheard = replace(CLAIM, children=(ChildFacts(date(2007, 1, 1), barred="誰も聞いたことがない"),))
    assert "誰も聞いたことがない" in undecided(decide_by_the_law_of_the_day(unheard))


def test_a_disability_pension_is_reckoned_apart_since_march_2021() -> None:
    pensioned = replace(claim(date(2021, 2, 1), 0), pensions=(240_000,), disability_pension=True)
    assert paid(pensioned).monthly_amount == 43_160 - 20_000
    since = replace(pensioned, claim_date=date(2021, 2, 28))
    assert "年額240,000円" in undecided(decide_by_the_law_of_the_day(since))
    assert paid(replace(since, disability_pension=False)).monthly_amount == 43_160 - 20_000


@pytest.mark.parametrize(
    "name", ["支給開始から5年の経過による一部支給停止", "支給要件に該当してから7年の経過による一部支給停止"]
)
def test_years_of_payment_are_not_modelled(name: str) -> None:
    assert name in undecided(decide_by_the_law_of_the_day(replace(CLAIM, circumstances=(name,))))


@pytest.mark.parametrize("wrong", [{"medical": -1}, {"young_dependants": 2}, {"disabled_dependants": 2}])
def test_what_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"0円以上|内数"):
        replace(IncomeFacts(0, 1), **wrong)  # type: ignore[arg-type]
