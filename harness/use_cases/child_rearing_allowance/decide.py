"""児童扶養手当: decides a claim from facts and dated rules. 法 = 児童扶養手当法, 令 = 児童扶養手当法施行令.

The oracle of the suite: pure, integers and Decimal only. What the law leaves open is marked (own).
"""

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from harness.use_cases.child_rearing_allowance.facts import (
    Claimant,
    Facts,
    IncomeFacts,
    fiscal_year_for,
    income_year,
    is_eligible_child,
    payment_month,
)
from harness.use_cases.child_rearing_allowance.rules import (
    BENEFIT,
    Addition,
    Amount,
    PensionRegime,
    Rules,
    Share,
    bars_child,
    rules_on,
)
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason, Undecided, yen
from harness.use_cases.modelled import is_unmodelled, judged, not_modelled

_DISABILITY_PENSION: Final = "障害基礎年金等との併給"
_PENSION_OF_A_CHILD: Final = "児童が受ける公的年金給付等との併給"
_WAGES: Final = "給与所得と公的年金等に係る所得の額"
_PARENTS: Final = (Claimant.MOTHER, Claimant.FATHER)


@dataclass(frozen=True, slots=True)
class _Limited:
    """Monthly amount that income leaves, 0 when it leaves nothing."""

    monthly_amount: int
    reasons: tuple[Reason, ...]


def decide_by_the_law_of_the_day(facts: Facts) -> Judgement:
    """The decision that the office takes: by the rules of the first month paid for."""
    month = payment_month(facts.claim_date)
    return judged(BENEFIT, facts.circumstances, month, lambda: decide(facts, rules_on(month)))


def decide(facts: Facts, rules: Rules) -> Judgement:
    """The decision on a claim. Entitlement first, then income (法9条-11条), then pensions that reduce.

    `rules` are the caller's choice: rules_on(payment_month(claim_date)) for the law of the day, another
    set to compare. Children are counted on the first day paid for (own: 法7条1項 pays no month before it).
    """
    children = eligible_children(facts)
    refusal = _refusal(facts, children, rules)
    if refusal is not None:
        return Decision(Outcome.REFUSED, 0, None, (refusal,))
    unknown = _not_modelled(facts, children, rules)
    if unknown is not None:
        return unknown
    start = payment_month(facts.claim_date)
    limited = _limit_by_income(facts, children, rules)
    reasons = (_income_year_reason(facts), *limited.reasons)
    if limited.monthly_amount == 0:
        return Decision(Outcome.SUSPENDED, 0, start, reasons)
    amount, pension_reasons = _reduce_by_pension(facts, limited.monthly_amount, rules)
    outcome = Outcome.GRANTED if amount > 0 else Outcome.SUSPENDED
    start_reason = Reason(f"支給開始は{start.year}年{start.month}月分から", "法7条1項")
    return Decision(outcome, amount, start, (*reasons, *pension_reasons, start_reason))


def eligible_children(facts: Facts) -> int:
    """Children who are 児童 on the first day that would be paid for (法3条1項), but those for whom nothing is (法4条2項)."""
    first_day = payment_month(facts.claim_date)
    return sum(
        is_eligible_child(child, first_day) and not bars_child(child.barred, first_day)
        for child in facts.children
    )


def net_income(facts: Facts, rules: Rules) -> int:
    """The claimant's 所得 in yen: 総所得額 and 80% of child support, less deductions (法9条2項, 令4条).

    Parents get no 寡婦控除, and child support counts for parents alone. Never below 0 (own).
    """
    supported = facts.claimant in _PARENTS
    support = child_support_income(facts.child_support, rules) if supported else 0
    return _net(facts.income, rules, support=support, counts_widow=not supported)


def supporter_net_income(income: IncomeFacts, rules: Rules) -> int:
    """A 扶養義務者's 所得 in yen, with 寡婦控除: that is barred to claiming parents alone (令4条2項)."""
    return _net(income, rules, support=0, counts_widow=True)


def child_support_income(received: int, rules: Rules) -> int:
    """80% of child support received in a year, in yen; half a yen and more is raised (own, as offices do)."""
    share = Decimal(received) * rules.deduction.child_support_percent / 100
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def full_limit(income: IncomeFacts, rules: Rules) -> int:
    """所得 in yen below which the full amount is paid; at the limit itself it is partial (法9条1項: 以上)."""
    return rules.claimant_limit.full_limit + _claimant_extra(income, rules)


