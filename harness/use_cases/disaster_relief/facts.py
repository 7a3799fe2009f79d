"""Facts of a household whose home was damaged."""

from dataclasses import dataclass
from datetime import date

from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import must_know, text


@dataclass(frozen=True, slots=True)
class Facts:
    """A household. damage: 被害の程度 as 罹災証明関係情報 codes it (4 全壊, 3 大規模半壊, 2 半壊, 1 一部損壊, 0 なし);
    rebuilding: 建設・購入, 補修, 賃借, or "" where nothing is decided yet."""

    damaged_on: date
    damage: str
    heads: int
    rebuilding: str = ""


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """Raises NonconformityError where the 罹災証明 is not known, or cannot be read."""
    damage = must_know(known, claim.home.claimant, "罹災証明関係情報")
    return Facts(
        damaged_on=claim.day,
        damage=text(damage, "被害の程度"),
        heads=len(claim.members),
        rebuilding=claim.stated.get("rebuilding", ""),
    )
