"""連携確認 (§4-3 中間インターフェース機能 No.1): parse and build messages, 自動/手動, 処理状況, time-outs."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from sqlite3 import Row
from typing import Any, ClassVar

from harness.contract.messages import Header, Items, Kind, Message, new_id, timestamp
from harness.contract.processing_status import enquiry_status
from harness.contract.refusals import RefusedError
from mocks.gateway.network_connection import expiry
from mocks.gateway.storage import Storage, dump
from mocks.gateway.wishes import EnquiryWish
from mocks.web.http_json import must_meet


class Handling(StrEnum):
    """How an enquiry of a partner is answered (§2-4)."""

    AUTOMATIC = "自動"
    MANUAL = "手動"


@dataclass(frozen=True)
class Enquiry:
    """An enquiry of our own, with its outcome as far as known."""

    enquiry_id: str
    local_id: str
    header: Header
    status: str
    error: dict[str, str] | None = None
    items: Items | None = None
    reasons: dict[str, str] | None = None


@dataclass(frozen=True)
class Pending:
    """A partner's enquiry that waits for staff."""

    seq: int
    header: Header
    key: dict[str, str]
    local_id: str
    received_at: str


@dataclass(frozen=True)
class Linkage:
    """Enquiries in both directions; nothing is sent from here. `opened` wakes whoever watches the time-outs."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS handling (
          scope TEXT NOT NULL, key TEXT NOT NULL, mode TEXT NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY (scope, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS pending (
          seq INTEGER PRIMARY KEY, correlation_id TEXT NOT NULL, header TEXT NOT NULL, key TEXT NOT NULL,
          local_id TEXT NOT NULL, received_at TEXT NOT NULL, expires REAL NOT NULL, decision TEXT);
        CREATE INDEX IF NOT EXISTS pending_open ON pending (correlation_id) WHERE decision IS NULL;
        CREATE TABLE IF NOT EXISTS enquiries (
          enquiry_id TEXT PRIMARY KEY, correlation_id TEXT NOT NULL UNIQUE, local_id TEXT NOT NULL,
          header TEXT NOT NULL, status TEXT NOT NULL, error TEXT, items TEXT, reasons TEXT,
          expires REAL NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS enquiries_open ON enquiries (status, expires);
    """

    organisation: str
    storage: Storage
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    # Requests and messages

    def check_request(self, schema: str, body: Any) -> None:
        """Does a request follow the contract? Raises RefusedError INVALID_REQUEST."""
        must_meet(schema, body)

    def enquiry_header(self, wish: EnquiryWish, role: str, link_code: str) -> Header:
        """The header of a 照会依頼."""
        return Header.enquiry(**wish.opening(self.organisation, role, link_code))

    def answer(
        self, asked: Header, link_code: str, items: Items, reasons: dict[str, str] | None = None
    ) -> Message:
        """The 照会応答 to an enquiry, with the reasons of items that are null."""
        content = {"items": items, **({"reasons": reasons} if reasons else {})}
        return Message(asked.reply(Kind.ANSWER, link_code), content)

    def error(self, asked: Header, refused: RefusedError) -> Message:
        """The エラー to an enquiry; its link code is ours already, the network has translated it."""
        return Message(asked.reply(Kind.ERROR, asked.link_code), refused.content())

    def answer_to_refused(self, pending: Pending) -> Message:
        """What goes out when staff refuse. Their words stay here: they may tell why, e.g. DV (own)."""
        return self.error(pending.header, RefusedError("REFUSED_BY_STAFF"))

    # 自動/手動

    def set_handling(self, scope: str, key: str, mode: str, reason: str) -> None:
        """Switches a subject, an affair or an information; what waits already keeps waiting."""
        self.storage.run("INSERT OR REPLACE INTO handling VALUES (?, ?, ?, ?)", scope, key, mode, reason)

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Does any of the three ask for a manual answer?"""
        scopes = (("subject", local_id), ("affair", header.affair), ("information", header.information))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)

    def handling(self, scope: str, key: str) -> str:
        """How one of them is answered: 自動 where nobody switched it."""
        row = self.storage.row("SELECT mode FROM handling WHERE scope = ? AND key = ?", scope, key)
        return str(row["mode"]) if row else Handling.AUTOMATIC

    def put_aside(self, asked: Message, local_id: str) -> None:
        """Puts a partner's enquiry on the list of those that wait for staff."""
        self.storage.run(
            "INSERT INTO pending VALUES (NULL, ?, ?, ?, ?, ?, ?, NULL)",
            asked.header.correlation_id,
            dump(asked.header.to_wire()),
            dump(asked.content["key"]),
            local_id,
            timestamp(),
            expiry(asked.header),
        )

    def pending(self, now: float) -> list[Pending]:
        """What waits for staff, oldest first; what has expired cannot be answered any more and is left out."""
        rows = self.storage.rows(
            "SELECT * FROM pending WHERE decision IS NULL AND expires > ? ORDER BY seq", now
        )
        return [_pending(row) for row in rows]

    def decide(self, correlation_id: str, decision: str, now: float) -> Pending:
        """Takes the oldest one of this id off the list. Raises RefusedError NOT_FOUND."""
        row = self.storage.row(
            "SELECT * FROM pending WHERE correlation_id = ? AND decision IS NULL AND expires > ? ORDER BY seq",
            correlation_id,
            now,
        )
        if row is None:
            raise RefusedError("NOT_FOUND")
        self.storage.run("UPDATE pending SET decision = ? WHERE seq = ?", decision, row["seq"])
        return _pending(row)

    # 処理状況

    def open_enquiry(self, local_id: str, header: Header) -> Enquiry:
        """Stores a new enquiry as 受付."""
        enquiry = Enquiry(new_id(), local_id, header, enquiry_status().begins)
        self.storage.run(
            "INSERT INTO enquiries VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL, ?)",
            enquiry.enquiry_id,
            header.correlation_id,
            local_id,
            dump(header.to_wire()),
            enquiry.status,
            expiry(header),
        )
        self.opened.set()
        return enquiry

    def enquiry(self, enquiry_id: str) -> Enquiry:
        """An enquiry by its id. Raises RefusedError NOT_FOUND."""
        row = self.storage.row("SELECT * FROM enquiries WHERE enquiry_id = ?", enquiry_id)
        if row is None:
            raise RefusedError("NOT_FOUND")
        return _enquiry(row)

    def result(self, enquiry_id: str) -> Enquiry:
        """An enquiry that was answered. Raises RefusedError NOT_FOUND or NOT_READY."""
        enquiry = self.enquiry(enquiry_id)
        if enquiry.status != outcome("answered"):
            raise RefusedError("NOT_READY")
        return enquiry

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """The enquiry that an answer or error belongs to.

        Raises RefusedError NOT_FOUND where partner, information or subject are not those that were asked.
        """
        row = self.storage.row("SELECT * FROM enquiries WHERE correlation_id = ?", header.correlation_id)
        found = _enquiry(row) if row else None
        if found is None or not self.is_answered(found.header, header):
            raise RefusedError("NOT_FOUND")
        return found

    def is_answered(self, asked: Header, header: Header) -> bool:
        """Does an answer come from whom, about whom and of what was asked?"""
        same = (self.same_partner(asked, header), self.same_subject(asked, header))
        return all(same) and self.same_information(asked, header)

    def same_partner(self, asked: Header, header: Header) -> bool:
        """From whom was asked?"""
        return asked.recipient == header.sender

    def same_subject(self, asked: Header, header: Header) -> bool:
        """About whom was asked? By our own link code."""
        return asked.link_code == header.link_code

    def same_information(self, asked: Header, header: Header) -> bool:
        """Of what was asked?"""
        return asked.information == header.information

    def note_sent(self, correlation_id: str) -> None:
        """The network took the enquiry."""
        sent = enquiry_status().transitions["sent"]
        self.storage.run(
            "UPDATE enquiries SET status = ? WHERE correlation_id = ? AND status IN (SELECT value FROM json_each(?))",
            sent.to,
            correlation_id,
            dump(sent.sources),
        )

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """The answer is there; the first outcome of an enquiry stands."""
        self._note_outcome(replace(enquiry, status=outcome("answered"), items=items, reasons=reasons))

    def note_error(self, enquiry: Enquiry, error: dict[str, str]) -> None:
        """The partner answered with an error."""
        self._note_outcome(replace(enquiry, status=outcome("failed"), error=error))

    def note_undeliverable(self, correlation_id: str, error: dict[str, str]) -> None:
        """The network refused the enquiry for good; its error object is kept as it is."""
        row = self.storage.row("SELECT * FROM enquiries WHERE correlation_id = ?", correlation_id)
        if row is not None:
            self._note_outcome(replace(_enquiry(row), status=outcome("failed"), error=error))

    def expire(self, now: float) -> Sequence[Enquiry]:
        """Turns unanswered enquiries whose time has passed into 期限切れ; returns them."""
        rows = self.storage.rows(
            "SELECT * FROM enquiries WHERE status IN (SELECT value FROM json_each(?)) AND expires <= ?",
            dump(enquiry_status().open),
            now,
        )
        expired = [replace(_enquiry(row), status=outcome("expired")) for row in rows]
        for enquiry in expired:
            self._note_outcome(enquiry)
        return expired

    def next_expiry(self) -> float | None:
        """When the next unanswered enquiry expires, in seconds since 1970."""
        row = self.storage.row(
            "SELECT expires FROM enquiries WHERE status IN (SELECT value FROM json_each(?)) ORDER BY expires LIMIT 1",
            dump(enquiry_status().open),
        )
        return float(row["expires"]) if row else None

    def _note_outcome(self, enquiry: Enquiry) -> None:
        self.storage.run(
            "UPDATE enquiries SET status = ?, error = ?, items = ?, reasons = ? "
            "WHERE enquiry_id = ? AND status IN (SELECT value FROM json_each(?))",
            enquiry.status,
            dump(enquiry.error) if enquiry.error else None,
            dump(enquiry.items) if enquiry.items is not None else None,
            dump(enquiry.reasons) if enquiry.reasons else None,
            enquiry.enquiry_id,
            dump(enquiry_status().open),
        )


def outcome(event: str) -> str:
    """The 処理状況 that an event leads to."""
    return enquiry_status().transitions[event].to


def _enquiry(row: Row) -> Enquiry:
    return Enquiry(
        row["enquiry_id"],
        row["local_id"],
        Header.from_wire(json.loads(row["header"])),
        row["status"],
        json.loads(row["error"]) if row["error"] else None,
        json.loads(row["items"]) if row["items"] else None,
        json.loads(row["reasons"]) if row["reasons"] else None,
    )


def _pending(row: Row) -> Pending:
    header = Header.from_wire(json.loads(row["header"]))
    return Pending(row["seq"], header, json.loads(row["key"]), row["local_id"], row["received_at"])
