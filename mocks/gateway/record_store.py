"""連携情報保管 (§4-3 中間インターフェース機能 No.3): the 参照用DB and what may be taken from it."""

import json
from dataclasses import dataclass, field
from sqlite3 import Row
from typing import ClassVar

from harness.contract.items import Information, informations
from harness.contract.messages import Items
from harness.contract.refusals import RefusedError
from mocks.gateway.storage import Storage, dump, dump_key

Place = tuple[str, str, str]  # 識別番号, information, key as in its column


@dataclass(frozen=True)
class Record:
    """One record of schema `record`; version None: the source counts none."""

    local_id: str
    information: str
    key: dict[str, str]
    items: Items
    reasons: dict[str, str] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True)
class RecordStore:
    """Records by 識別番号, information and key. Values stay as they were registered."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS records (
          seq INTEGER PRIMARY KEY, local_id TEXT NOT NULL, information TEXT NOT NULL, key TEXT NOT NULL,
          items TEXT NOT NULL, reasons TEXT NOT NULL, version INTEGER, UNIQUE (local_id, information, key));
    """

    storage: Storage

    def put(self, record: Record) -> None:
        """Registers or replaces one record. Raises RefusedError VERSION_STALE."""
        place = _place(record.local_id, record.information, record.key)
        self.check_version(place, record.version)
        self.storage.run(
            "DELETE FROM records WHERE local_id = ? AND information = ? AND key = ?", *place
        )  # and not REPLACE: a replaced record counts as registered last
        self.storage.run(
            "INSERT INTO records VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            *place,
            dump(self.stored(record.items)),
            dump(record.reasons),
            record.version,
        )

    def check_version(self, place: Place, version: int | None) -> None:
        """Raises RefusedError VERSION_STALE where a later version of this record is registered."""
        row = self.storage.row(
            "SELECT version FROM records WHERE local_id = ? AND information = ? AND key = ?", *place
        )
        if row and version and row["version"] and version < row["version"]:
            raise RefusedError("VERSION_STALE")

    def delete(self, local_id: str, information: str, key: dict[str, str]) -> None:
        """Deletes one record. Raises RefusedError NOT_FOUND."""
        if not self.storage.run(
            "DELETE FROM records WHERE local_id = ? AND information = ? AND key = ?",
            *_place(local_id, information, key),
        ):
            raise RefusedError("NOT_FOUND")

    def in_order(self, records: list[Record]) -> list[tuple[int, Record]]:
        """Records of a bulk request with their positions, in the order in which they are taken."""
        return list(enumerate(records))

    def reported(self, index: int, refused: RefusedError) -> dict[str, object]:
        """One row of `errors` in schema `bulk-result`."""
        return {"index": index, "code": refused.refusal.code, "reason": refused.reason}

    def stored(self, items: Items) -> Items:
        """The items as they are kept: unchanged."""
        return items

    def extract(self, local_id: str, information: str, key: dict[str, str], affair: str) -> Items:
        """What an affair may be given of the asked record. Raises RefusedError RECORD_NOT_FOUND."""
        return self.needed(self.find(local_id, information, key), information, affair)

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """All items of the asked record; the newest one where the information has no key (guide §3).

        Raises RefusedError RECORD_NOT_FOUND.
        """
        known = informations().get(information)
        if known is not None and not known.key:
            return self.latest(local_id, information)
        return _items(self._row(local_id, information, dump_key(key)))

    def latest(self, local_id: str, information: str) -> Items:
        """The record that was registered last. Raises RefusedError RECORD_NOT_FOUND."""
        return _items(self._row(local_id, information, None))

    def reasons(self, local_id: str, information: str, key: dict[str, str], items: Items) -> dict[str, str]:
        """Why those of the items are null that are, as registered with the same record."""
        known = informations().get(information)
        exactly = dump_key(key) if known is None or known.key else None
        row = self._row(local_id, information, exactly)
        reasons: dict[str, str] = json.loads(row["reasons"]) if row else {}
        return {name: reason for name, reason in reasons.items() if name in items}

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """必要最小限 (§3-2): those items that the affair uses, in the order of the item list."""
        known = informations().get(information)
        names = (*known.used_by(affair), *self.repeated(known, affair)) if known else ()
        return {name: items[name] for name in names if name in items}

    def repeated(self, information: Information, affair: str) -> tuple[str, ...]:
        """The items that contract 2 adds, in all their occurrences."""
        return information.further_used_by(affair)

    def _row(self, local_id: str, information: str, key: str | None) -> Row | None:
        """The record of exactly this key, or with None the one that was registered last."""
        clause, values = ("AND key = ?", (key,)) if key is not None else ("", ())
        return self.storage.row(
            f"SELECT * FROM records WHERE local_id = ? AND information = ? {clause} ORDER BY seq DESC LIMIT 1",  # noqa: S608
            local_id,
            information,
            *values,
        )


def _place(local_id: str, information: str, key: dict[str, str]) -> Place:
    return local_id, information, dump_key(key)


def _items(row: Row | None) -> Items:
    if row is None:
        raise RefusedError("RECORD_NOT_FOUND")
    items: Items = json.loads(row["items"])
    return items
