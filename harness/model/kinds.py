"""Kinds of exchange: what a run did with the gateway, counted; and which of them a gateway takes part in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, NorthEntry, PollEntry, SouthEntry, is_north, is_south
from harness.contract.messages import Kind
from harness.model.south.requests import REQUESTS, Declarable, Strange, request_of

ENOUGH: Final = 300  # of a kind: a fault in one of 100 is found with 95% (ln 0.05 / ln 0.99 = 298.07)
_OTHER: Final = "ほか"  # what the contract does not list: it has to be refused
_SENT, _RECEIVED = "送信", "受信"
_ASKING, _PROVIDING, _NOTICES = ("roles", "照会側"), ("roles", "応答側"), ("roles", "連絡")
_NORTH: Final[Mapping[tuple[str, str], tuple[Declarable, ...]]] = MappingProxyType(
    {
        (_SENT, Kind.ENQUIRY): (_ASKING,),
        (_RECEIVED, Kind.ANSWER): (_ASKING,),
        (_RECEIVED, Kind.ENQUIRY): (_PROVIDING,),
        (_SENT, Kind.ANSWER): (_PROVIDING,),
        (_SENT, Kind.NOTICE): (_NOTICES,),
        (_RECEIVED, Kind.RECEIPT): (_NOTICES,),
        (_RECEIVED, Kind.NOTICE): (_NOTICES,),
        (_SENT, Kind.RECEIPT): (_NOTICES,),
        (_RECEIVED, Kind.ERROR): (_ASKING,),
        (_SENT, Kind.ERROR): (_PROVIDING,),
        (_RECEIVED, _OTHER): (),
    }
)


@dataclass(frozen=True)
class Few:
    """A kind of which there were fewer than ENOUGH. `lacks`: what the gateway does not declare of what it needs, list and name."""

    kind: str
    exchanges: int
    lacks: tuple[Declarable, ...]


def kinds(entries: Iterable[AnyEntry]) -> dict[str, int]:
    """Kind → how many exchanges of it."""
    found = Counter(kind for entry in entries if (kind := _kind(entry)))
    return dict(sorted(found.items()))


def few(counts: Mapping[str, int], declares: Mapping[str, tuple[str, ...]]) -> tuple[Few, ...]:
    """Kinds of the contract that came too seldom, or not at all."""
    return tuple(
        Few(kind, count, tuple(need for need in needs if need[1] not in declares.get(need[0], ())))
        for kind, needs in contract_kinds().items()
        if (count := counts.get(kind, 0)) < ENOUGH
    )


@cache
def contract_kinds() -> Mapping[str, tuple[Declarable, ...]]:
    """Every kind that the contract has → what must be declared for it to come to more than a refusal."""
    south = {f"南側 {_named(request.method, request.path)}": request.needs for request in REQUESTS}
    north = {f"北側 {way} {kind}": needs for (way, kind), needs in _NORTH.items()}
    return MappingProxyType({**south, f"南側 {_OTHER}": (), **north})


def _kind(entry: AnyEntry) -> str:
    if is_north(entry):
        return _north(entry)
    if is_south(entry):
        return _south(entry)
    return _south(entry) if entry["type"] == Entry.POLL else ""


def _north(entry: NorthEntry) -> str:
    kind = (entry["header"] or {}).get("kind")
    way = _SENT if entry["direction"] == "from_gateway" else _RECEIVED
    return f"北側 {way} {kind if kind in set(Kind) else _OTHER}"


def _south(entry: SouthEntry | PollEntry) -> str:
    found = request_of(entry["method"], entry["path"].partition("?")[0])
    return f"南側 {_OTHER}" if isinstance(found, Strange) else f"南側 {_named(found.method, found.path)}"


@cache
def _named(method: str, path: str) -> str:
    """What the path names is any."""
    return f"{method} " + "/".join("{id}" if part.startswith("{") else part for part in path.split("/"))
