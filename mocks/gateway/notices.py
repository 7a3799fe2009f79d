"""連絡 (§3-4 連携形態): information that nobody asked for, sent, acknowledged by 受領, delivered once."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from sqlite3 import Row
from typing import ClassVar

from harness.contract.messages import Header, Items, Message, new_id, timestamp
from harness.contract.processing_status import notice_status
from harness.contract.refusals import RefusedError
from mocks.gateway.network_connection import expiry
from mocks.gateway.storage import Storage, dump
from mocks.gateway.wishes import NoticeWish


@dataclass(frozen=True)
class Notice:
    """A 連絡 of our own."""

    notice_id: str
    local_id: str
    header: Header
    items: Items
    status: str
    error: dict[str, str] | None = None


@dataclass(frozen=True)
class Notices:
    """連絡 in both directions; nothing is sent from here. `opened` wakes whoever watches the times."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS notices (
          notice_id TEXT PRIMARY KEY, correlation_id TEXT NOT NULL UNIQUE, local_id TEXT NOT NULL,
          header TEXT NOT NULL, items TEXT NOT NULL, status TEXT NOT NULL, error TEXT,
          redeliver_at REAL NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS received_notices (
          seq INTEGER PRIMARY KEY, correlation_id TEXT NOT NULL, sender TEXT NOT NULL, header TEXT NOT NULL,
          items TEXT NOT NULL, local_id TEXT NOT NULL, received_at TEXT NOT NULL, UNIQUE (correlation_id, sender));
    """

    organisation: str
    storage: Storage
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    def header(self, wish: NoticeWish, role: str, link_code: str) -> Header:
        """The header of a 連絡."""
        return Header.notice(**wish.opening(self.organisation, role, link_code))

    def open(self, local_id: str, header: Header, items: Items, redeliver_at: float) -> Notice:
        """Stores a new 連絡 as 受付."""
        notice = Notice(new_id(), local_id, header, items, notice_status().begins)
        self.storage.run(
            "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            notice.notice_id,
            header.correlation_id,
            local_id,
            dump(header.to_wire()),
            dump(items),
            notice.status,
            redeliver_at,
            expiry(header),
        )
        self.opened.set()
        return notice

    def notice(self, notice_id: str) -> Notice:
        """A 連絡 of ours. Raises RefusedError NOT_FOUND."""
        return _found(self.storage.row("SELECT * FROM notices WHERE notice_id = ?", notice_id))

    def answered_by(self, header: Header) -> Notice:
        """The 連絡 that a 受領 or エラー belongs to. Raises RefusedError NOT_FOUND where we sent none like it."""
        row = self.storage.row("SELECT * FROM notices WHERE correlation_id = ?", header.correlation_id)
        notice = _found(row)
        if (notice.header.recipient, notice.header.link_code) != (header.sender, header.link_code):
            raise RefusedError("NOT_FOUND")
        return notice

    def note(self, correlation_id: str, event: str, error: dict[str, str] | None = None) -> None:
        """What happened to a 連絡, as an event of its 処理状況."""
        transition = notice_status().transitions[event]
        self.storage.run(
            "UPDATE notices SET status = ?, error = ? WHERE correlation_id = ? AND status IN (SELECT value FROM json_each(?))",
            transition.to,
            dump(error) if error else None,
            correlation_id,
            dump(transition.sources),
        )

    def due(self, now: float) -> list[Notice]:
        """What waited for its 受領 long enough; each is named once."""
        rows = self.storage.rows(
            "SELECT * FROM notices WHERE status = ? AND redeliver_at <= ? AND expires > ?",
            notice_status().transitions["sent"].to,
            now,
            now,
        )
        for row in rows:
            self.storage.run("UPDATE notices SET redeliver_at = 1e18 WHERE notice_id = ?", row["notice_id"])
        return [_notice(row) for row in rows]

    def again(self, notice: Notice) -> Message:
        """The same 連絡 as a new message of the same correlation id."""
        header = replace(notice.header, message_id=new_id(), sent_at=timestamp())
        return Message(header, {"items": notice.items})

    def expire(self, now: float) -> None:
        """Turns what was not acknowledged in time into 期限切れ."""
        expired = notice_status().transitions["expired"]
        self.storage.run(
            "UPDATE notices SET status = ? WHERE status IN (SELECT value FROM json_each(?)) AND expires <= ?",
            expired.to,
            dump(expired.sources),
            now,
        )

    def next_moment(self) -> float | None:
        """When something is due or expires, in seconds since 1970."""
        row = self.storage.row(
            "SELECT min(min(redeliver_at, expires)) AS moment FROM notices WHERE status IN (SELECT value FROM json_each(?))",
            dump(notice_status().open),
        )
        return float(row["moment"]) if row and row["moment"] is not None else None

    def keep(self, message: Message, local_id: str) -> None:
        """A 連絡 that arrived; the same one again is kept once."""
        header = message.header
        self.storage.run(
            "INSERT OR IGNORE INTO received_notices VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            header.correlation_id,
            header.sender,
            dump(header.to_wire()),
            dump(message.content["items"]),
            local_id,
            timestamp(),
        )

    def received(self, correlation_id: str | None) -> list[dict[str, object]]:
        """Rows of schema `received-notices`, oldest first."""
        rows = self.storage.rows("SELECT * FROM received_notices ORDER BY seq")
        wanted = [r for r in rows if correlation_id in (None, r["correlation_id"])]
        return [_received(row) for row in wanted]


def _received(row: Row) -> dict[str, object]:
    header = json.loads(row["header"])
    known = {name: header[name] for name in ("correlation_id", "from", "affair", "information")}
    about = {"local_id": row["local_id"], "received_at": row["received_at"]}
    return {**known, **about, "items": json.loads(row["items"])}


def _found(row: Row | None) -> Notice:
    if row is None:
        raise RefusedError("NOT_FOUND")
    return _notice(row)


def _notice(row: Row) -> Notice:
    return Notice(
        row["notice_id"],
        row["local_id"],
        Header.from_wire(json.loads(row["header"])),
        json.loads(row["items"]),
        row["status"],
        json.loads(row["error"]) if row["error"] else None,
    )
