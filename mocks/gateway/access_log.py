"""ログ管理 of the 連携インターフェース (§4-3 No.5): アクセス記録 (番号法23条) and 監査ログ. No personal data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, ClassVar

from harness.contract.log_seal import seal
from harness.contract.messages import Header, Kind, Message, parse_timestamp, timestamp
from harness.contract.refusals import Refusal
from mocks.gateway.storage import Storage, dump

_ACCESS_FILTERS = ("correlation_id", "message_id")
_AUDIT_FILTERS = (*_ACCESS_FILTERS, "staff_id")


@dataclass(frozen=True)
class Acted:
    """What an audit entry knows of who did what to which message; None where unknown."""

    action: str
    message_id: str | None = None
    correlation_id: str | None = None
    staff_id: str | None = None


@dataclass(frozen=True)
class AccessLog:
    """Both logs of the 連携IF. Entries are only ever added."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS access_log (
          seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, message_id TEXT NOT NULL, correlation_id TEXT NOT NULL,
          entry TEXT NOT NULL, seal TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS access_message ON access_log (message_id);
        CREATE INDEX IF NOT EXISTS access_correlation ON access_log (correlation_id);
        CREATE TABLE IF NOT EXISTS audit_log (
          seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, message_id TEXT, correlation_id TEXT, staff_id TEXT,
          entry TEXT NOT NULL, seal TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS audit_message ON audit_log (message_id);
        CREATE INDEX IF NOT EXISTS audit_correlation ON audit_log (correlation_id);
        CREATE INDEX IF NOT EXISTS audit_staff ON audit_log (staff_id);
    """

    storage: Storage

    def sent(self, message: Message) -> None:
        """A message that the network took."""
        self._access("送信", message.header, message.content, message.content.get("code"))

    def accepted(self, message: Message) -> None:
        """A message that we accepted."""
        self._access("受信", message.header, message.content, message.content.get("code"))

    def refused(self, header: Header, refusal: Refusal) -> None:
        """A message that we refused after its outer signature verified (checks 4 to 12)."""
        self._access("拒否", header, {}, refusal.code)

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """A refusal, on either face or by staff."""
        self._audit(refusal.phase, acted, "拒否", refusal.code)

    def audit_success(self, phase: str, acted: Acted) -> None:
        """Something that was let happen."""
        self._audit(phase, acted, "成功", None)

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """Entries of schema `access-log`, newest last."""
        return self._entries("access_log", _ACCESS_FILTERS, filters)

    def audit_entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """Entries of schema `audit-log`, newest last."""
        return self._entries("audit_log", _AUDIT_FILTERS, filters)

    def sealed(self, previous: str, entry: dict[str, object]) -> str:
        """The seal of a new entry (guide §7)."""
        return seal(previous, entry)

    def _access(self, event: str, header: Header, content: dict[str, Any], code: str | None) -> None:
        requester, provider = parties(header)
        items = list(content.get("items", {})) if header.kind == Kind.ANSWER else []
        entry = {
            "event": event,
            "kind": header.kind,
            "message_id": header.message_id,
            "correlation_id": header.correlation_id,
            "requester": requester,
            "provider": provider,
            "basis": {"table": header.basis.table, "item": header.basis.item},
            "affair": header.affair,
            "information": header.information,
            "items": items,
            "code": code,
        }
        self._append("access_log", _ACCESS_FILTERS, entry)

    def _audit(self, phase: str, acted: Acted, outcome: str, code: str | None) -> None:
        entry = {
            "phase": phase,
            "action": acted.action,
            "message_id": acted.message_id,
            "correlation_id": acted.correlation_id,
            "staff_id": acted.staff_id,
            "outcome": outcome,
            "code": code,
        }
        self._append("audit_log", _AUDIT_FILTERS, entry)

    def _append(self, log: str, filters: tuple[str, ...], entry: Mapping[str, object]) -> None:
        """One entry after the last, sealed together with it."""
        last = self.storage.row(f"SELECT seq, seal FROM {log} ORDER BY seq DESC LIMIT 1")  # noqa: S608
        seq, previous = (last["seq"] + 1, last["seal"]) if last else (1, "")
        whole = {"seq": seq, "recorded_at": timestamp(), **entry}
        values = [whole["recorded_at"], *(entry[name] for name in filters)]
        blanks = ", ".join("?" for _ in [seq, *values, 0, 0])
        self.storage.run(
            f"INSERT INTO {log} (seq, recorded_at, {', '.join(filters)}, entry, seal) VALUES ({blanks})",  # noqa: S608
            seq,
            *values,
            dump(whole),
            self.sealed(previous, whole),
        )

    def _entries(self, log: str, names: tuple[str, ...], filters: dict[str, str]) -> list[dict[str, object]]:
        where, values = selection(names, filters)
        rows = self.storage.rows(f"SELECT entry, seal FROM {log} {where} ORDER BY seq", *values)  # noqa: S608
        return [{**json.loads(row["entry"]), "seal": row["seal"]} for row in rows]


def parties(header: Header) -> tuple[str, str]:
    """Codes of requester and provider of the enquiry that a message belongs to; a 連絡 comes from its provider."""
    if header.kind in {Kind.ENQUIRY, Kind.RECEIPT}:
        return header.sender, header.recipient
    return header.recipient, header.sender


def selection(names: tuple[str, ...], filters: dict[str, str]) -> tuple[str, list[str]]:
    """The WHERE clause for those filters that a log knows, and its values; since and until bound recorded_at."""
    known = [(f"{n} = ?", filters[n]) for n in names if n in filters]
    bounds = (("recorded_at >= ?", "since"), ("recorded_at < ?", "until"))
    known += [(clause, _moment(filters[n])) for clause, n in bounds if n in filters]
    clauses = " AND ".join(clause for clause, _ in known)
    return (f"WHERE {clauses}" if known else ""), [value for _, value in known]


def _moment(text: str) -> str:
    """A moment in the form in which entries have it; what is none comes before all and after none of them."""
    try:
        moment = parse_timestamp(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
