"""被災者生活再建支援金: what a household whose home was damaged is paid. 法 = 被災者生活再建支援法."""

from harness.use_cases.dated_rules import in_force, load
from harness.use_cases.decision import Decision, Outcome, Reason, yen
from harness.use_cases.disaster_relief.facts import Facts

BENEFIT = "disaster_relief"


def decide(facts: Facts) -> Decision:
    """支給 with the whole amount in yen, or 支給対象外."""
    rule = in_force(load(BENEFIT)["relief"], facts.damaged_on)
    basic = rule["basic"].get(facts.damage, 0)
    if not basic:
        reason = Reason("住家の被害が全壊・大規模半壊でない", rule["basic_article"])
        return Decision(Outcome.NOT_COVERED, 0, None, (reason,))
    further = rule["rebuilding"].get(facts.rebuilding, 0)
    reasons = [Reason(f"基礎支援金 {yen(basic)}", rule["basic_article"])]
    if further:
        reasons.append(Reason(f"加算支援金（{facts.rebuilding}） {yen(further)}", rule["rebuilding_article"]))
    amount = basic + further
    if facts.heads == 1:
        amount = amount * rule["single_percent"] // 100
        reasons.append(
            Reason(f"単数世帯のため{rule['single_percent']}%の{yen(amount)}", rule["single_article"])
        )
    return Decision(Outcome.PAID, amount, facts.damaged_on, tuple(reasons))
