"""What the network keeps: every exchange of the north face, and the provision record (番号法23条)."""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from harness.contract.messages import Header, Kind, instant, timestamp
from mocks.network.places import Places

Entry = dict[str, Any]
REPEATED = "inbox"  # what was asked: that a message is taken which is taken already


class Carriage(StrEnum):
    """What became of a message that the network was asked to carry."""

    DELIVERED = "delivered"
    REFUSED_BY_NETWORK = "refused_by_network"
    REFUSED_BY_RECIPIENT = "refused_by_recipient"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True)
class Exchange:
    """One message on the north face and what was answered. `header` and `person` are None where the message
    does not tell, `content` where no key of the bench opens it; `size` in bytes; `began`: when it came or was sent; `inner`: what was
    encrypted to the gateway under test; `side`: of two gateways under test, which one it is about."""

    direction: str
    token: str
    size: int
    header: Entry | None = None
    person: str | None = None
    content: Entry | None = None
    alteration: str | None = None
    status: int | None = None
    error: Entry | None = None
    text: str = ""
    problem: str | None = None
    seconds: float = 0.0
    began: str = ""
    inner: str | None = None
    side: str = ""


@dataclass(frozen=True)
class Asked:
    """A link code, the directory, or a message that is here already and came again, at `began` (of time.perf_counter), with
    `token`, and what was said; no `status` where no whole answer got through; `side` as of an exchange."""

    what: str
    began: float
    token: str
    status: int | None
    said: Mapping[str, object]
    side: str = ""


@dataclass
class Records:
    """Append-only, but for what was collected. Whoever waits for an exchange is woken by each new one; nobody polls.
    `moments`: when each exchange was kept, in ns since 1970 (a journal is searched for numbers of residents, which so
    long a number may hold by chance); `forgotten`: how many exchanges were collected and let go; `hear` takes what came byte by byte,
    `note` what else was asked, None where nobody keeps it; `told`: digests of directories that are on record, by the side whose it
    is; `heard`: has the gateway sent anything yet?"""

    journal: Callable[[Entry], None]
    hear: Callable[[Entry], None] | None = None
    note: Callable[[Entry], None] | None = None
    exchanges: list[Entry] = field(default_factory=list)
    provisions: list[Entry] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    forgotten: int = 0
    told: set[tuple[str, str]] = field(default_factory=set)
    heard: bool = False
    places: Places = field(default_factory=Places)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def exchange(self, exchange: Exchange) -> None:
        """Keeps one exchange and tells the journal."""
        entry = {"seq": self._last() + 1, "at": timestamp(), **vars(exchange)}
        entry |= _side(entry.pop("side"))
        self.exchanges.append(entry)
        self.heard = self.heard or exchange.direction == "from_gateway"
        self.places.add(self._last(), entry)
        self.moments.append(time.time_ns())
        self.journal(entry)
        self.changed.set()
        self.changed = asyncio.Event()

    def asked(self, asked: Asked) -> None:
        """Tells the journal. A directory that is as one before, but for its time, is told by its digest."""
        if self.note is None:
            return
        lasting = {name: value for name, value in asked.said.items() if name != "time"}
        digest = hashlib.sha256(json.dumps(lasting, sort_keys=True).encode()).hexdigest()
        known = (asked.side, digest) in self.told
        self.told.add((asked.side, digest))
        seconds = time.perf_counter() - asked.began
        began = instant(-timedelta(seconds=seconds))
        said = {
            **_side(asked.side),
            "what": asked.what,
            "began": began,
            "seconds": seconds,
            "token": asked.token,
            "status": asked.status,
        }
        self.note({**said, "response": None if known else asked.said, "digest": digest})

    def provision(self, header: Header, person: str | None, code: str | None, outcome: Carriage) -> None:
        """Keeps parties, time and information of one message, what became of it, and why it was refused."""
        requester, provider = parties(header)
        self.provisions.append(
            {
                "recorded_at": timestamp(),
                "kind": header.kind,
                "message_id": header.message_id,
                "correlation_id": header.correlation_id,
                "requester": requester,
                "provider": provider,
                "basis": {"table": header.basis.table, "item": header.basis.item},
                "affair": header.affair,
                "information": header.information,
                "person": person,
                "code": code,
                "outcome": outcome,
            }
        )

    async def wait(self, filters: Mapping[str, str], at_least: int, seconds: float) -> list[Entry]:
        """The exchanges that match, as soon as there are enough or the time is over."""
        deadline = time.monotonic() + seconds
        found: list[Entry] = []
        looked_at = 0
        while True:
            changed = self.changed
            found += [e for e in self._since(looked_at, filters) if matches(e, filters)]
            looked_at = self._last()
            left = deadline - time.monotonic()
            if len(found) >= at_least or left <= 0:
                return found
            try:
                await asyncio.wait_for(changed.wait(), left)
            except TimeoutError:
                continue

    def holds(self, token: str) -> bool:
        """Is a message that the gateway sent among the exchanges?"""
        return self.places.sent(token)

    def collect(self, after: int, limit: int) -> list[Entry]:
        """The next exchanges after a sequence number, each with `at_ns`. Lets go of those up to it, and of the provisions
        until now: an exchange says all that a provision does."""
        count = min(max(0, after - self.forgotten), len(self.exchanges))
        self.places.drop(self.exchanges[:count])
        del self.exchanges[:count], self.moments[:count]
        self.forgotten += count
        self.provisions.clear()
        start = max(0, after - self.forgotten)
        kept = zip(self.exchanges[start : start + limit], self.moments[start : start + limit], strict=True)
        return [{**entry, "at_ns": moment} for entry, moment in kept]

    def clear(self) -> None:
        """Forgets everything; the journal keeps it."""
        self.places.drop(self.exchanges)
        for kept in (self.exchanges, self.moments, self.provisions):
            kept.clear()
        self.forgotten, self.heard = 0, False

    def _since(self, seq: int, filters: Mapping[str, str]) -> list[Entry]:
        """The exchanges after a sequence number that may match."""
        about = self.places.about(filters)
        if about is None:
            return self.exchanges[max(0, seq - self.forgotten) :]
        return [self.exchanges[number - self.forgotten - 1] for number in about if number > seq]

    def _last(self) -> int:
        return self.forgotten + len(self.exchanges)


def _side(side: str) -> Entry:
    """Nothing is said of it where there is one gateway only."""
    return {"side": side} if side else {}


def parties(header: Header) -> tuple[str, str]:
    """Requester and provider of the enquiry to which a message belongs, whatever its direction."""
    is_asking = header.kind in {Kind.ENQUIRY, Kind.RECEIPT}
    there, back = (header.sender, header.recipient), (header.recipient, header.sender)
    return there if is_asking else back


def matches(entry: Entry, filters: Mapping[str, str]) -> bool:
    """Does every filter hold, of the entry itself or of its header?"""
    header = entry.get("header") or {}
    return all(value in (entry.get(name), header.get(name)) for name, value in filters.items())
