"""児童扶養手当: amounts to the yen at every boundary of 法5条, 法9条 and 施行令2条の4."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness.use_cases.child_rearing_allowance import decide as oracle
from harness.use_cases.child_rearing_allowance.decide import (
    full_amount,
    full_limit,
    net_income,
    none_limit,
    round_to_ten,
)
from harness.use_cases.child_rearing_allowance.facts import ChildFacts, Claimant, Facts, IncomeFacts
from harness.use_cases.child_rearing_allowance.rules import Level, Rules, rules_on
from harness.use_cases.decision import Decision, Outcome
from tests.use_cases.deciding import decided

PAID = rules_on(date(2012, 9, 1))
STATUTORY = rules_on(date(2012, 9, 1), Level.STATUTORY)
FLAT = 80_000
CHILD = ChildFacts(date(2005, 5, 5))
BASE = Facts(date(2012, 8, 20), Claimant.MOTHER, (CHILD,), IncomeFacts(0))


def decide(facts: Facts, rules: Rules) -> Decision:
    """A claim that is decided."""
    return decided(oracle.decide(facts, rules))


def facts(net: int, dependants: int = 1, children: int = 1, elderly: int = 0, specific: int = 0) -> Facts:
    """A mother's claim whose 所得 after the flat deduction is `net`."""
    income = IncomeFacts(net + FLAT, dependants, elderly, specific)
    return replace(BASE, children=(CHILD,) * children, income=income)


@pytest.mark.parametrize(
    ("net", "dependants", "paid", "statutory"),
    [
        (0, 0, 41_430, 40_730),
        (189_999, 0, 41_430, 40_730),
        (190_000, 0, 41_420, 40_720),
        (190_273, 0, 41_420, 40_720),  # 273 x 0.0182890 = 4.99, 273 x 0.0179827 = 4.90
        (190_274, 0, 41_410, 40_720),  # 5.01 and 4.92
        (190_279, 0, 41_410, 40_710),  # 5.10 and 5.01
        (1_919_999, 0, 9_780, 9_610),
        (569_999, 1, 41_430, 40_730),
        (570_000, 1, 41_420, 40_720),
        (2_299_999, 1, 9_780, 9_610),
        (949_999, 2, 41_430, 40_730),
        (950_000, 2, 41_420, 40_720),
        (2_679_999, 2, 9_780, 9_610),
        (1_330_000, 3, 41_420, 40_720),
    ],
)
def test_amount_at_the_boundaries(net: int, dependants: int, paid: int, statutory: int) -> None:
    claim = facts(net, dependants)
    assert decide(claim, PAID).monthly_amount == paid
    assert decide(claim, STATUTORY).monthly_amount == statutory
    assert decide(claim, PAID).outcome is Outcome.GRANTED


@pytest.mark.parametrize(
    ("net", "dependants"), [(1_920_000, 0), (2_300_000, 1), (2_680_000, 2), (3_060_000, 3)]
)
def test_at_the_upper_limit_nothing_is_paid_and_it_is_no_refusal(net: int, dependants: int) -> None:
    decision = decide(facts(net, dependants), PAID)
    assert (decision.outcome, decision.monthly_amount) == (Outcome.SUSPENDED, 0)
    assert decision.payment_from == date(2012, 9, 1)
    assert decide(facts(net - 1, dependants), PAID).outcome is Outcome.GRANTED


@pytest.mark.parametrize(
    ("elderly", "specific", "raise_by"), [(0, 0, 0), (1, 0, 100_000), (0, 1, 150_000), (2, 1, 350_000)]
)
def test_elderly_and_specific_dependants_raise_both_limits(
    elderly: int, specific: int, raise_by: int
) -> None:
    income = IncomeFacts(0, 3, elderly, specific)
    assert full_limit(income, PAID) == 190_000 + 3 * 380_000 + raise_by
    assert none_limit(income, PAID) == 1_920_000 + 3 * 380_000 + raise_by
    at_full = decide(facts(1_330_000 + raise_by, 3, 1, elderly, specific), PAID)
    assert at_full.monthly_amount == 41_420


@pytest.mark.parametrize(
    ("children", "amount"), [(1, 41_430), (2, 46_430), (3, 49_430), (4, 52_430), (5, 55_430)]
)
def test_additions_for_children(children: int, amount: int) -> None:
    assert full_amount(children, PAID.amount, PAID.addition) == amount
    assert decide(facts(0, children, children), PAID).monthly_amount == amount


