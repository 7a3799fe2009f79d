"""小児慢性特定疾病医療費: the decision on an application. 法 = 児童福祉法, in force from 2015-01-01."""

from harness.use_cases.chronic_disease.facts import Facts, Review
from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.decision import Decision, Outcome, Reason, yen

BENEFIT = "chronic_disease"


def decide(facts: Facts) -> Decision:
    """支給認定 with the monthly ceiling (自己負担上限月額), from the application date; refusal only after the 審査会."""
    procedure = in_force(load(BENEFIT)["procedure"], facts.applied_on)
    if not facts.certificate_meets and facts.review is Review.NOT_ASKED:
        reason = Reason("診断書では対象と認められないため、審査会に審査を求める", procedure["review_article"])
        return Decision(Outcome.TO_REVIEW, 0, None, (reason,))
    if not facts.certificate_meets and facts.review is Review.NOT_ELIGIBLE:
        reason = Reason("審査会の審査の結果、対象と認められない", procedure["review_article"])
        return Decision(Outcome.REFUSED, 0, None, (reason,))
    effect = Reason(f"申請のあった{facts.applied_on}から効力を生ずる", procedure["effect_article"])
    if facts.other_benefit:
        text = f"{facts.other_benefit}を受けることができる限度で支給しない"
        adjusted = Reason(text, procedure["other_benefit_article"])
        return Decision(Outcome.ADJUSTED, 0, facts.applied_on, (adjusted, effect))
    rule = in_force(load(BENEFIT)["ceiling"], facts.applied_on)
    limit, why = ceiling(facts, rule)
    reason = Reason(f"{why}のため、自己負担上限月額{yen(limit)}", rule["article"])
    return Decision(Outcome.APPROVED, limit, facts.applied_on, (reason, effect))


def ceiling(facts: Facts, rule: Row) -> tuple[int, str]:
    """自己負担上限月額 in yen and why. A levy at the bound belongs to the next row (令22条1項: 未満)."""
    if facts.assisted:
        return rule["assistance"], "生活保護を受けている"
    if facts.per_capita_levy == 0 and facts.income_levy == 0:
        if facts.total_income <= rule["low_income"]:
            return rule["low"], f"市町村民税非課税、所得{yen(rule['low_income'])}以下"
        return rule["low_other"], "市町村民税非課税"
    for bound, amount in rule["general"]:
        if facts.income_levy < bound:
            return amount, f"市町村民税所得割額が{yen(bound)}未満"
    return rule["high"], f"市町村民税所得割額が{yen(rule['general'][-1][0])}以上"
