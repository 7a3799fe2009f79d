"""Facts of the acquisition of a house: what the register and the valuation say, and what the owner shows."""

from dataclasses import dataclass
from datetime import date

from harness.catalogue.findings import NonconformityError
from harness.use_cases.claim import Claim, Items, Knowledge
from harness.use_cases.reading import is_paid, must_know, text, whole


@dataclass(frozen=True, slots=True)
class Facts:
    """One acquisition. price: 評価額 in yen; floor_area: hundredths of a square metre; built_on: when the house was built.

    unused: nobody has lived in it yet, None where that is not known (what was built now is unused); let_flat: a 貸家 that
    is no detached house; excellent: a 認定長期優良住宅; quake_proof: certified to meet 新耐震基準. circumstances: what else
    there is, by the names in rules.toml of what is not modelled.
    """

    acquired_on: date
    cause: str
    kind: str
    floor_area: int
    price: int
    lives_there: bool
    assisted: bool = False
    built_on: date | None = None
    unused: bool | None = None
    let_flat: bool = False
    excellent: bool = False
    quake_proof: bool = False
    circumstances: tuple[str, ...] = ()


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """Raises NonconformityError where register or valuation are not known, or an item cannot be read."""
    owner = claim.home.claimant
    registered = must_know(known, owner, "登記関係情報")
    valued = must_know(known, owner, "固定資産評価関係情報")
    return Facts(
        acquired_on=claim.day,
        cause=text(registered, "登記原因"),
        kind=text(registered, "家屋の種類"),
        floor_area=whole(registered, "床面積"),
        price=whole(valued, "評価額"),
        lives_there=text(valued, "居住の有無") == "1",
        assisted=is_paid(known(owner, "生活保護関係情報")),
        built_on=_day(valued, "建築年月日"),
        unused=claim.stated.get("unused"),
        circumstances=claim.circumstances,
    )


def _day(items: Items, name: str) -> date:
    said = text(items, name)
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise NonconformityError("VALUE_CHANGED", f"{name} が {said!r}", "日付") from error