def none_limit(income: IncomeFacts, rules: Rules) -> int:
    """所得 in yen from which nothing is paid, the limit itself included (令2条の4第2項: 未満は一部支給)."""
    return rules.claimant_limit.none_limit + _claimant_extra(income, rules)


def supporter_limit(income: IncomeFacts, rules: Rules) -> int:
    """所得 in yen of a 扶養義務者, or an orphan's 養育者, from which nothing is paid, itself included.

    Each 老人扶養親族 raises it, but one if there is no other dependant (令2条の4).
    """
    limit = rules.supporter_limit
    only_elderly = income.elderly_dependants > 0 and income.elderly_dependants == income.dependants
    counted = income.elderly_dependants - only_elderly
    return limit.limit + income.dependants * limit.each_dependant + counted * limit.each_elderly


def shares(children: int, amount: Amount, addition: Addition) -> tuple[Share, ...]:
    """What each of 1 or more children adds, the first one first (法5条1項, 2項)."""
    return (amount.share, addition.second, *[addition.further] * (children - 2))[:children]


def full_amount(children: int, amount: Amount, addition: Addition) -> int:
    """Yen a month without any limit for 1 or more children (法5条1項, 2項)."""
    return sum(share.full for share in shares(children, amount, addition))


def income_reduction(net: int, limit: int, share: Share) -> int:
    """Yen a month that a 所得 at or above the full limit takes away from what is paid for one child: (excess x rate) in tens,
    and 10 yen; nothing of what has no rate.

    Less than 5 yen is dropped, 5 to under 10 raised, before the 10 is added (令2条の4第2項).
    """
    return round_to_ten((net - limit) * share.rate) + 10 if share.rate else 0


def round_to_ten(value: Decimal) -> int:
    """Nearest ten yen of a value >= 0: under 5 dropped, 5 and more raised, fractions of a yen included."""
    return int((value / 10).quantize(Decimal(1), ROUND_HALF_UP)) * 10


def _refusal(facts: Facts, children: int, rules: Rules) -> Reason | None:
    if not facts.grounds_met:
        return Reason("支給要件に該当する事由が確認できない", "法4条1項")
    if children == 0:
        return Reason("支給対象となる児童がいない", "法3条1項、法4条1項")
    if facts.pensions and rules.pension.regime is PensionRegime.BARS:
        return Reason(
            f"公的年金給付（年額{yen(sum(facts.pensions))}）を受けることができる", rules.pension.article
        )
    return None


def _not_modelled(facts: Facts, children: int, rules: Rules) -> Undecided | None:
    month = payment_month(facts.claim_date)
    for child in facts.children:
        if child.barred and bars_child(child.barred, month) is None:
            return not_modelled(BENEFIT, _PENSION_OF_A_CHILD, child.barred)
    if facts.disability_pension and is_unmodelled(BENEFIT, _DISABILITY_PENSION, month):
        return not_modelled(BENEFIT, _DISABILITY_PENSION, f"年額{yen(sum(facts.pensions))}")
    if rules.deduction.wages and _wages_matter(facts, children, rules):
        return not_modelled(BENEFIT, _WAGES, f"総所得額{_totals((facts.income, *facts.supporters))}")
    return None


def _wages_matter(facts: Facts, children: int, rules: Rules) -> bool:
    """Whether what is paid depends on wages that are not known: the more of them, the more is paid, so that none of them and
    the most that counts tell it."""
    none, most = (_earning(facts, wages) for wages in (0, rules.deduction.wages))
    return (
        _limit_by_income(none, children, rules).monthly_amount
        != _limit_by_income(most, children, rules).monthly_amount
    )


def _earning(facts: Facts, wages: int) -> Facts:
    def known(income: IncomeFacts) -> IncomeFacts:
        at_most = min(wages, max(0, income.total_income))
        return (
            income if income.wages_and_pensions is not None else replace(income, wages_and_pensions=at_most)
        )

    return replace(facts, income=known(facts.income), supporters=tuple(map(known, facts.supporters)))


def _totals(incomes: tuple[IncomeFacts, ...]) -> str:
    return "、".join(yen(income.total_income) for income in incomes)


