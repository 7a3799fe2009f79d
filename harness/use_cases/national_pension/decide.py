"""老齢基礎年金の裁定: the award, and the 振替加算 that needs kinship and livelihood. 法 = 国民年金法."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.days import birthday, next_month
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason, yen
from harness.use_cases.modelled import judged, not_modelled
from harness.use_cases.national_pension.facts import Facts

BENEFIT: Final = "national_pension"


def decide(facts: Facts) -> Judgement:
    """裁定 with the monthly 振替加算 (0 without), from the month after the age of 65; 却下 before it."""
    return judged(BENEFIT, facts.circumstances, facts.claim_date, lambda: _decide(facts))


def addition(birth_date: date, on: date) -> int:
    """振替加算 in yen a year for whoever was born then, as it is paid on a day. Raises OutsideTablesError."""
    tables = load(BENEFIT)
    whole: int = in_force(tables["full"], on)["yen"]
    to: int = in_force(tables["rounding"], on)["yen"]
    share = Decimal(in_force(tables["share"], birth_date)["rate"])
    return int((whole * share / to).quantize(Decimal(1), ROUND_HALF_UP)) * to


def _decide(facts: Facts) -> Judgement:
    rule = in_force(load(BENEFIT)["award"], facts.claim_date)
    reached = birthday(facts.birth_date, rule["age"]) - timedelta(days=1)
    if facts.claim_date < reached:
        return Decision(Outcome.REFUSED, 0, None, (Reason("65歳に達していない", rule["age_article"]),))
    start = next_month(reached)
    first = Reason(f"{start.year}年{start.month}月分から支給", rule["start_article"])
    why_not = _without(facts, rule)
    if why_not:
        return Decision(Outcome.AWARDED, 0, start, (first, why_not))
    if _are_couple(facts, rule) is None:
        seen = f"申請者 {facts.own_relation}、配偶者 {facts.relation}"
        return not_modelled(BENEFIT, "世帯主でない二人の続柄", seen)
    # Who lives apart for work is supported all the same: a statement of the two tells, which is on paper.
    if facts.address != facts.spouse_address:
        return not_modelled(BENEFIT, "別居している配偶者との生計")
    # Who claims late is awarded what is paid now; arrears of earlier years are not added up.
    annual = addition(facts.birth_date, max(start, facts.claim_date))
    text = f"振替加算 年額{yen(annual)}（月額は12分の1、1円未満切捨て: own）"
    return Decision(Outcome.AWARDED, annual // 12, start, (first, Reason(text, rule["article"])))


def _without(facts: Facts, rule: Row) -> Reason | None:
    if not rule["first_birth"] <= facts.birth_date <= rule["last_birth"]:
        return Reason("生年月日が振替加算の対象でない", rule["article"])
    if not facts.spouse_has_addition:
        return Reason("配偶者に加給年金がない", rule["article"])
    if _are_couple(facts, rule) is False:
        return Reason(f"続柄が配偶者でない（{facts.relation}）", rule["article"])
    if facts.income >= rule["income_limit"]:
        return Reason(f"所得{yen(facts.income)}が{yen(rule['income_limit'])}以上", rule["livelihood_article"])
    return None


def _are_couple(facts: Facts, rule: Row) -> bool | None:
    """By 続柄, which is told from the 世帯主: None where neither of the two is, as 父 and 母 of one."""
    if facts.own_relation == rule["head"]:
        return facts.relation in rule["spouses"]
    if facts.relation == rule["head"]:
        return facts.own_relation in rule["spouses"]
    return None
