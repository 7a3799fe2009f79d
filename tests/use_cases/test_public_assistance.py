"""生活保護: amounts worked out by hand from the standard, and the clock."""

from datetime import date, timedelta

import pytest

from harness.use_cases.decision import Decision, Outcome
from harness.use_cases.public_assistance import decide as oracle
from harness.use_cases.public_assistance.decide import clock, forward_by
from harness.use_cases.public_assistance.facts import Facts
from tests.use_cases.deciding import decided, undecided

APPLIED = date(2012, 8, 1)
PARENTS = (35, 33)


def decide(facts: Facts) -> Decision:
    """An application that is decided."""
    return decided(oracle.decide(facts))


def test_one_person_without_income_is_paid_the_standard() -> None:
    decision = decide(Facts(APPLIED, (45,), rent=40_000))
    assert (decision.outcome, decision.monthly_amount, decision.payment_from) == (
        Outcome.STARTED,
        38_180 + 43_430 + 40_000,
        APPLIED,
    )
    assert all(reason.article for reason in decision.reasons)


@pytest.mark.parametrize(
    ("age", "individual"),
    [
        (0, 20_900),
        (2, 20_900),
        (3, 26_350),
        (11, 34_070),
        (12, 42_080),
        (40, 40_270),
        (41, 38_180),
        (70, 32_340),
    ],
)
def test_the_first_part_follows_the_age(age: int, individual: int) -> None:
    assert decide(Facts(APPLIED, (age,))).monthly_amount == individual + 43_430


def test_a_mother_with_children_gets_the_addition_and_rent_up_to_its_limit() -> None:
    two = decide(Facts(APPLIED, (35, 10, 5), children_of_single_parent=2, rent=90_000))
    assert two.monthly_amount == 40_270 + 34_070 + 26_350 + 53_290 + 25_100 + 69_800
    three = decide(Facts(APPLIED, (35, 10, 8, 5, 1), children_of_single_parent=3))
    individual = 140_090  # 155,660 x 0.90 = 140,094
    assert three.monthly_amount == individual + 55_160 + 440 + 25_100 + 940


@pytest.mark.parametrize(
    ("ages", "needed"),
    [
        ((35,), 83_700),
        (PARENTS, 128_610),
        ((*PARENTS, 4), 160_180),
        ((*PARENTS, 8, 4), 189_070),  # 140,960 x 0.95 = 133,912
        ((*PARENTS, 13, 8, 4), 220_340),  # 183,040 x 0.90 = 164,736
        ((*PARENTS, 13, 8, 4, 1), 239_590),  # 203,940 x 0.90 = 183,546
    ],
)
def test_families_of_one_to_six(ages: tuple[int, ...], needed: int) -> None:
    assert decide(Facts(APPLIED, ages)).monthly_amount == needed


def raising(*born: date, on: date = APPLIED) -> int:
    return oracle.child_raising(Facts(on, (35,), children_born=born))


@pytest.mark.parametrize(
    ("born", "on", "amount"),
    [
        (
            date(2009, 8, 2),
            date(2012, 8, 1),
            15_000,
        ),  # 3 is reached on 1 August: 15,000 to the end of that month
        (date(2009, 8, 1), date(2012, 8, 1), 10_000),  # reached on 31 July
        (date(2002, 8, 1), APPLIED, 10_000),
        (date(2000, 4, 1), date(2012, 3, 31), 10_000),
        (date(2000, 4, 1), date(2012, 4, 1), 10_000),  # 中学校
        (date(1997, 4, 1), date(2012, 3, 31), 10_000),
        (date(1997, 4, 1), date(2012, 4, 1), 0),
        (date(1997, 4, 2), date(2012, 4, 1), 10_000),
        (date(2002, 8, 1), date(2011, 9, 30), 13_000),
        (date(2010, 8, 1), date(2011, 9, 30), 13_000),
        (date(2010, 8, 1), date(2011, 10, 1), 15_000),
    ],
)
def test_child_raising_follows_age_and_day(born: date, on: date, amount: int) -> None:
    assert raising(born, on=on) == amount


def test_the_third_child_below_the_end_of_elementary_school_has_more() -> None:
    high, junior = date(1996, 5, 1), date(1999, 5, 1)
    first, second, third = date(2003, 5, 1), date(2005, 5, 1), date(2007, 5, 1)
    assert raising(first, second, third) == 10_000 + 10_000 + 15_000
    assert raising(junior, second, third) == 10_000 + 10_000 + 15_000
    assert raising(high, second, third) == 10_000 + 15_000
    assert raising(date(1990, 1, 1), second, third) == 20_000


