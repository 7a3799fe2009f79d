"""Facts of a household whose home was damaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from harness.catalogue.findings import NonconformityError
from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import must_know, text

# 被害の程度 as 罹災証明関係情報 codes it.
DAMAGE: Final[Mapping[str, str]] = MappingProxyType(
    {"4": "全壊", "3": "大規模半壊", "2": "半壊", "1": "一部損壊", "0": "なし"}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A household. damage: its code as 罹災証明関係情報 has it (4 全壊, 3 大規模半壊, 2 半壊, 1 一部損壊, 0 なし); rebuilding: 建設・購入,
    補修, 賃借, or "" where nothing is decided yet. moderate: whether 半壊 is 中規模半壊, None where that is not known (no code
    tells it); demolished: 半壊 or more, and taken down because it had to be; evacuated: 長期避難世帯. circumstances: what else there
    is, by the names in rules.toml of what is not modelled. Raises ValueError for a code that there is not, or for nobody."""

    damaged_on: date
    damage: str
    heads: int
    rebuilding: str = ""
    moderate: bool | None = None
    demolished: bool = False
    evacuated: bool = False
    circumstances: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Checks the code and the household."""
        if self.damage not in DAMAGE or self.heads < 1:
            raise ValueError(f"被害の程度は {'、'.join(DAMAGE)} のいずれか、世帯員は1人以上: {self}")


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """Raises NonconformityError where the 罹災証明 is not known, or cannot be read."""
    damage = must_know(known, claim.home.claimant, "罹災証明関係情報")
    said = text(damage, "罹災した日")
    try:
        return Facts(
            damaged_on=date.fromisoformat(said),
            damage=text(damage, "被害の程度"),
            heads=len(claim.members),
            rebuilding=claim.stated.get("rebuilding", ""),
            moderate=claim.stated.get("moderate"),
            demolished=claim.stated.get("demolished", False),
            evacuated=claim.stated.get("evacuated", False),
            circumstances=claim.circumstances,
        )
    except ValueError as error:
        found = f"罹災した日が {said!r}、被害の程度が {text(damage, '被害の程度')!r}"
        raise NonconformityError("VALUE_CHANGED", found, "日付と被害の程度の区分") from error
