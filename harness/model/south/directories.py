"""Which organisations a gateway may take for those that there are (guide §4): what it fetched, and keeps."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from harness.contract.law import versions
from harness.contract.organisations import network_organisation, organisations
from harness.model.history.exchanges import Fetch
from harness.model.history.history import History
from harness.model.history.spans import Span

Kinds = Mapping[str, str]  # code of an organisation → its kind
KNOWN_WITHIN: Final = 65.0  # seconds: a minute, and what an answer takes on its way
_ALWAYS: Final = float("-inf")


@dataclass(frozen=True)
class Directories:
    """`seen`: every directory that differs from those before, kinds and tables, with the moment from which the gateway may have it, the
    first being what it may have kept from before; `told`: each time that it got one; `held`: moments at which it certainly did; `lost`:
    moments at which it may have lost it."""

    seen: tuple[tuple[float, Kinds, frozenset[str]], ...]
    told: tuple[tuple[Span, Kinds, frozenset[str]], ...]
    held: tuple[float, ...]
    lost: tuple[float, ...]

    @classmethod
    def of(cls, history: History) -> Self:
        """As it fetched them. One process of a gateway may have an older one than another, as nothing says when it is fetched anew."""
        bench = {code: party.kind for code, party in organisations().items()}
        bench.pop(network_organisation().code)
        seen: list[tuple[float, Kinds, frozenset[str]]] = [(_ALWAYS, bench, frozenset(versions()))]
        good = sorted((f for f in history.fetches if f.directory is not None), key=lambda f: f.span.end)
        for fetch in good:
            told = (_kinds(fetch), _tables(fetch))
            if all(told != tuple(known) for _, *known in seen):
                seen.append((fetch.span.begin, *told))
        held = tuple(fetch.span.end for fetch in good)
        said = tuple((fetch.span, _kinds(fetch), _tables(fetch)) for fetch in good)
        return cls(tuple(seen), said, held, tuple(sorted(restart.span.end for restart in history.restarts)))

    def possible(self, during: Span) -> tuple[Kinds, ...]:
        """Those that it may go by."""
        return tuple(kinds for begin, kinds, _ in self.seen if begin <= during.end)

    def recent(self, during: Span) -> tuple[Kinds, ...]:
        """The same where a change has to be known within a minute (guide §12 directory-age), whichever process of a gateway is asked."""
        over = bisect_left(self.held, during.begin - KNOWN_WITHIN)
        late = [kinds for span, kinds, _ in self.told[max(over - 1, 0) :] if span.begin <= during.end]
        found = late if over else [self.seen[0][1], *late]
        return tuple(kinds for i, kinds in enumerate(found) if kinds not in found[:i])

    def names(self, table: str, during: Span) -> bool:
        """Does each of them name this version of the table as one in force?"""
        return all(table in tables for begin, _, tables in self.seen if begin <= during.end)

    def has_one(self, during: Span) -> bool:
        """It certainly has one: it got it in this run, and was not killed since."""
        before = bisect_left(self.held, during.begin)
        if not before:
            return False
        killed = bisect_left(self.lost, during.end)
        return not killed or self.lost[killed - 1] < self.held[before - 1]


def _tables(fetch: Fetch) -> frozenset[str]:
    said = (fetch.directory or {}).get("tables")
    return frozenset(map(str, said)) if isinstance(said, list) else frozenset()


def _kinds(fetch: Fetch) -> Kinds:
    parties = (fetch.directory or {}).get("organisations")
    found: dict[str, str] = {}
    for party in parties if isinstance(parties, list) else ():
        if isinstance(party, Mapping):
            found[str(party.get("code"))] = str(party.get("kind"))
    return found
