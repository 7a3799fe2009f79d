"""The network's directory, and which of those that were told a gateway may hold at a moment (guide §4)."""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final, Self

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from harness.contract.journal_entries import Said
from harness.contract.messages import CLOCK_SECONDS, parse_timestamp
from harness.model.history.exchanges import Fetch
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.patience import Patience
from harness.model.state.register import UNKNOWN, Unknown

_PUBLIC: Final = ("kty", "crv", "x", "y", "kid")
_NEED_NOT: Final = 5.0  # seconds within which nobody has to ask again
_NEVER: Final = float("-inf")
_ON_ITS_WAY: Final = (
    5.0  # seconds: the record shows when the network answered, not when the gateway had read it
)


@dataclass(frozen=True)
class SignatureKey:
    """A signature key under its kid. `valid_from`, `valid_until`: in seconds since 1970, without bounds for a present key;
    `further`: one of `further_keys`."""

    kid: str
    key: ECKey
    valid_from: float = float("-inf")
    valid_until: float = float("inf")
    revoked: bool = False
    further: bool = False

    def validity(self, during: Span) -> tuple[bool, ...]:
        """May it be valid within a span, and may it not? Clocks differ by so much."""
        begin, end = during.begin - CLOCK_SECONDS, during.end + CLOCK_SECONDS
        if self.revoked or self.valid_from > end or self.valid_until <= begin:
            return (False,)
        return (True,) if self.valid_from <= begin and self.valid_until > end else (True, False)


@dataclass(frozen=True)
class Party:
    """An organisation of the directory, or the network itself."""

    code: str
    kind: str
    keys: tuple[SignatureKey, ...]

    def keys_under(self, kid: object) -> tuple[SignatureKey, ...]:
        """Those of a kid."""
        return tuple(key for key in self.keys if key.kid == kid)


@dataclass(frozen=True)
class Directory:
    """`tables`: the versions in force."""

    network: Party
    organisations: Mapping[str, Party]
    tables: frozenset[str]

    @classmethod
    def of(cls, said: Said) -> Self:
        """From an object of schema `directory`; of anything else, what can be read."""
        rows = said.get("organisations")
        parties = [_party(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        network, tables = said.get("network"), said.get("tables")
        return cls(
            _party(network if isinstance(network, Mapping) else {}),
            {party.code: party for party in parties},
            frozenset(map(str, tables)) if isinstance(tables, list) else frozenset(),
        )


Held = Directory | Unknown | None


@dataclass(frozen=True)
class Directories:
    """What was told, by the moment at which it was. The last one that a gateway fetched takes the place of the one before; nobody
    says how long one that is kept may be used, nor that it is forgotten when the gateway is killed. Before the first a gateway has
    none, or the same of a run before."""

    told: tuple[tuple[Span, Directory], ...]
    ends: tuple[float, ...]
    earliest: tuple[float, ...]
    begun: tuple[float, ...]
    kills: Patience
    different: int

    @classmethod
    def of(cls, history: History) -> Self:
        """As the answers to its fetches tell."""
        known = _Known({}, {})
        fetches = sorted(history.fetches, key=lambda fetch: fetch.span.end)
        told = tuple(
            (Span(fetch.span.begin, _read_by(fetch, history)), known.of(fetch.directory))
            for fetch in fetches
            if fetch.directory is not None
        )
        begins = [span.begin for span, _ in told]
        return cls(
            told,
            tuple(span.end for span, _ in told),
            tuple(reversed(tuple(accumulate(reversed(begins), min)))),
            tuple(accumulate(begins, max)),
            history.once(Patience.of),
            len(known.by_content),
        )

    def possible(self, during: Span) -> tuple[Held, ...]:
        """Those that it may hold within a span, each once, the most likely last; None for none."""
        over = bisect_left(self.ends, during.begin)  # how many fetches were over by then
        last = self.begun[over - 1] if over else _NEVER
        found: list[Held] = []
        # It may have been killed since it last fetched one.
        if not over or self.kills.meets(Span(last, during.end)):
            found.append(None)
        if not over:
            found.append(self.told[0][1] if self.told else UNKNOWN)
        if self.different == 1 and over:
            return (*found, self.told[0][1])
        for directory in self._current(last, during):
            if directory not in found:
                found.append(directory)
        return tuple(found)

    def _current(self, last: float, during: Span) -> Iterator[Directory]:
        for place in range(bisect_left(self.ends, last), len(self.told)):
            if self.earliest[place] > during.end:
                return
            span, directory = self.told[place]
            if span.begin <= during.end:
                yield directory


@dataclass(frozen=True)
class Asking:
    """When the gateway asked for the directory, whatever it was told; in order."""

    begins: tuple[float, ...]
    ends: tuple[float, ...]

    @classmethod
    def of(cls, history: History) -> Self:
        """As the network recorded it."""
        spans = sorted(fetch.span for fetch in history.fetches)
        return cls(tuple(span.begin for span in spans), tuple(sorted(span.end for span in spans)))

    def just_before(self, during: Span) -> bool:
        """Within a span, or so shortly before it that it need not ask again (guide §12 directory-age)?"""
        place = bisect_left(self.ends, during.begin - _NEED_NOT - _ON_ITS_WAY)
        return place < len(self.ends) and self.begins[place] <= during.end


def _read_by(fetch: Fetch, history: History) -> float:
    """When the gateway had read what it fetched, at the latest: nobody reads on who was killed since."""
    again = (restart.span.end for restart in history.restarts if restart.span.begin > fetch.span.end)
    return min(fetch.span.end + _ON_ITS_WAY, min(again, default=float("inf")))


@dataclass(frozen=True)
class _Known:
    """Directories that differ in more than the time, each once: by the object of the history, and by what it says."""

    by_object: dict[int, Directory]
    by_content: dict[str, Directory]

    def of(self, said: Said) -> Directory:
        if id(said) not in self.by_object:
            content = {name: value for name, value in said.items() if name != "time"}
            text = json.dumps(content, sort_keys=True, default=str)
            self.by_object[id(said)] = self.by_content.setdefault(text, Directory.of(content))
        return self.by_object[id(said)]


def _party(row: Said) -> Party:
    keys, further = row.get("keys"), row.get("further_keys")
    present = keys.get("signature") if isinstance(keys, Mapping) else None
    found = [_key(present, {})] if isinstance(present, Mapping) else []
    entries = [entry for entry in further if isinstance(entry, Mapping)] if isinstance(further, list) else []
    found += [_key(key, entry) for entry in entries if isinstance(key := entry.get("key"), Mapping)]
    return Party(str(row.get("code")), str(row.get("kind")), tuple(key for key in found if key is not None))


def _key(jwk: Said, entry: Said) -> SignatureKey | None:
    """None for what is no key."""
    kid = str(jwk.get("kid"))
    try:
        key = _imported(*(str(jwk.get(name)) for name in _PUBLIC))
        if not entry:
            return SignatureKey(kid, key)
        start, end = (_moment(entry.get(name)) for name in ("valid_from", "valid_until"))
    except (JoseError, ValueError):
        return None
    return SignatureKey(kid, key, start, end, entry.get("revoked") is True, further=True)


@lru_cache(maxsize=1024)  # a directory is fetched again and again, and its keys stay the same
def _imported(*values: str) -> ECKey:
    public: dict[str, str | list[str]] = dict(zip(_PUBLIC, values, strict=True))
    return ECKey.import_key(public)


def _moment(text: object) -> float:
    return parse_timestamp(str(text)).timestamp()
