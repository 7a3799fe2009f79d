"""ログ管理 of the 連携インターフェース (§4-3 No.5): アクセス記録 (番号法23条) and 監査ログ. No personal data."""

import json
from dataclasses import dataclass
from typing import Any

from harness.spec.messages import Header, Kind, Message, timestamp
from harness.spec.refusals import Refusal
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

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, Any]]:
        """Entries of schema `access-log`, newest last."""
        where, values = selection(_ACCESS_FILTERS, filters)
        rows = self.storage.rows(f"SELECT * FROM access_log {where} ORDER BY seq", *values)  # noqa: S608
        entries = [{k: row[k] for k in row.keys() if k != "seq"} for row in rows]  # noqa: SIM118
        return [e | {"basis": json.loads(e["basis"]), "items": json.loads(e["items"])} for e in entries]

    def audit_entries(self, filters: dict[str, str]) -> list[dict[str, Any]]:
        """Entries of schema `audit-log`, newest last."""
        where, values = selection(_AUDIT_FILTERS, filters)
        rows = self.storage.rows(f"SELECT * FROM audit_log {where} ORDER BY seq", *values)  # noqa: S608
        return [{k: row[k] for k in row.keys() if k != "seq"} for row in rows]  # noqa: SIM118

    def _access(self, event: str, header: Header, content: dict[str, Any], code: str | None) -> None:
        requester, provider = parties(header)
        items = list(content.get("items", {})) if header.kind == Kind.ANSWER else []
        self.storage.run(
            "INSERT INTO access_log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            timestamp(),
            event,
            header.kind,
            header.message_id,
            header.correlation_id,
            requester,
            provider,
            dump({"table": header.basis.table, "item": header.basis.item}),
            header.affair,
            header.information,
            dump(items),
            code,
        )

    def _audit(self, phase: str, acted: Acted, outcome: str, code: str | None) -> None:
        self.storage.run(
            "INSERT INTO audit_log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            timestamp(),
            phase,
            acted.action,
            acted.message_id,
            acted.correlation_id,
            acted.staff_id,
            outcome,
            code,
        )


def parties(header: Header) -> tuple[str, str]:
    """Codes of requester and provider of the enquiry that a message belongs to; a 連絡 comes from its provider."""
    if header.kind in {Kind.ENQUIRY, Kind.RECEIPT}:
        return header.sender, header.recipient
    return header.recipient, header.sender


def selection(names: tuple[str, ...], filters: dict[str, str]) -> tuple[str, list[str]]:
    """The WHERE clause for those filters that a log knows, and its values."""
    known = [n for n in names if n in filters]
    clause = " AND ".join(f"{n} = ?" for n in known)
    return (f"WHERE {clause}" if known else ""), [filters[n] for n in known]
