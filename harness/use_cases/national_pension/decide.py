"""老齢基礎年金の裁定: the award, and the 振替加算 that needs kinship and livelihood. 法 = 国民年金法."""

from datetime import date, timedelta
from fractions import Fraction

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.days import birthday, next_month
from harness.use_cases.decision import Decision, Outcome, Reason, yen
from harness.use_cases.national_pension.facts import Facts

BENEFIT = "national_pension"
_SPOUSES = ("夫", "妻")


def decide(facts: Facts) -> Decision:
    """裁定 with the monthly 振替加算 (0 without), from the month after the age of 65; 却下 before it."""
    rule = in_force(load(BENEFIT)["addition"], facts.claim_date)
    reached = birthday(facts.birth_date, rule["age"]) - timedelta(days=1)
    if facts.claim_date < reached:
        return Decision(Outcome.REFUSED, 0, None, (Reason("65歳に達していない", rule["age_article"]),))
    start = next_month(reached)
    first = Reason(f"{start.year}年{start.month}月分から支給", rule["start_article"])
    why_not = _without(facts, rule)
    if why_not:
        return Decision(Outcome.AWARDED, 0, start, (first, why_not))
    annual = addition(facts.birth_date, rule)
    text = f"振替加算 年額{yen(annual)}（月額は12分の1、1円未満切捨て: own）"
    return Decision(Outcome.AWARDED, annual // 12, start, (first, Reason(text, rule["article"])))


def addition(birth_date: date, rule: Row) -> int:
    """振替加算 in yen a year, rounded to a hundred: a share that falls by 2/75 with each year of birth (own)."""
    years = (birth_date.year - 1) if (birth_date.month, birth_date.day) < (4, 2) else birth_date.year
    steps = max(0, years - rule["first_birth"].year)
    share = max(
        Fraction(rule["least_numerator"], rule["step_denominator"]),
        1 - Fraction(steps * rule["step_numerator"], rule["step_denominator"]),
    )
    return int(rule["full"] * share / 100 + Fraction(1, 2)) * 100


def _without(facts: Facts, rule: Row) -> Reason | None:
    if not rule["first_birth"] <= facts.birth_date <= rule["last_birth"]:
        return Reason("生年月日が振替加算の対象でない", rule["article"])
    if not facts.spouse_has_addition:
        return Reason("配偶者に加給年金がない", rule["article"])
    if facts.relation not in _SPOUSES:
        return Reason(f"続柄が配偶者でない（{facts.relation}）", rule["article"])
    if facts.address != facts.spouse_address:
        return Reason("配偶者と住所が異なる", rule["livelihood_article"])
    if facts.income >= rule["income_limit"]:
        return Reason(f"所得{yen(facts.income)}が{yen(rule['income_limit'])}以上", rule["livelihood_article"])
    return None
