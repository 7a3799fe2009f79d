"""Who and what a story is about: a few residents, two informations on either side, and whatever came of it so far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self, TypeVar

from harness.contract.items import informations
from harness.contract.messages import Value
from harness.explore.vocabulary import PEOPLE
from harness.stimuli.citations import Citation
from harness.stimuli.south_requests import Body
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.values import value

T = TypeVar("T")
_KEYS = ("2012", "平成24年度")
_MORE = (
    (),
    ("枝",),
)  # of an information without key there may be several records all the same: the last one counts (guide §3)


@dataclass(frozen=True)
class Arrived:
    """A message of a counterpart. `life`: seconds; `taken`: the inbox said 202."""

    message_id: str
    correlation_id: str
    who: int
    kind: int
    life: int
    taken: bool


@dataclass(frozen=True)
class Asked:
    """What the gateway submitted, by the ids that it gave. `answered`: the partner will; `passes`: its time is over within the story;
    `sent`: so many messages go out where nobody answers."""

    id: str
    answered: bool
    correlation_id: str | None = None
    passes: bool = False
    sent: int = 1


@dataclass
class Cast:
    """`provides`, `asks`: a citation for each kind of information; `refused`: about whom the network may refuse a message."""

    stage: Stage
    residents: Sequence[Resident]
    provides: Sequence[Citation]
    asks: Sequence[Citation]
    enquiries: list[Asked] = field(default_factory=list)
    notices: list[Asked] = field(default_factory=list)
    batches: list[Asked] = field(default_factory=list)
    arrived: list[Arrived] = field(default_factory=list)
    told: list[Arrived] = field(default_factory=list)
    sessions: list[tuple[str, int]] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, stage: Stage, lane: int = 0) -> Self:
        """New residents, unknown to the gateway. `lane`: one of harness.explore.lanes."""
        provides, asks = stage.citations(asks=False), stage.citations(asks=True)
        return cls(stage, stage.residents(PEOPLE), pairs(provides)[lane], pair(asks))

    def names(self) -> Iterator[str]:
        """Ids of residents, and of what came of the story."""
        for resident in self.residents:
            yield from (resident.ref, resident.local_id)
        for message in (*self.arrived, *self.told):
            yield from (message.message_id, message.correlation_id)
        for asked in (*self.enquiries, *self.notices, *self.batches):
            yield from filter(None, (asked.id, asked.correlation_id))
        yield from (session for session, _ in self.sessions)

    def at(self, who: int) -> Resident:
        """Who that is; after the last comes the first."""
        return self.residents[who % len(self.residents)]

    def place(self, who: int, kind: int, key: int) -> Body:
        """Where a record stands."""
        information = self.provides[kind].information
        names = informations()[information].key or _MORE[key]
        return {
            "local_id": self.at(who).local_id,
            "information": information,
            "key": dict.fromkeys(names, _KEYS[key]),
        }

    def items(self, information: str, content: int) -> dict[str, Value]:
        """The same for the same seed, whatever was done before; the simplest can be read by whoever is shown a failure."""
        known = informations()[information].items[:6]
        if content == 0:
            return {item.name: f"{item.name}の値" for item in known}
        draw = Random(f"{self.stage.seed}/{information}/{content}")  # noqa: S311  # chance that comes again
        return {item.name: value(draw, item) for item in known}


def newest(found: Sequence[T], last: int) -> T | None:
    """The newest, the one before, …; None where there are not so many."""
    return found[-1 - last] if last < len(found) else None


def id_of(said: Mapping[str, Any] | None, name: str) -> str | None:
    """What a gateway may have called it."""
    found = said.get(name) if said else None
    return found if isinstance(found, str) else None


def pair(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """One about an information without key and one about another with, where there are such; else whatever there is."""
    plain = [c for c in citations if not informations()[c.information].key]
    keyed = [c for c in citations if informations()[c.information].key]
    found = [*plain[:1], *keyed[:1], *citations]
    return tuple((found * 2)[:2])


def pairs(citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """As many as there are of which none has an affair of another, or an information but for the one with a key."""
    found, rest = [pair(citations)], list(citations)
    while rest:
        had = {citation.affair for one in found for citation in one}
        held = {one[0].information for one in found}
        rest = [c for c in rest if c.affair not in had and c.information not in held]
        plain = next((c for c in rest if not informations()[c.information].key), None)
        if plain is None:
            return found
        found.append(pair([c for c in rest if c.affair == plain.affair]))
    return found