def _income_year_reason(facts: Facts) -> Reason:
    year = income_year(facts.claim_date)
    return Reason(f"{year}年の所得（相当年度{fiscal_year_for(facts.claim_date)}）で判定", "法9条1項")


def _limit_by_income(facts: Facts, children: int, rules: Rules) -> _Limited:
    for income in facts.supporters:
        net, limit = supporter_net_income(income, rules), supporter_limit(income, rules)
        if net >= limit:
            text = f"扶養義務者の所得{yen(net)}が限度額{yen(limit)}以上"
            return _Limited(0, (Reason(text, rules.supporter_limit.article),))
    if facts.claimant is Claimant.ORPHANS_GUARDIAN:
        return _limit_orphans_guardian(facts, children, rules)
    return _limit_claimant(facts, children, rules)


def _limit_orphans_guardian(facts: Facts, children: int, rules: Rules) -> _Limited:
    net, limit = net_income(facts, rules), supporter_limit(facts.income, rules)
    article = rules.supporter_limit.orphan_article
    if net >= limit:
        return _Limited(0, (Reason(f"孤児等の養育者の所得{yen(net)}が限度額{yen(limit)}以上", article),))
    reason = Reason(f"孤児等の養育者の所得{yen(net)}が限度額{yen(limit)}未満", article)
    return _full(children, reason, rules)


def _limit_claimant(facts: Facts, children: int, rules: Rules) -> _Limited:
    net, article = net_income(facts, rules), rules.claimant_limit.article
    lower, upper = full_limit(facts.income, rules), none_limit(facts.income, rules)
    if net >= upper:
        return _Limited(0, (Reason(f"所得{yen(net)}が支給限度額{yen(upper)}以上", article),))
    if net < lower:
        return _full(children, Reason(f"所得{yen(net)}が全部支給限度額{yen(lower)}未満", article), rules)
    reduction = sum(
        income_reduction(net, lower, share) for share in shares(children, rules.amount, rules.addition)
    )
    amount = full_amount(children, rules.amount, rules.addition) - reduction
    reasons = (
        Reason(f"所得{yen(net)}が全部支給限度額{yen(lower)}以上、支給限度額{yen(upper)}未満", article),
        Reason(f"一部支給: {yen(reduction)}を減じて月額{yen(amount)}", rules.amount.article),
    )
    return _Limited(amount, reasons)


def _full(children: int, reason: Reason, rules: Rules) -> _Limited:
    amount = full_amount(children, rules.amount, rules.addition)
    article = f"{rules.amount.article}、{rules.addition.article}" if children > 1 else rules.amount.article
    return _Limited(amount, (reason, Reason(f"全部支給: 児童{children}人で月額{yen(amount)}", article)))


def _reduce_by_pension(facts: Facts, amount: int, rules: Rules) -> tuple[int, tuple[Reason, ...]]:
    if not facts.pensions:
        return amount, ()
    # A twelfth of each pension, fractions of a yen dropped (own: 法13条の2 leaves the month to 政令).
    monthly = sum(int((Decimal(annual) / 12).to_integral_value(ROUND_DOWN)) for annual in facts.pensions)
    left = max(0, amount - monthly)
    share = f"公的年金給付の月額{yen(monthly)}（年額の12分の1、1円未満切捨て: own）"
    text = f"{share}を限度に支給せず、月額{yen(left)}"
    return left, (Reason(text, rules.pension.article),)


def _net(income: IncomeFacts, rules: Rules, *, support: int, counts_widow: bool) -> int:
    deduction = rules.deduction
    personal = deduction.disability[income.disability]
    personal += income.disabled_dependants * deduction.disability["ordinary"]
    personal += income.specially_disabled_dependants * deduction.disability["special"]
    if counts_widow:
        personal += deduction.widow[income.widow]
    if income.working_student:
        personal += deduction.working_student
    personal += income.casualty + income.medical + income.mutual_aid + income.spouse_special
    personal += min(deduction.wages, income.wages_and_pensions or 0)
    return max(0, income.total_income + support - deduction.flat - personal)


def _claimant_extra(income: IncomeFacts, rules: Rules) -> int:
    limit = rules.claimant_limit
    return (
        (income.dependants + income.maintained_children) * limit.each_dependant
        + income.elderly_dependants * limit.each_elderly
        + income.specific_dependants * limit.each_specific
        + income.young_dependants * limit.each_young
    )
