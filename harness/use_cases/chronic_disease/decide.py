"""小児慢性特定疾病医療費: the decision on an application. 法 = 児童福祉法, in force from 2015-01-01."""

from dataclasses import replace
from datetime import date
from typing import Final

from harness.use_cases.chronic_disease.facts import Condition, Facts, Review
from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.days import months_before
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason, Undecided, yen
from harness.use_cases.modelled import judged, not_modelled

BENEFIT: Final = "chronic_disease"
_BY_APPLICATION: Final = "申請日"


def decide(facts: Facts) -> Judgement:
    """支給認定 with the monthly ceiling (自己負担上限月額), from the day that the law of the application's day names; refusal only
    after the 審査会."""
    return judged(BENEFIT, facts.circumstances, facts.applied_on, lambda: _decide(facts))


def ceiling(facts: Facts) -> tuple[int, str]:
    """自己負担上限月額 in yen and why, before it is shared within the household. A levy at the bound belongs to the next row
    (令22条1項: 未満). Raises OutsideTablesError."""
    rule = in_force(load(BENEFIT)["ceiling"], facts.applied_on)
    if facts.assisted:
        return rule["assistance"], "生活保護を受けている"
    if facts.condition is Condition.HAEMOPHILIA:
        return rule["haemophilia"], Condition.HAEMOPHILIA.value
    if facts.condition is Condition.VENTILATOR:
        return rule["ventilator"], Condition.VENTILATOR.value
    (general, severe), why = _by_levy(facts, rule)
    if facts.condition is Condition.SEVERE:
        return severe, f"{why}、{Condition.SEVERE.value}"
    return general, why


def effect(facts: Facts) -> tuple[date, Reason] | Undecided:
    """From when an approval is in force."""
    rule = in_force(load(BENEFIT)["effect"], facts.applied_on)
    if rule["rule"] == _BY_APPLICATION:
        reason = Reason(f"申請のあった{facts.applied_on}から効力を生ずる", rule["article"])
        return facts.applied_on, reason
    if facts.diagnosed_on is None:
        return not_modelled(BENEFIT, "指定医が診断した日")
    months = rule["excused_months"] if facts.excused else rule["months"]
    # Nothing goes back behind the day on which the rule itself came into force.
    earliest = max(months_before(facts.applied_on, months), rule["from"])
    start = min(facts.applied_on, max(facts.diagnosed_on, earliest))
    text = f"{facts.diagnosed_on}の診断により、申請の{months}月前を限度に{start}から効力を生ずる"
    return start, Reason(text, rule["article"])


def _decide(facts: Facts) -> Judgement:
    procedure = in_force(load(BENEFIT)["procedure"], facts.applied_on)
    if not facts.certificate_meets and facts.review is Review.NOT_ASKED:
        reason = Reason("診断書では対象と認められないため、審査会に審査を求める", procedure["review_article"])
        return Decision(Outcome.TO_REVIEW, 0, None, (reason,))
    if not facts.certificate_meets and facts.review is Review.NOT_ELIGIBLE:
        reason = Reason("審査会の審査の結果、対象と認められない", procedure["review_article"])
        return Decision(Outcome.REFUSED, 0, None, (reason,))
    found = effect(facts)
    if isinstance(found, Undecided):
        return found
    start, from_then = found
    limited = _limited(facts, procedure["share_article"])
    if isinstance(limited, Undecided):
        return limited
    limit, reasons = limited
    return Decision(Outcome.APPROVED, limit, start, (*reasons, *_besides(facts, procedure), from_then))


def _besides(facts: Facts, procedure: Row) -> tuple[Reason, ...]:
    """Another benefit limits what is paid for the care, not the approval: 療養の給付 is open to everybody who is insured."""
    if not facts.other_benefit:
        return ()
    text = f"{facts.other_benefit}を受けることができる限度で支給しない"
    return (Reason(text, procedure["other_benefit_article"]),)


def _limited(facts: Facts, share_article: str) -> tuple[int, tuple[Reason, ...]] | Undecided:
    """The ceiling that is left once it is shared within the household."""
    limit, why = ceiling(facts)
    less = in_force(load(BENEFIT)["wages"], facts.applied_on)["less"]
    if limit != ceiling(replace(facts, total_income=facts.total_income - less))[0]:
        return not_modelled(BENEFIT, "給与所得の額", f"総所得額{yen(facts.total_income)}")
    article = in_force(load(BENEFIT)["ceiling"], facts.applied_on)["article"]
    first = Reason(f"{why}のため、自己負担上限月額{yen(limit)}", article)
    if not facts.others or not limit:
        return limit, (first,)
    shared, rest = divmod(max(limit, *facts.others) * limit, limit + sum(facts.others))
    # Of the fraction below ten yen nothing is said where the rules were read: only what has none is decided.
    if rest or shared % 10:
        return not_modelled(BENEFIT, "世帯按分の端数", f"{yen(shared)}余り")
    return shared, (first, Reason(f"世帯内で按分して{yen(shared)}", share_article))


def _by_levy(facts: Facts, rule: Row) -> tuple[tuple[int, int], str]:
    if facts.per_capita_levy == 0 and facts.income_levy == 0:
        low = in_force(load(BENEFIT)["low_income"], facts.applied_on)["yen"]
        if facts.total_income <= low:
            return tuple(rule["low"]), f"市町村民税非課税、所得{yen(low)}以下"
        return tuple(rule["low_other"]), "市町村民税非課税"
    for bound, *amounts in rule["general"]:
        if facts.income_levy < bound:
            return tuple(amounts), f"市町村民税所得割額が{yen(bound)}未満"
    return tuple(rule["high"]), f"市町村民税所得割額が{yen(rule['general'][-1][0])}以上"
