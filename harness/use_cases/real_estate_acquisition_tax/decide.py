"""不動産取得税: who qualifies for a reduction and has to declare it. 法 = 地方税法. Houses only (own)."""

from datetime import date, timedelta

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.decision import Decision, Outcome, Reason, yen
from harness.use_cases.real_estate_acquisition_tax.facts import Facts

BENEFIT = "real_estate_acquisition_tax"
NEW_BUILT, HOUSE = "新築", "居宅"


def notice_due(registered_on: date) -> date:
    """By when the 登記所 notifies the municipality: within 10 days of the registration (法382条1項)."""
    days: int = in_force(load(BENEFIT)["tax"], registered_on)["notice_days"]
    return registered_on + timedelta(days=days)


def decide(facts: Facts) -> Decision:
    """軽減 (to be declared: the owner is reminded), 減免, or 課税, each with the tax in yen."""
    rule = in_force(load(BENEFIT)["tax"], facts.acquired_on)
    full = _tax(facts.price, rule)
    if facts.assisted:
        reason = Reason("生活保護を受けている取得者の税を減免する", rule["relief_article"])
        return Decision(Outcome.RELIEVED, 0, facts.acquired_on, (reason,), ("減免の申請",))
    if facts.price < rule["exempt_below"]:
        reason = Reason(f"価格が{yen(rule['exempt_below'])}未満", rule["exempt_article"])
        return Decision(Outcome.TAXED, 0, facts.acquired_on, (reason,))
    why_not = _without(facts, rule)
    rate = Reason(f"税率{rule['rate_percent']}%", rule["rate_article"])
    if why_not:
        return Decision(Outcome.TAXED, full, facts.acquired_on, (why_not, rate))
    left = _tax(max(0, facts.price - rule["deduction"]), rule)
    reasons = (
        Reason(f"新築住宅の価格から{yen(rule['deduction'])}を控除", rule["deduction_article"]),
        rate,
        Reason(f"申告により{yen(full - left)}が軽減される", rule["declaration_article"]),
    )
    return Decision(Outcome.REDUCED, left, facts.acquired_on, reasons, ("軽減の申告",))


def _without(facts: Facts, rule: Row) -> Reason | None:
    if facts.cause != NEW_BUILT or facts.kind != HOUSE or not facts.lives_there:
        text = f"新築の居住用の家屋でない（{facts.cause}、{facts.kind}）"
        return Reason(text, rule["deduction_article"])
    if not rule["least_area"] <= facts.floor_area <= rule["largest_area"]:
        return Reason(f"床面積{facts.floor_area / 100:.2f}㎡が50㎡以上240㎡以下でない", rule["area_article"])
    return None


def _tax(price: int, rule: Row) -> int:
    """課税標準 in thousands, tax in hundreds (法20条の4の2第1項, 3項)."""
    base = price // 1_000 * 1_000
    return int(base * rule["rate_percent"] // 100 // 100 * 100)
