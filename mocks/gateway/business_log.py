"""ログ管理 of the 中間インターフェース (§4-3 No.4): 業務ログ, results with personal data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from harness.contract.messages import Header, Items, timestamp
from mocks.gateway.access_log import selection
from mocks.gateway.storage import Storage, dump

_FILTERS = ("correlation_id",)


@dataclass(frozen=True)
class BusinessLog:
    """What was given and received about whom."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS business_log (
          seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, correlation_id TEXT, local_id TEXT,
          action TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS business_correlation ON business_log (correlation_id);
    """

    storage: Storage

    def gave(self, header: Header, local_id: str | None, content: Mapping[str, object]) -> None:
        """An answer or error that we give."""
        self._write("提供", header, local_id, {"to": header.recipient, **content})

    def received(self, header: Header, local_id: str, content: Mapping[str, object]) -> None:
        """An answer or error that we received."""
        self._write("取得", header, local_id, {"from": header.sender, **content})

    def decided(self, header: Header, local_id: str, decision: str, detail: Mapping[str, object]) -> None:
        """What staff decided about a pending answer, with their words."""
        self._write(decision, header, local_id, detail)

    def shown(self, lookup_id: str, local_id: str, information: str, items: Items) -> None:
        """What a resident was shown about himself or herself."""
        self._add("本人への提供", lookup_id, local_id, {"information": information, "items": items})

    def entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """Entries of schema `business-log`, newest last."""
        where, values = selection(_FILTERS, filters)
        rows = self.storage.rows(
            "SELECT recorded_at, correlation_id, local_id, action, detail FROM business_log "  # noqa: S608
            f"{where} ORDER BY seq",
            *values,
        )
        return [{**dict(row), "detail": json.loads(row["detail"])} for row in rows]

    def _write(self, action: str, header: Header, local_id: str | None, detail: Mapping[str, object]) -> None:
        self._add(action, header.correlation_id, local_id, {"information": header.information, **detail})

    def _add(
        self, action: str, correlation_id: str, local_id: str | None, detail: Mapping[str, object]
    ) -> None:
        self.storage.run(
            "INSERT INTO business_log VALUES (NULL, ?, ?, ?, ?, ?)",
            timestamp(),
            correlation_id,
            local_id,
            action,
            dump(detail),
        )
