"""児童扶養手当 and 生活保護 worked out by hand from the text of the laws, at limits and on days that no scenario has, every step of
the reckoning beside its amount."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.use_cases.child_rearing_allowance import facts as allowance
from harness.use_cases.child_rearing_allowance.decide import decide_by_the_law_of_the_day
from harness.use_cases.decision import Judgement
from harness.use_cases.public_assistance import decide as assistance
from harness.use_cases.public_assistance.facts import Facts as Household
from tests.use_cases.deciding import decided, undecided

MOTHER, FATHER, GUARDIAN = allowance.Claimant.MOTHER, allowance.Claimant.FATHER, allowance.Claimant.GUARDIAN
Income = allowance.IncomeFacts


def amount(judgement: Judgement) -> int:
    return decided(judgement).monthly_amount


def allowed(day: date, who: allowance.Claimant, children: int, income: Income, **facts: Any) -> int:
    """児童扶養手当 a month, for so many children at elementary school."""
    child = allowance.ChildFacts(date(day.year - 8, 5, 5))
    claim = allowance.Facts(day, who, (child,) * children, income, **facts)
    return amount(decide_by_the_law_of_the_day(claim))


def test_three_children_and_a_specific_dependant_in_the_first_month_of_fiscal_2015() -> None:
    # 1,400,000 against 190,000 + 2 x 380,000 + 150,000: 300,000 x 0.0185434 = 5,563.02; 42,000 - 5,570, + 5,000 + 3,000
    assert allowed(date(2015, 3, 31), MOTHER, 3, Income(1_480_000, 2, specific_dependants=1)) == 44_430


@pytest.mark.parametrize(
    ("day", "monthly"),
    [
        (date(2016, 6, 30), 42_330 + 5_000 + 3_000 + 3_000),  # July
        (date(2016, 7, 1), 42_330 + 10_000 + 6_000 + 6_000),  # August
    ],
)
def test_four_children_on_both_sides_of_august_2016(day: date, monthly: int) -> None:
    assert allowed(day, MOTHER, 4, Income(0)) == monthly


@pytest.mark.parametrize(
    ("day", "monthly"),
    [
        (date(2018, 6, 30), 36_860),  # July: 300,000 x 0.0187630 = 5,628.90; 42,500 - 5,640
        (date(2018, 7, 1), 42_490),  # August: the limit itself
    ],
)
def test_income_of_the_new_limit_on_both_sides_of_august_2018(day: date, monthly: int) -> None:
    assert allowed(day, MOTHER, 1, Income(570_000)) == monthly


def test_wages_of_two_children_in_november_2021() -> None:
    # 1,320,000 against 870,000: 450,000 x 0.0230559 = 10,375.16 and x 0.0035524 = 1,598.58; 32,770 + 8,580
    wages = Income(1_500_000, 1, wages_and_pensions=1_500_000)
    assert allowed(date(2021, 10, 15), MOTHER, 2, wages) == 41_350


@pytest.mark.parametrize(
    ("day", "monthly"),
    [
        (date(2024, 9, 30), 53_650),  # 630,000 over 2,390,000: 30,180 + 8,380 + 3 x 5,030
        (date(2024, 10, 1), 71_060),  # 430,000 over 2,590,000: 34,740 + 4 x 9,080
    ],
)
def test_five_children_on_both_sides_of_november_2024(day: date, monthly: int) -> None:
    wages = Income(3_200_000, 5, wages_and_pensions=3_200_000)
    assert allowed(day, MOTHER, 5, wages) == monthly


def test_a_guardian_with_an_elderly_dependant_in_fiscal_2022() -> None:
    # 1,600,000 - 80,000 - 350,000 against 490,000 + 380,000 + 100,000: 200,000 x 0.0230070 = 4,601.40; 43,070 - 4,610
    income = Income(1_600_000, 1, elderly_dependants=1, widow="special", wages_and_pensions=0)
    assert allowed(date(2022, 3, 31), GUARDIAN, 1, income) == 38_460


def test_a_father_with_child_support_in_october_2013() -> None:
    # 500,000 + 720,000 - 80,000 against 950,000: 190,000 x 0.0181618 = 3,450.74; 41,140 - 3,460 + 5,000
    assert allowed(date(2013, 9, 10), FATHER, 2, Income(500_000, 2), child_support=900_000) == 42_680


@pytest.mark.parametrize(("total", "monthly"), [(3_969_998, 41_430), (3_969_999, 41_430), (3_970_000, 0)])
def test_a_disabled_supporter_of_three_elderly_people(total: int, monthly: int) -> None:
    # 2,360,000 + 3 x 380,000 + 2 x 60,000 = 3,620,000, and 80,000 and 270,000 are taken from the total
    supporter = Income(total, 3, elderly_dependants=3, disability="ordinary")
    assert allowed(date(2012, 8, 1), MOTHER, 1, Income(0), supporters=(supporter,)) == monthly


@pytest.mark.parametrize(("born", "monthly"), [(date(1994, 4, 1), 0), (date(1994, 4, 2), 41_430)])
def test_the_last_day_of_the_year_of_eighteen(born: date, monthly: int) -> None:
    child = (allowance.ChildFacts(born),)
    claim = allowance.Facts(date(2012, 3, 15), MOTHER, child, Income(0))
    assert amount(decide_by_the_law_of_the_day(claim)) == monthly


@pytest.mark.parametrize(("day", "monthly"), [(date(2014, 10, 31), 0), (date(2014, 11, 1), 41_020 - 25_000)])
def test_a_pension_on_both_sides_of_december_2014(day: date, monthly: int) -> None:
    assert allowed(day, MOTHER, 1, Income(0), pensions=(300_000,)) == monthly


def test_a_mother_of_three_in_winter() -> None:
    # 121,590 x 0.95 = 115,510; 55,160 + 5,410; 26,040; 10,000 + 10,000 + 15,000; 69,800: 306,920
    born = (date(2004, 5, 10), date(2007, 6, 10), date(2010, 12, 10))
    incomes = (("児童手当", 35_000), ("児童扶養手当", 49_550))
    home = Household(date(2012, 2, 10), (29, 7, 4, 1), 3, 72_000, incomes, children_born=born)
    assert amount(assistance.decide(home)) == 222_370


def test_six_people_of_three_generations() -> None:
    # 234,940 x 0.90 = 211,446; 55,160 + 2 x 440; 10,000 for each of two at 中学校
    born = (date(1995, 1, 15), date(1997, 9, 1), date(1998, 12, 1))
    home = Household(date(2012, 4, 5), (45, 43, 17, 14, 13, 70), children_born=born)
    assert amount(assistance.decide(home)) == 287_490


@pytest.mark.parametrize(("ages", "rent"), [((72, 68), 69_800), ((30,) * 6, 69_800), ((30,) * 7, 83_800)])
def test_rent_of_larger_families(ages: tuple[int, ...], rent: int) -> None:
    home = Household(date(2012, 7, 1), ages)
    assert amount(assistance.decide(replace(home, rent=99_999))) - amount(assistance.decide(home)) == rent


def test_an_old_couple_on_the_last_day_of_the_tables() -> None:
    home = Household(date(2013, 7, 31), (72, 68), rent=50_000, incomes=(("年金", 120_000),))
    assert amount(assistance.decide(home)) == 46_510  # 32,340 + 36,100 + 48,070 + 50,000
    assert undecided(assistance.decide(replace(home, applied_on=date(2013, 8, 1))))


@pytest.mark.parametrize(
    ("total", "monthly"),
    [
        (2_379_999, 9_680),  # 2,299,999 over 570,000: 1,729,999 x 0.0181098 = 31,329.94; 41,020 - 31,340
        (2_380_000, 0),  # 2,300,000: the limit itself
    ],
)
def test_the_last_yen_of_a_partial_payment_in_may_2014(total: int, monthly: int) -> None:
    assert allowed(date(2014, 4, 1), FATHER, 1, Income(total, 1)) == monthly


def test_a_mother_with_child_support_mutual_aid_and_a_pupil_of_sixteen() -> None:
    # 令4条2項4号, 令2条の4: 1,500,000 + 288,000 - 80,000 - 144,000 = 1,564,000 against 190,000 + 760,000 + 150,000:
    # 464,000 x 0.0182890 = 8,486.10; 41,430 - 8,500 + 5,000
    income = Income(1_500_000, 2, young_dependants=1, mutual_aid=144_000)
    assert allowed(date(2012, 8, 10), MOTHER, 2, income, child_support=360_000) == 37_930


def test_four_children_and_a_student_in_september_2016() -> None:
    # 1,920,000 against 190,000 + 1,520,000 + 150,000: 60,000 x 0.0186879 = 1,121.27, x 0.0028844 = 173.06, x 0.0017283 = 103.70;
    # 64,330 - 1,130 - 180 - 2 x 110
    assert allowed(date(2016, 8, 15), MOTHER, 4, Income(2_000_000, 4, specific_dependants=1)) == 62_800


def test_a_specially_disabled_mother_and_child_in_october_2020() -> None:
    # 2,500,000 - 80,000 - 2 x 400,000 = 1,620,000 against 1,250,000: 370,000 x 0.0230559 = 8,530.68, x 0.0035524 = 1,314.39;
    # 53,350 - 8,540 - 1,320
    income = Income(2_500_000, 2, disability="special", specially_disabled_dependants=1)
    assert allowed(date(2020, 9, 30), MOTHER, 2, income) == 43_490


@pytest.mark.parametrize(
    ("pensions", "monthly"), [((), 38_940), ((240_000,), 18_940), ((240_000, 239_999), 0)]
)
def test_wages_and_pensions_in_june_2023(pensions: tuple[int, ...], monthly: int) -> None:
    # 1,270,000 - 180,000 against 870,000: 220,000 x 0.0235804 = 5,187.69; 44,140 - 5,200; less 20,000 and 19,999 a month
    wages = Income(1_270_000, 1, wages_and_pensions=1_270_000)
    paid = allowed(date(2023, 5, 10), MOTHER, 1, wages, pensions=pensions)
    assert paid == monthly


@pytest.mark.parametrize(
    ("total", "monthly"),
    [
        (2_000_000, 68_750),  # 1,820,000 below 690,000 + 1,140,000 + 100,000: 46,690 + 2 x 11,030
        (
            2_200_000,
            65_690,
        ),  # 90,000 over: x 0.0256619 = 2,309.57, x 0.0039568 = 356.11; less 2,320 and 2 x 370
    ],
)
def test_three_dependants_one_of_them_old_in_april_2025(total: int, monthly: int) -> None:
    wages = Income(total, 3, elderly_dependants=1, wages_and_pensions=total)
    assert allowed(date(2025, 3, 31), MOTHER, 3, wages) == monthly


@pytest.mark.parametrize(("total", "monthly"), [(3_089_999, 42_000), (3_090_000, 0)])
def test_a_widow_who_brings_up_an_orphan_in_july_2015(total: int, monthly: int) -> None:
    # 法9条の2: 2,740,000 with one dependant, and 80,000 and 270,000 are taken from the total
    guardian = allowance.Claimant.ORPHANS_GUARDIAN
    assert allowed(date(2015, 6, 1), guardian, 1, Income(total, 1, widow="ordinary")) == monthly


@pytest.mark.parametrize(("total", "monthly"), [(3_609_999, 41_430), (3_610_000, 0)])
def test_a_widowed_grandmother_of_the_household_in_december_2012(total: int, monthly: int) -> None:
    # 法10条: 2,360,000 + 2 x 380,000 + 60,000 = 3,180,000, and 80,000 and 350,000 are taken from the total
    supporter = Income(total, 2, elderly_dependants=1, widow="special")
    assert allowed(date(2012, 11, 5), MOTHER, 1, Income(0), supporters=(supporter,)) == monthly


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2018, 6, 30), 2016),  # July
        (date(2018, 7, 1), 2017),  # August, of the fifteen months that rest on 2017
        (date(2019, 9, 30), 2017),  # October, the last of them
        (date(2019, 10, 1), 2018),  # November
    ],
)
def test_the_year_of_income_around_the_fifteen_months(day: date, year: int) -> None:
    assert allowance.income_year(day) == year


def test_the_amounts_that_are_not_known_begin_with_april_2026() -> None:
    claim = allowance.Facts(date(2026, 2, 28), MOTHER, (allowance.ChildFacts(date(2018, 5, 5)),), Income(0))
    assert amount(decide_by_the_law_of_the_day(claim)) == 46_690
    assert "2026-04-01" in undecided(
        decide_by_the_law_of_the_day(replace(claim, claim_date=date(2026, 3, 1)))
    )


def test_a_mother_of_two_in_january_2013() -> None:
    # 40,270 + 42,080 + 26,350; 53,290 + 4,770; 25,100; 10,000 + 10,000; 60,000: 271,860
    born = (date(2000, 4, 2), date(2009, 6, 15))
    incomes = (("児童手当", 20_000), ("児童扶養手当", 46_430))
    home = Household(date(2013, 1, 15), (38, 12, 3), 2, 60_000, incomes, children_born=born)
    assert amount(assistance.decide(home)) == 205_430


def test_an_infant_beside_a_pupil_of_sixteen() -> None:
    # 141,430 x 0.95 = 134,358.5: 134,360; 55,160; 15,000 for the infant alone
    born = (date(1996, 3, 20), date(2010, 10, 15))
    home = Household(date(2012, 5, 1), (41, 40, 16, 1), children_born=born)
    assert amount(assistance.decide(home)) == 204_520


def test_the_third_of_three_children_is_at_elementary_school() -> None:
    # 190,760 x 0.90 = 171,684: 171,680; 55,600; 10,000 + 10,000 + 15,000; rent up to 69,800
    born = (date(2000, 1, 10), date(2003, 5, 5), date(2006, 2, 2))
    home = Household(date(2012, 6, 1), (36, 35, 12, 9, 6), rent=75_000, children_born=born)
    assert amount(assistance.decide(home)) == 332_080


@pytest.mark.parametrize(("income", "monthly"), [(129_469, 1), (129_470, 0)])
def test_an_income_of_just_what_is_needed(income: int, monthly: int) -> None:
    # 32,340 + 43,430 + 53,700
    home = Household(date(2012, 10, 31), (70,), rent=53_700, incomes=(("年金", income),))
    assert amount(assistance.decide(home)) == monthly


def test_the_clock_over_the_end_of_a_leap_february() -> None:
    running = assistance.clock(date(2016, 2, 15))
    assert (running.decide_by, running.extended_to) == (date(2016, 2, 29), date(2016, 3, 16))
    assert [running.state(date(2016, *day)) for day in ((2, 29), (3, 1), (3, 16), (3, 17))] == [
        "期限内",
        "延長中",
        "延長中",
        "みなし却下",
    ]
    assert (running.decide_article, running.refused_article) == ("法24条5項、6項", "法24条7項")
