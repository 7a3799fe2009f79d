"""不動産取得税: what is due on a house, and who has to declare a reduction of it. 法 = 地方税法, 令 = 地方税法施行令."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from harness.use_cases.dated_rules import OutsideTablesError, Row, in_force, load
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason, yen
from harness.use_cases.modelled import judged, not_modelled
from harness.use_cases.real_estate_acquisition_tax.facts import Facts

BENEFIT: Final = "real_estate_acquisition_tax"
_LIVING, _OTHER = "住宅", "住宅以外"


@dataclass(frozen=True, slots=True)
class _Deduction:
    """Yen taken from the price, 0 for none, and why or why not."""

    amount: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Taxed:
    """The tax in yen with every reason."""

    amount: int
    reasons: tuple[Reason, ...]


def notice_due(registered_on: date) -> date:
    """By when the 登記所 notifies the municipality: within 10 days of the registration (法382条1項)."""
    days: int = _rule("procedure", registered_on)["notice_days"]
    return registered_on + timedelta(days=days)


def decide(facts: Facts) -> Judgement:
    """軽減 (to be declared: the owner is reminded), 減免, 非課税, 免税点未満 or 課税, each with the tax in yen."""
    return judged(BENEFIT, facts.circumstances, facts.acquired_on, lambda: _decide(facts))


def _decide(facts: Facts) -> Judgement:
    procedure, words = _rule("procedure", facts.acquired_on), _rule("words", facts.acquired_on)
    if facts.cause in words["not_taxed"]:
        reason = Reason(f"{facts.cause}による取得には課さない", words["not_taxed_article"])
        return Decision(Outcome.EXEMPT, 0, facts.acquired_on, (reason,))
    if facts.cause not in (*words["built"], *words["otherwise"]):
        return not_modelled(BENEFIT, "登記原因", facts.cause)
    if facts.kind not in (*words["living"], *words["not_living"]):
        return not_modelled(BENEFIT, "家屋の種類", facts.kind)
    if facts.assisted:
        reason = Reason("生活保護を受けている取得者の税を減免する", procedure["relief_article"])
        return Decision(Outcome.RELIEVED, 0, facts.acquired_on, (reason,), ("減免の申請",))
    possible = [_deduction(facts, unused) for unused in _maybe_unused(facts)]
    if len({deduction.amount for deduction in possible}) > 1:
        return not_modelled(BENEFIT, "人の居住の用に供されたことがあるか", "、".join(map(_told, possible)))
    return _with(possible[0], facts, procedure)


def _with(deduction: _Deduction, facts: Facts, procedure: Row) -> Decision:
    full, left = _tax(facts, 0), _tax(facts, deduction.amount)
    if left.amount == full.amount:
        outcome = Outcome.TAXED if full.amount else Outcome.TOO_LITTLE
        return Decision(outcome, full.amount, facts.acquired_on, (deduction.reason, *full.reasons))
    saved = Reason(
        f"申告により{yen(full.amount - left.amount)}が軽減される", procedure["declaration_article"]
    )
    reasons = (deduction.reason, *left.reasons, saved)
    return Decision(Outcome.REDUCED, left.amount, facts.acquired_on, reasons, ("軽減の申告",))


def _maybe_unused(facts: Facts) -> tuple[bool, ...]:
    """Whether nobody has lived there yet; both where that is not known."""
    if _is_built(facts):
        return (True,)
    return (True, False) if facts.unused is None else (facts.unused,)


def _deduction(facts: Facts, unused: bool) -> _Deduction:
    if not _is_living(facts):
        reason = Reason(f"住宅でない（{facts.kind}）", _rule("new_house", facts.acquired_on)["article"])
        return _Deduction(0, reason)
    return _of_a_new_house(facts) if unused else _of_a_used_house(facts)


def _of_a_new_house(facts: Facts) -> _Deduction:
    rule = _rule("new_house", facts.acquired_on)
    least = rule["least_area_let"] if facts.let_flat else rule["least_area"]
    if not least <= facts.floor_area <= rule["largest_area"]:
        return _Deduction(0, Reason(_too(facts, least, rule["largest_area"]), rule["area_article"]))
    if facts.excellent:
        rule = _rule("excellent_house", facts.acquired_on)
    return _Deduction(
        rule["deduction"], Reason(f"新築住宅の価格から{yen(rule['deduction'])}を控除", rule["article"])
    )


def _of_a_used_house(facts: Facts) -> _Deduction:
    rule = _rule("used_house", facts.acquired_on)
    if not facts.lives_there:
        return _Deduction(0, Reason("既存住宅で、取得者の居住の用に供さない", rule["article"]))
    if not rule["least_area"] <= facts.floor_area <= rule["largest_area"]:
        return _Deduction(
            0, Reason(_too(facts, rule["least_area"], rule["largest_area"]), "令37条の18（own）")
        )
    if facts.built_on is None:
        raise OutsideTablesError("既存住宅の新築の日が分からない")
    if facts.built_on < rule["quake_proof_since"] and not facts.quake_proof:
        text = f"{rule['quake_proof_since']} より前の新築で、新耐震基準に適合する証明がない"
        return _Deduction(0, Reason(text, rule["article"]))
    rows = load(BENEFIT)["built"]
    if facts.built_on < min(row["from"] for row in rows):
        return _Deduction(0, Reason(f"{facts.built_on} の新築には控除がない", rule["article"]))
    row = in_force(rows, facts.built_on)
    text = f"{facts.built_on} に新築された住宅の価格から{yen(row['deduction'])}を控除"
    return _Deduction(row["deduction"], Reason(text, row["article"]))


def _tax(facts: Facts, deduction: int) -> _Taxed:
    """課税標準 in thousands, tax in hundreds (法20条の4の2第1項, 3項)."""
    exempt = _rule("exempt", facts.acquired_on)
    below = exempt["built"] if _is_built(facts) else exempt["otherwise"]
    base = max(0, facts.price - deduction)
    if base < below:
        return _Taxed(0, (Reason(f"課税標準となるべき額が{yen(below)}未満", exempt["article"]),))
    rate = _rule("rate", facts.acquired_on, use=_LIVING if _is_living(facts) else _OTHER)
    tax = base // 1_000 * 1_000 * rate["halves"] // 200 // 100 * 100
    return _Taxed(tax, (Reason(f"税率{rate['halves'] / 2:g}%", rate["article"]),))


def _is_built(facts: Facts) -> bool:
    return facts.cause in _rule("words", facts.acquired_on)["built"]


def _is_living(facts: Facts) -> bool:
    return facts.kind in _rule("words", facts.acquired_on)["living"]


def _too(facts: Facts, least: int, largest: int) -> str:
    area = facts.floor_area / 100
    return f"床面積{area:.2f}㎡が{least // 100}㎡以上{largest // 100}㎡以下でない"


def _told(deduction: _Deduction) -> str:
    return f"{yen(deduction.amount)}の控除: {deduction.reason.text}"


def _rule(table: str, on: date, **having: str) -> Row:
    return in_force(load(BENEFIT)[table], on, **having)
