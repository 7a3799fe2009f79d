"""児童扶養手当: deductions, supporters, 養育者, pensions, children, dates, refusals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.use_cases.child_rearing_allowance import decide as oracle
from harness.use_cases.child_rearing_allowance.decide import (
    child_support_income,
    net_income,
    supporter_limit,
    supporter_net_income,
)
from harness.use_cases.child_rearing_allowance.facts import (
    ChildFacts,
    Claimant,
    Degree,
    Facts,
    IncomeFacts,
    fiscal_year_for,
    income_year,
    is_eligible_child,
    payment_month,
)
from harness.use_cases.child_rearing_allowance.rules import PensionRegime, Rules, rules_on
from harness.use_cases.decision import Decision, Outcome
from tests.use_cases.deciding import decided

RULES = rules_on(date(2012, 9, 1))
REDUCING = rules_on(date(2015, 1, 1))
CHILD = ChildFacts(date(2005, 5, 5))
CLAIM = Facts(date(2012, 8, 20), Claimant.MOTHER, (CHILD,), IncomeFacts(1_000_000, 1))
DATES = st.dates(date(2011, 4, 1), date(2016, 6, 30))


def decide(facts: Facts, rules: Rules) -> Decision:
    """A claim that is decided."""
    return decided(oracle.decide(facts, rules))


@pytest.mark.parametrize(
    ("claim_date", "year", "fiscal_year", "first_month"),
    [
        (date(2012, 1, 1), 2010, "2011", date(2012, 2, 1)),
        (date(2012, 3, 15), 2010, "2011", date(2012, 4, 1)),
        (date(2012, 6, 30), 2010, "2011", date(2012, 7, 1)),
        (date(2012, 7, 1), 2011, "2012", date(2012, 8, 1)),
        (date(2012, 8, 20), 2011, "2012", date(2012, 9, 1)),
        (date(2012, 12, 31), 2011, "2012", date(2013, 1, 1)),
        (date(2013, 1, 31), 2011, "2012", date(2013, 2, 1)),
        (date(2012, 2, 29), 2010, "2011", date(2012, 3, 1)),
    ],
)
def test_which_income_and_from_when(claim_date: date, year: int, fiscal_year: str, first_month: date) -> None:
    assert income_year(claim_date) == year
    assert fiscal_year_for(claim_date) == fiscal_year
    assert payment_month(claim_date) == first_month


@given(DATES)
def test_one_income_year_serves_august_to_july(claim_date: date) -> None:
    first = payment_month(claim_date)
    august = first.year if first.month >= 8 else first.year - 1
    assert income_year(claim_date) == august - 1
    assert first.day == 1
    assert claim_date < first <= claim_date + timedelta(days=31)


@pytest.mark.parametrize(
    ("claimant", "widow", "expected"),
    [
        (Claimant.MOTHER, "ordinary", 920_000),
        (Claimant.MOTHER, "special", 920_000),
        (Claimant.FATHER, "ordinary", 920_000),
        (Claimant.GUARDIAN, "none", 920_000),
        (Claimant.GUARDIAN, "ordinary", 650_000),
        (Claimant.GUARDIAN, "special", 570_000),
        (Claimant.ORPHANS_GUARDIAN, "special", 570_000),
    ],
)
def test_widow_deduction_is_for_guardians_only(claimant: Claimant, widow: Degree, expected: int) -> None:
    claim = replace(CLAIM, claimant=claimant, income=IncomeFacts(1_000_000, 1, widow=widow))
    assert net_income(claim, RULES) == expected


def test_mother_and_guardian_of_equal_income_are_decided_differently() -> None:
    income = IncomeFacts(800_000, 1, widow="special")
    mother = decide(replace(CLAIM, income=income), RULES)
    guardian = decide(replace(CLAIM, income=income, claimant=Claimant.GUARDIAN), RULES)
    assert mother.monthly_amount == 38_680  # 150,000 x 0.0182890 = 2,743.35 -> 2,740 + 10
    assert guardian.monthly_amount == 41_430


@pytest.mark.parametrize(
    ("disability", "student", "expected"),
    [
        ("none", False, 920_000),
        ("ordinary", False, 650_000),
        ("special", False, 520_000),
        ("none", True, 650_000),
        ("special", True, 250_000),
    ],
)
def test_personal_deductions(disability: Degree, student: bool, expected: int) -> None:
    claim = replace(CLAIM, income=IncomeFacts(1_000_000, 1, disability=disability, working_student=student))
    assert net_income(claim, RULES) == expected


@pytest.mark.parametrize(
    ("received", "counted"), [(0, 0), (1, 1), (2, 2), (3, 2), (5, 4), (600_000, 480_000), (600_001, 480_001)]
)
def test_child_support_counts_at_four_fifths(received: int, counted: int) -> None:
    assert child_support_income(received, RULES) == counted
    assert net_income(replace(CLAIM, child_support=received), RULES) == 920_000 + counted


def test_child_support_is_no_income_of_a_guardian() -> None:
    claim = replace(CLAIM, claimant=Claimant.GUARDIAN, child_support=600_000)
    assert net_income(claim, RULES) == 920_000


@pytest.mark.parametrize(
    ("dependants", "elderly", "limit"),
    [
        (0, 0, 2_360_000),
        (1, 0, 2_740_000),
        (2, 0, 3_120_000),
        (1, 1, 2_740_000),  # an only dependant who is elderly adds nothing more
        (2, 1, 3_180_000),
        (2, 2, 3_180_000),
        (3, 2, 3_620_000),
    ],
)
def test_supporter_limit_is_itself_over_the_limit(dependants: int, elderly: int, limit: int) -> None:
    at_limit = IncomeFacts(limit + 80_000, dependants, elderly)
    assert supporter_limit(at_limit, RULES) == limit
    assert supporter_net_income(at_limit, RULES) == limit
    below = replace(at_limit, total_income=limit + 79_999)
    suspended = decide(replace(CLAIM, supporters=(below, at_limit)), RULES)
    assert (suspended.outcome, suspended.monthly_amount) == (Outcome.SUSPENDED, 0)
    assert suspended.reasons[-1].article == "法10条、法11条、令2条の4"
    assert decide(replace(CLAIM, supporters=(below, below)), RULES) == decide(CLAIM, RULES)


def test_a_supporter_keeps_the_widow_deduction() -> None:
    assert supporter_net_income(IncomeFacts(2_790_000, widow="special"), RULES) == 2_360_000


@pytest.mark.parametrize(
    ("net", "outcome", "amount"),
    [(2_739_999, Outcome.GRANTED, 41_430), (2_740_000, Outcome.SUSPENDED, 0)],
)
def test_an_orphans_guardian_has_the_supporters_limit(net: int, outcome: Outcome, amount: int) -> None:
    claim = replace(CLAIM, claimant=Claimant.ORPHANS_GUARDIAN, income=IncomeFacts(net + 80_000, 1))
    decision = decide(claim, RULES)
    assert (decision.outcome, decision.monthly_amount) == (outcome, amount)
    assert any(reason.article == "法9条の2、令2条の4" for reason in decision.reasons)


@pytest.mark.parametrize("annual", [1, 786_500])
def test_any_pension_bars_in_2012(annual: int) -> None:
    decision = decide(replace(CLAIM, pensions=(annual,)), RULES)
    assert (decision.outcome, decision.monthly_amount, decision.payment_from) == (Outcome.REFUSED, 0, None)
    assert decision.reasons[-1].article == "法4条3項2号"


@pytest.mark.parametrize(
    ("pensions", "amount", "outcome"),
    [
        ((), 41_020, Outcome.GRANTED),
        ((240_000,), 21_020, Outcome.GRANTED),
        ((240_011,), 21_020, Outcome.GRANTED),  # a twelfth is 20,000.9: the fraction is dropped
        ((240_012,), 21_019, Outcome.GRANTED),
        ((120_000, 120_000), 21_020, Outcome.GRANTED),
        ((492_228,), 1, Outcome.GRANTED),
        ((492_240,), 0, Outcome.SUSPENDED),
        ((786_500,), 0, Outcome.SUSPENDED),
    ],
)
def test_a_pension_reduces_under_the_amended_law(
    pensions: tuple[int, ...], amount: int, outcome: Outcome
) -> None:
    decision = decide(replace(CLAIM, income=IncomeFacts(0, 1), pensions=pensions), REDUCING)
    assert (decision.monthly_amount, decision.outcome) == (amount, outcome)
    assert any(reason.article == "法13条の2" for reason in decision.reasons) == bool(pensions)


@pytest.mark.parametrize(
    ("day", "regime"),
    [(date(2014, 11, 30), PensionRegime.BARS), (date(2014, 12, 1), PensionRegime.REDUCES)],
)
def test_the_pension_regime_changes_in_december_2014(day: date, regime: PensionRegime) -> None:
    assert rules_on(day).pension.regime is regime


@pytest.mark.parametrize(
    ("birth", "disabled", "last_day"),
    [
        (date(1994, 4, 1), False, date(2012, 3, 31)),  # reaches 18 on 31 March
        (date(1994, 4, 2), False, date(2013, 3, 31)),
        (date(1994, 3, 31), False, date(2012, 3, 31)),
        (date(1994, 12, 31), False, date(2013, 3, 31)),
        (date(1992, 9, 2), True, date(2012, 9, 1)),  # under 20 to the day before the birthday
        (date(1996, 2, 29), True, date(2016, 2, 28)),
        (date(1995, 3, 1), False, date(2013, 3, 31)),
    ],
)
def test_until_when_a_child_is_a_child(birth: date, disabled: bool, last_day: date) -> None:
    child = ChildFacts(birth, disabled)
    assert is_eligible_child(child, last_day)
    assert not is_eligible_child(child, last_day + timedelta(days=1))
    assert not is_eligible_child(child, birth - timedelta(days=1))


@given(st.dates(date(1990, 1, 1), date(2012, 8, 1)), st.dates(date(2011, 1, 1), date(2016, 7, 1)))
def test_a_disability_never_shortens_childhood(birth: date, on: date) -> None:
    assert is_eligible_child(ChildFacts(birth, True), on) >= is_eligible_child(ChildFacts(birth), on)


def test_a_disabled_nineteen_year_old_decides_the_claim() -> None:
    born = date(1993, 6, 1)
    disabled = decide(replace(CLAIM, children=(ChildFacts(born, True),)), RULES)
    healthy = decide(replace(CLAIM, children=(ChildFacts(born),)), RULES)
    assert disabled.outcome is Outcome.GRANTED
    assert healthy.outcome is Outcome.REFUSED
    assert healthy.reasons[0].article == "法3条1項、法4条1項"


def test_only_children_of_age_are_counted() -> None:
    children = (CHILD, ChildFacts(date(1990, 1, 1)), ChildFacts(date(2010, 1, 1)))
    claim = replace(CLAIM, children=children, income=IncomeFacts(0, 3))
    assert decide(claim, RULES).monthly_amount == 46_430


def test_a_claim_in_the_last_month_of_childhood_pays_nothing() -> None:
    claim = replace(CLAIM, claim_date=date(2012, 3, 20), children=(ChildFacts(date(1993, 5, 1)),))
    assert decide(claim, rules_on(date(2012, 4, 1))).outcome is Outcome.REFUSED


def test_without_grounds_the_claim_is_refused_whatever_the_income() -> None:
    decision = decide(replace(CLAIM, grounds_met=False), RULES)
    assert decision.outcome is Outcome.REFUSED
    assert decision.reasons == (("支給要件に該当する事由が確認できない", "法4条1項"),)


def test_reasons_tell_the_whole_way_to_a_partial_amount() -> None:
    assert decide(replace(CLAIM, income=IncomeFacts(2_379_999, 1)), RULES).reasons == (
        ("2011年の所得（相当年度2012）で判定", "法9条1項"),
        (
            "所得2,299,999円が全部支給限度額570,000円以上、支給限度額2,300,000円未満",
            "法9条1項、令2条の4第1項・第2項",
        ),
        ("一部支給: 31,650円を減じて月額9,780円", "法5条1項、令2条の4第2項（平成24年4月からの特例水準）"),
        ("支給開始は2012年9月分から", "法7条1項"),
    )


@given(DATES, st.integers(0, 5_000_000), st.lists(st.integers(0, 900_000), max_size=2))
def test_every_decision_carries_reasons_with_articles(
    claim_date: date, total: int, pensions: list[int]
) -> None:
    claim = replace(CLAIM, claim_date=claim_date, income=IncomeFacts(total, 1), pensions=tuple(pensions))
    decision = decide(claim, rules_on(payment_month(claim_date)))
    assert decision.reasons
    assert all(reason.text and reason.article for reason in decision.reasons)
    assert (decision.payment_from is None) == (decision.outcome is Outcome.REFUSED)
    assert decision.monthly_amount >= 0


@pytest.mark.parametrize("day", [date(2011, 3, 31), date(2026, 4, 1)])
def test_outside_the_tables_there_is_no_answer(day: date) -> None:
    with pytest.raises(LookupError, match="適用する規定が0件"):
        rules_on(day)


@pytest.mark.parametrize(
    ("dependants", "elderly", "specific"), [(-1, 0, 0), (0, 1, 0), (1, 1, 1), (1, -1, 0)]
)
def test_dependants_that_do_not_add_up_are_rejected(dependants: int, elderly: int, specific: int) -> None:
    with pytest.raises(ValueError, match="扶養親族"):
        IncomeFacts(0, dependants, elderly, specific)


def test_an_unknown_category_is_rejected() -> None:
    with pytest.raises(ValueError, match="区分"):
        IncomeFacts(0, disability="heavy")  # type: ignore[arg-type]


@pytest.mark.parametrize(("support", "pensions"), [(-1, ()), (0, (-1,))])
def test_negative_receipts_are_rejected(support: int, pensions: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="0円以上"):
        replace(CLAIM, child_support=support, pensions=pensions)