def test_child_allowance_is_income_beside_the_addition() -> None:
    incomes = (("児童扶養手当", 41_430), ("児童手当", 10_000))
    facts = Facts(APPLIED, (35, 10), 1, 40_000, incomes, children_born=(date(2002, 1, 1),))
    assert decide(facts).monthly_amount == 144_240


@pytest.mark.parametrize(
    ("ages", "winter"),
    [
        ((35,), 3_090),
        (PARENTS, 4_000),
        ((*PARENTS, 4), 4_770),
        ((*PARENTS, 8, 4), 5_410),
        ((*PARENTS, 13, 8, 4), 5_610),
    ],
)
def test_winter_is_from_november_to_march(ages: tuple[int, ...], winter: int) -> None:
    plain = decide(Facts(APPLIED, ages)).monthly_amount
    for day in (date(2012, 11, 1), date(2013, 1, 1), date(2013, 3, 31)):
        assert decide(Facts(day, ages)).monthly_amount == plain + winter
    for day in (date(2012, 10, 31), date(2013, 4, 1)):
        assert decide(Facts(day, ages)).monthly_amount == plain


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (Facts(APPLIED, (45,), incomes=(("給与", 1),)), "給与 月額1円"),
        (Facts(APPLIED, (45,), incomes=(("特別児童扶養手当", 50_400),)), "障害者加算"),
        (Facts(APPLIED, (45,), incomes=(("障害を事由とする年金", 65_000),)), "障害者加算"),
        (Facts(APPLIED, (45,), incomes=(("支給停止のある年金", 65_000),)), "支給停止の範囲"),
        (Facts(date(2012, 12, 1), (45,)), "期末一時扶助"),
        (Facts(APPLIED, (45,), circumstances=("入院又は施設への入所",)), "入院"),
        (Facts(date(2013, 8, 1), (45,)), "収録期間"),
        (Facts(date(2011, 3, 31), (45,)), "収録期間"),
    ],
)
def test_what_is_not_modelled_has_no_amount(facts: Facts, named: str) -> None:
    assert named in undecided(oracle.decide(facts))


def test_no_wages_change_nothing() -> None:
    assert decide(Facts(APPLIED, (45,), incomes=(("給与", 0),))).monthly_amount == 81_610


@pytest.mark.parametrize(
    ("income", "outcome", "amount"), [(81_609, Outcome.STARTED, 1), (81_610, Outcome.REFUSED, 0)]
)
def test_income_of_the_standard_refuses(income: int, outcome: Outcome, amount: int) -> None:
    decision = decide(Facts(APPLIED, (45,), incomes=(("年金", income),)))
    assert (decision.outcome, decision.monthly_amount) == (outcome, amount)


def test_a_supporter_is_looked_into_and_refuses_nothing() -> None:
    without, rich = decide(Facts(APPLIED, (45,))), decide(Facts(APPLIED, (45,), supporters=(8_000_000,)))
    assert (rich.outcome, rich.monthly_amount) == (without.outcome, without.monthly_amount)
    assert any("扶養の可否" in reason.text for reason in rich.reasons)
    assert len(rich.reasons) == len(without.reasons) + 1


def test_assistance_elsewhere_ends_on_a_day_that_is_not_modelled() -> None:
    assert "他の実施機関による保護" in undecided(
        oracle.decide(Facts(APPLIED, (45,), assisted_elsewhere=True))
    )


@pytest.mark.parametrize(
    ("days", "state"), [(0, "期限内"), (14, "期限内"), (15, "延長中"), (30, "延長中"), (31, "みなし却下")]
)
def test_the_clock(days: int, state: str) -> None:
    assert clock(APPLIED).state(APPLIED + timedelta(days=days)) == state


def test_paragraphs_changed_in_july_2014() -> None:
    assert clock(date(2014, 6, 30)).refused_article == "法24条4項"
    assert clock(date(2014, 7, 1)).refused_article == "法24条7項"
    assert forward_by(APPLIED) == date(2012, 8, 6)


def test_what_cannot_be_is_refused() -> None:
    for facts in ({"ages": ()}, {"ages": (45,), "rent": -1}, {"ages": (45,), "incomes": (("年金", -1),)}):
        with pytest.raises(ValueError, match="世帯員は1人以上"):
            Facts(APPLIED, **facts)
