"""Who is competent for an affair: the words of 別表第二, and the acts by which somebody else stands in for whom they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from harness.contract.extensions import merged
from harness.contract.law.phrases import phrases_in
from harness.contract.organisations import Organisation, attributes

_ITSELF: Final = "別表第二"


@dataclass(frozen=True)
class Competence:
    """By which `article` whoever has one of the attributes `holders` is competent in place of, or beside, a `party` of the table, in
    whatever one of `matters` is said of (none: in everything), from `since` and before `until` (empty: always). `own`: what of it is
    this project's reading."""

    party: str
    holders: frozenset[str]
    article: str
    matters: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    own: str = ""

    def holds(self, matter: str, day: str) -> bool:
        """On a day (YYYY-MM-DD, empty: on any), for an affair or information."""
        in_force = not day or (self.since <= day and not (self.until and self.until <= day))
        return in_force and (not self.matters or any(word in matter for word in self.matters))


@cache
def competences() -> tuple[Competence, ...]:
    """Parties of the tables first, then who stands in for them."""
    document = merged("law", "competence.toml")
    bodies = (Competence(name, frozenset({name}), _ITSELF) for name in document["bodies"])
    return (*bodies, *(_read(row) for name in ("party", "delegation") for row in document[name]))


def holders(party: str, matter: str, day: str) -> frozenset[str]:
    """Attributes, one of which an organisation must have to be competent: `party` as it stands in the table; what nobody has
    read is the body of that name."""
    named = phrases_in(party, tuple(one.party for one in competences() if not one.matters))
    found = (one.holders for one in competences() if one.party in named and one.holds(matter, day))
    return frozenset().union(*found) or frozenset({party})


def is_competent(organisation: Organisation, holding: frozenset[str], day: str) -> bool:
    """Has it, on a day, one of the attributes that make competent?"""
    return not holding.isdisjoint(attributes(organisation, day))


def _read(row: Mapping[str, object]) -> Competence:
    told = {name: str(row[name]) for name in ("article", "since", "until", "own") if name in row}
    matters, holding = row.get("matters", ()), row["holders"]
    return Competence(
        party=str(row.get("phrase") or row["party"]),
        holders=frozenset(map(str, holding if isinstance(holding, list) else ())),
        matters=tuple(map(str, matters if isinstance(matters, list) else ())),
        **told,
    )
