"""生活保護: amounts worked out by hand from the standard, and the clock."""

from datetime import date, timedelta

import pytest

from harness.use_cases.decision import Outcome
from harness.use_cases.public_assistance.decide import clock, decide, forward_by
from harness.use_cases.public_assistance.facts import Facts

APPLIED = date(2012, 8, 1)


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
    assert three.monthly_amount == 40_270 + 2 * 34_070 + 26_350 + 20_900 + 55_160 + 440 + 25_100 + 940


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


def test_assistance_elsewhere_refuses() -> None:
    assert decide(Facts(APPLIED, (45,), assisted_elsewhere=True)).outcome is Outcome.REFUSED


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
    with pytest.raises(LookupError):
        decide(Facts(date(2020, 1, 1), (45,)))
