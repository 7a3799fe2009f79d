"""What the network keeps: every exchange of the north face, and the provision record (番号法23条)."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from harness.spec.messages import Header, Kind, timestamp

Entry = dict[str, Any]


@dataclass
class Records:
    """Append-only. Whoever waits for an exchange is woken by each new one; nobody polls."""

    journal: Callable[[Entry], None]
    exchanges: list[Entry] = field(default_factory=list)
    provisions: list[Entry] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def exchange(self, entry: Entry) -> None:
        """Keeps one exchange and tells the journal."""
        entry = {"seq": len(self.exchanges) + 1, "at": timestamp(), **entry}
        self.exchanges.append(entry)
        self.journal(entry)
        self.changed.set()
        self.changed = asyncio.Event()

    def provision(self, header: Header, person: str | None, code: str | None) -> None:
        """Keeps parties, time and information of one message, and why it was refused if it was."""
        asking = header.kind in {Kind.ENQUIRY, Kind.NOTICE}
        self.provisions.append(
            {
                "recorded_at": timestamp(),
                "kind": header.kind,
                "message_id": header.message_id,
                "correlation_id": header.correlation_id,
                "requester": header.sender if asking else header.recipient,
                "provider": header.recipient if asking else header.sender,
                "basis": {"table": header.basis.table, "item": header.basis.item},
                "affair": header.affair,
                "information": header.information,
                "person": person,
                "code": code,
            }
        )

    async def wait(self, filters: dict[str, str], at_least: int, seconds: float) -> list[Entry]:
        """The exchanges that match, as soon as there are enough or the time is over."""
        deadline = time.monotonic() + seconds
        while True:
            changed = self.changed
            found = [e for e in self.exchanges if matches(e, filters)]
            left = deadline - time.monotonic()
            if len(found) >= at_least or left <= 0:
                return found
            try:
                await asyncio.wait_for(changed.wait(), left)
            except TimeoutError:
                continue


def matches(entry: Entry, filters: dict[str, str]) -> bool:
    """Does every filter hold, of the entry itself or of its header?"""
    header = entry.get("header") or {}
    return all(value in {entry.get(name), header.get(name)} for name, value in filters.items())
