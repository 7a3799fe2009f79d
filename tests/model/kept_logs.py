"""The logs of a clean gateway as a test writes them: entries for what was told, numbered and sealed, and answers that show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from harness.contract.log_seal import seal
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.spans import Span
from tests.model.histories import BEGAN, Told

Entry = dict[str, Any]
LATER = 100.0  # seconds after the run began: everything that was told has its entry by then


def moment(seconds: float) -> str:
    """RFC 3339, of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Kept:
    """Entries by log, in the order in which they are written."""

    told: Told
    logs: dict[str, list[Entry]] = field(default_factory=lambda: {"access": [], "audit": [], "business": []})

    def access(self, event: str, message: Delivery | Sending, **other: Any) -> Entry:
        """Of a message; `other` members in place of what it should say."""
        header = message.header
        content: dict[str, Any] = dict(message.content or {})
        ends = (header["from"], header["to"])
        requester, provider = ends if header["kind"] in ("照会依頼", "連絡") else ends[::-1]
        code = content.get("code") if header["kind"] == "エラー" else None
        refused = message.error.get("code") if event == "拒否" and message.error else code
        entry = {
            **{name: header[name] for name in ("kind", "message_id", "correlation_id")},
            **{name: header[name] for name in ("basis", "affair", "information")},
            "event": event,
            "requester": requester,
            "provider": provider,
            "items": list(content.get("items", ()))
            if header["kind"] == "照会応答" and event != "拒否"
            else [],
            "code": refused,
        }
        return self._add("access", message.span, entry | other)

    def audit(self, span: Span, outcome: str = "成功", code: str | None = None, **other: Any) -> Entry:
        """Of something that happened within the span."""
        entry = {
            "phase": "連携確認",
            "action": "記録",
            "message_id": None,
            "correlation_id": None,
            "staff_id": None,
        }
        return self._add("audit", span, entry | {"outcome": outcome, "code": code} | other)

    def business(self, span: Span, correlation_id: object, local_id: str | None, **other: Any) -> Entry:
        """The same of the log that has no seals."""
        entry = {"correlation_id": correlation_id, "local_id": local_id, "action": "提供", "detail": {}}
        return self._add("business", span, entry | other)

    def show(
        self, log: str, query: str = "", *, at: float = LATER, entries: Iterable[Entry] | None = None
    ) -> Call:
        """An answer with everything that was written by now, or with these entries."""
        shown = [dict(entry) for entry in (self.logs[log] if entries is None else entries)]
        answer = {"entries": shown}
        return self.told.call("GET", f"/v1/logs/{log}{query}", caller="audit", answer=answer, at=at)

    def sealed(self, entries: Iterable[Mapping[str, Any]]) -> list[Entry]:
        """The same entries with numbers and seals of their own."""
        found: list[Entry] = []
        for number, entry in enumerate(entries, 1):
            bare = {name: value for name, value in entry.items() if name != "seal"} | {"seq": number}
            found.append({**bare, "seal": seal(found[-1]["seal"] if found else "", bare)})
        return found

    def _add(self, log: str, span: Span, entry: Entry) -> Entry:
        whole = {"recorded_at": moment(span.begin + (span.end - span.begin) / 2), **entry}
        self.logs[log].append(whole)
        if log != "business":
            self.logs[log][-1:] = [self._numbered(log, whole)]
        return self.logs[log][-1]

    def _numbered(self, log: str, entry: Entry) -> Entry:
        before = self.logs[log][-2]["seal"] if len(self.logs[log]) > 1 else ""
        bare = {"seq": len(self.logs[log]), **entry}
        return {**bare, "seal": seal(before, bare)}


__all__ = ["BEGAN", "LATER", "Entry", "Kept", "moment"]
