"""PF通信 (§4-3 連携インターフェース機能 No.2): the durable hand-over between 連携IF and 中間IF, both ways."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from sqlite3 import Row
from typing import ClassVar

from harness.contract.messages import Header, Message
from mocks.gateway.storage import Storage, dump


@dataclass(frozen=True)
class Handed:
    """One row of a queue. `token` holds the bytes of an outward message that was sealed already; messages of one
    `lane` are sent one after the other."""

    seq: int
    message: Message
    token: str | None = None
    lane: str | None = None


@dataclass(frozen=True)
class PlatformMessaging:
    """Two queues in the database; the events wake the worker of each. States: waiting → done, failed."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS inward (
          seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, header TEXT NOT NULL, content TEXT,
          state TEXT NOT NULL DEFAULT 'waiting');
        CREATE INDEX IF NOT EXISTS inward_id ON inward (message_id);
        CREATE INDEX IF NOT EXISTS inward_waiting ON inward (seq) WHERE state = 'waiting';
        CREATE TABLE IF NOT EXISTS outward (
          seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, header TEXT NOT NULL, content TEXT,
          token TEXT, lane TEXT, state TEXT NOT NULL DEFAULT 'waiting');
        CREATE INDEX IF NOT EXISTS outward_waiting ON outward (seq) WHERE state = 'waiting';
    """

    storage: Storage
    inward_arrived: asyncio.Event = field(default_factory=asyncio.Event)
    outward_arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def hand_inward(self, message: Message) -> None:
        """連携IF → 中間IF: an accepted message."""
        self.storage.run(
            "INSERT INTO inward (message_id, header, content) VALUES (?, ?, ?)", *_columns(message)
        )
        self.inward_arrived.set()

    def was_handed_inward(self, message_id: str) -> bool:
        """Was a message of this id accepted before?"""
        return self.storage.row("SELECT 1 FROM inward WHERE message_id = ?", message_id) is not None

    def waiting_inward(self) -> list[Handed]:
        """What the 中間IF has not worked on yet, oldest first."""
        return _handed(
            self.storage.rows("SELECT * FROM inward WHERE state = 'waiting' ORDER BY seq LIMIT 100")
        )

    def settle_inward(self, handed: Handed) -> None:
        """The 中間IF is through with a message. Its content goes: it lives on in the function that took it."""
        self.storage.run("UPDATE inward SET state = 'done', content = NULL WHERE seq = ?", handed.seq)

    def set_inward_aside(self, handed: Handed) -> None:
        """The 中間IF cannot work on a message: it keeps its content for the operator and holds up no other."""
        self.storage.run("UPDATE inward SET state = 'failed' WHERE seq = ?", handed.seq)

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """中間IF → 連携IF: a message to be sent."""
        self.storage.run(
            "INSERT INTO outward (message_id, header, content, lane) VALUES (?, ?, ?, ?)",
            *_columns(message),
            lane,
        )
        self.outward_arrived.set()

    def waiting_outward(self, after: int) -> list[Handed]:
        """What the 連携IF has not delivered yet and was handed over after a sequence number."""
        return _handed(
            self.storage.rows("SELECT * FROM outward WHERE state = 'waiting' AND seq > ? ORDER BY seq", after)
        )

    def sealed_before(self, handed: Handed) -> str | None:
        """The bytes that left at an earlier attempt: a retry sends the same ones (guide §4)."""
        return handed.token

    def keep_sealed(self, handed: Handed, token: str) -> None:
        """Keeps the bytes before they first leave, so that every retry sends the same ones (guide §4)."""
        self.storage.run("UPDATE outward SET token = ? WHERE seq = ?", token, handed.seq)

    def settle_outward(self, handed: Handed, state: str = "done") -> None:
        """The 連携IF is through with a message, delivered or given up."""
        self.storage.run(
            "UPDATE outward SET state = ?, content = NULL, token = NULL WHERE seq = ?", state, handed.seq
        )


def _columns(message: Message) -> tuple[str, str, str]:
    return message.header.message_id, dump(message.header.to_wire()), dump(message.content)


def _handed(rows: Iterable[Row]) -> list[Handed]:
    return [_read(row) for row in rows]


def _read(row: Row) -> Handed:
    message = Message(Header.from_wire(json.loads(row["header"])), json.loads(row["content"]))
    outward = "token" in row.keys()  # noqa: SIM118  # sqlite3.Row is no mapping
    return Handed(row["seq"], message, row["token"] if outward else None, row["lane"] if outward else None)
