"""Facts of the acquisition of a house: what the register and the valuation say."""

from dataclasses import dataclass
from datetime import date

from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import is_paid, must_know, text, whole


@dataclass(frozen=True, slots=True)
class Facts:
    """One acquisition. price: 評価額 in yen; floor_area: hundredths of a square metre."""

    acquired_on: date
    cause: str
    kind: str
    floor_area: int
    price: int
    lives_there: bool
    assisted: bool = False


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
    )
