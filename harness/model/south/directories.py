"""Which organisations a gateway may take for those that there are (guide §4): what it fetched, and keeps."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from harness.contract.organisations import network_organisation, organisations
from harness.model.history.exchanges import Fetch
from harness.model.history.history import History
from harness.model.history.spans import Span

Kinds = Mapping[str, str]  # code of an organisation → its kind
_ALWAYS: Final = float("-inf")


@dataclass(frozen=True)
class Directories:
    """`seen`: every directory that differs from those before, with the moment from which the gateway may have it, the first being what
    it may have kept from before; `held`: moments at which it certainly got one; `lost`: moments at which it may have lost it."""

    seen: tuple[tuple[float, Kinds], ...]
    held: tuple[float, ...]
    lost: tuple[float, ...]

    @classmethod
    def of(cls, history: History) -> Self:
        """As it fetched them. One process of a gateway may have an older one than another, as nothing says when it is fetched anew."""
        bench = {code: party.kind for code, party in organisations().items()}
        bench.pop(network_organisation().code)
        seen: list[tuple[float, Kinds]] = [(_ALWAYS, bench)]
        good = sorted((f for f in history.fetches if f.directory is not None), key=lambda f: f.span.end)
        for fetch in good:
            kinds = _kinds(fetch)
            if all(kinds != known for _, known in seen):
                seen.append((fetch.span.begin, kinds))
        held = tuple(fetch.span.end for fetch in good)
        return cls(tuple(seen), held, tuple(sorted(restart.span.end for restart in history.restarts)))

    def possible(self, during: Span) -> tuple[Kinds, ...]:
        """Those that it may go by."""
        return tuple(kinds for begin, kinds in self.seen if begin <= during.end)

    def has_one(self, during: Span) -> bool:
        """It certainly has one: it got it in this run, and was not killed since."""
        before = bisect_left(self.held, during.begin)
        if not before:
            return False
        killed = bisect_left(self.lost, during.end)
        return not killed or self.lost[killed - 1] < self.held[before - 1]


def _kinds(fetch: Fetch) -> Kinds:
    parties = (fetch.directory or {}).get("organisations")
    found: dict[str, str] = {}
    for party in parties if isinstance(parties, list) else ():
        if isinstance(party, Mapping):
            found[str(party.get("code"))] = str(party.get("kind"))
    return found
