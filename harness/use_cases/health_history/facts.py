"""Facts of a child who moved: which 健診 and 予防接種 were done, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import text


@dataclass(frozen=True, slots=True)
class Facts:
    """A child on a day. done: item of 予防接種関係情報 or 健診関係情報, or of the 母子健康手帳 → date, "" where it was not done;
    of what is not in it nothing is known. circumstances: what else there is, by the names in rules.toml of what is not
    modelled."""

    birth_date: date
    on: date
    done: Mapping[str, object]
    circumstances: tuple[str, ...] = ()


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """Of the first child: what came, and what the 母子健康手帳 shows of what no linked item tells. Raises NonconformityError
    for a date that cannot be read."""
    child = claim.home.children[0]
    linked = {
        name: text(items, name)
        for information in ("健診関係情報", "予防接種関係情報")
        for items in (known(child, information) or {},)
        for name in items
        if name.endswith(("接種日", "受診日"))
    }
    return Facts(
        child.birth_date, claim.day, {**claim.stated.get("handbook", {}), **linked}, claim.circumstances
    )