@pytest.mark.parametrize(("children", "amount"), [(1, 9_780), (2, 14_780), (3, 17_780)])
def test_additions_are_not_reduced_by_income(children: int, amount: int) -> None:
    assert decide(facts(2_299_999, 1, children), PAID).monthly_amount == amount


@pytest.mark.parametrize(
    ("value", "tens"),
    [("0", 0), ("4.9999999", 0), ("5", 10), ("9.99", 10), ("14.999", 10), ("15", 20), ("31639.95", 31_640)],
)
def test_rounding_drops_under_five_and_raises_from_five(value: str, tens: int) -> None:
    assert round_to_ten(Decimal(value)) == tens


def least_by_relation(first_child: int, smallest: int) -> Decimal:
    return (Decimal(first_child - smallest - 10) / 1_730_000).quantize(Decimal("0.0000001"))


@pytest.mark.parametrize(
    ("day", "level", "first_child", "smallest"),
    [
        (date(2011, 4, 1), Level.PAID, 41_550, 9_810),
        (date(2012, 3, 31), Level.PAID, 41_550, 9_810),
        (date(2012, 4, 1), Level.PAID, 41_430, 9_780),
        (date(2012, 4, 1), Level.STATUTORY, 40_730, 9_610),
        (date(2013, 9, 30), Level.PAID, 41_430, 9_780),
        (date(2013, 10, 1), Level.PAID, 41_140, 9_710),
        (date(2014, 4, 1), Level.PAID, 41_020, 9_680),
        (date(2015, 4, 1), Level.PAID, 42_000, 9_910),
        (date(2016, 3, 31), Level.PAID, 42_000, 9_910),
        (date(2016, 4, 1), Level.PAID, 42_330, 9_990),
        (date(2016, 7, 31), Level.PAID, 42_330, 9_990),
    ],
)
def test_each_pair_gives_its_smallest_amount(
    day: date, level: Level, first_child: int, smallest: int
) -> None:
    rules = rules_on(day, level)
    assert rules.amount.first_child == first_child
    assert rules.amount.rate == least_by_relation(first_child, smallest)
    assert decide(facts(2_299_999), rules).monthly_amount == smallest


NETS = st.integers(min_value=-500_000, max_value=6_000_000)


@given(net=NETS, step=st.integers(0, 300_000), dependants=st.integers(0, 6), children=st.integers(1, 5))
@example(net=569_999, step=1, dependants=1, children=1)
@example(net=2_299_999, step=1, dependants=1, children=2)
def test_more_income_never_pays_more(net: int, step: int, dependants: int, children: int) -> None:
    less = decide(facts(net, dependants, children), PAID).monthly_amount
    more = decide(facts(net + step, dependants, children), PAID).monthly_amount
    assert more <= less


@given(net=NETS, dependants=st.integers(0, 6), children=st.integers(1, 5), statutory=st.booleans())
def test_amounts_are_tens_of_yen_within_bounds(
    net: int, dependants: int, children: int, statutory: bool
) -> None:
    rules = STATUTORY if statutory else PAID
    decision = decide(facts(net, dependants, children), rules)
    assert decision.monthly_amount % 10 == 0
    assert 0 <= decision.monthly_amount <= full_amount(children, rules.amount, rules.addition)
    assert (decision.monthly_amount > 0) == (decision.outcome is Outcome.GRANTED)


@given(net=NETS, dependants=st.integers(0, 5))
def test_one_dependant_more_never_pays_less(net: int, dependants: int) -> None:
    fewer = decide(facts(net, dependants), PAID).monthly_amount
    assert decide(facts(net, dependants + 1), PAID).monthly_amount >= fewer


@given(net=st.integers(570_000, 2_299_999))
def test_partial_amount_agrees_with_integer_arithmetic(net: int) -> None:
    """The same sum without Decimal: the rate is 182,890 ten-millionths, rounding is an integer division."""
    reduction = ((net - 570_000) * 182_890 + 5 * 10**7) // 10**8 * 10 + 10
    assert decide(facts(net), PAID).monthly_amount == 41_430 - reduction


@given(net=NETS)
def test_paid_level_never_pays_less_than_statutory(net: int) -> None:
    assert decide(facts(net), PAID).monthly_amount >= decide(facts(net), STATUTORY).monthly_amount


@given(total=st.integers(-10_000_000, 10_000_000), support=st.integers(0, 5_000_000))
def test_net_income_is_never_negative(total: int, support: int) -> None:
    claim = replace(BASE, income=IncomeFacts(total), child_support=support)
    assert net_income(claim, PAID) == max(0, total - FLAT + (support * 8 + 5) // 10)
