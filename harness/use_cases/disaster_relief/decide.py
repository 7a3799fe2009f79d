"""被災者生活再建支援金: what a household whose home was damaged is paid. 法 = 被災者生活再建支援法."""

from typing import Final

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason, yen
from harness.use_cases.disaster_relief.facts import DAMAGE, Facts
from harness.use_cases.modelled import judged, not_modelled

BENEFIT: Final = "disaster_relief"
_DESTROYED, _HALF = "全壊", "半壊"


def decide(facts: Facts) -> Judgement:
    """支給 with the whole amount in yen, or 支給対象外."""
    return judged(BENEFIT, facts.circumstances, facts.damaged_on, lambda: _decide(facts))


def _decide(facts: Facts) -> Judgement:
    rule, damage = in_force(load(BENEFIT)["relief"], facts.damaged_on), DAMAGE[facts.damage]
    if facts.rebuilding and facts.rebuilding not in rule["rebuilding"]:
        return not_modelled(BENEFIT, "再建の方法", facts.rebuilding)
    as_destroyed = facts.evacuated or (facts.demolished and (damage in rule["basic"] or damage == _HALF))
    if facts.demolished and not as_destroyed:
        return not_modelled(BENEFIT, "半壊に至らない住家の解体", damage)
    if damage == _HALF and not as_destroyed and rule["moderate"]:
        if facts.moderate is None:
            return not_modelled(BENEFIT, "中規模半壊かどうか", damage)
        if facts.moderate:
            return _paid(facts, rule, (), "moderate")
    basic = rule["basic"].get(_DESTROYED if as_destroyed else damage, 0)
    if not basic:
        reason = Reason("住家の被害が全壊・大規模半壊でない", rule["basic_article"])
        return Decision(Outcome.NOT_COVERED, 0, None, (reason,))
    first = Reason(f"基礎支援金 {yen(basic)}", rule["basic_article"])
    return _paid(facts, rule, (first,), "rebuilding", basic)


def _paid(facts: Facts, rule: Row, reasons: tuple[Reason, ...], table: str, basic: int = 0) -> Decision:
    further, article = rule[table].get(facts.rebuilding, 0), rule[f"{table}_article"]
    amount = basic + further
    if further:
        text = f"加算支援金（{facts.rebuilding}） {yen(further)}"
        reasons = (*reasons, Reason(text, article))
    if not amount:
        reason = Reason("中規模半壊の世帯が再建の方法を決めていない", article)
        return Decision(Outcome.NOT_COVERED, 0, None, (reason,))
    if facts.heads == 1:
        amount = amount * rule["single_percent"] // 100
        text = f"単数世帯のため{rule['single_percent']}%の{yen(amount)}"
        reasons = (*reasons, Reason(text, rule["single_article"]))
    return Decision(Outcome.PAID, amount, facts.damaged_on, reasons)
