"""連携情報保管 (§4-3 中間インターフェース機能 No.3): the 参照用DB and what may be taken from it."""

import json
from dataclasses import dataclass
from typing import Any

from harness.spec.items import informations
from harness.spec.refusals import RefusedError
from mocks.gateway.storage import Storage, dump, dump_key

Items = dict[str, Any]


@dataclass(frozen=True)
class RecordStore:
    """Records by 識別番号, information and key. Values stay as they were registered."""

    storage: Storage

    def put(self, record: dict[str, Any]) -> None:
        """Registers or replaces one record of schema `record`."""
        place = record["local_id"], record["information"], dump_key(record["key"])
        self.storage.run(
            "DELETE FROM records WHERE local_id = ? AND information = ? AND key = ?", *place
        )  # and not REPLACE: a replaced record counts as registered last
        self.storage.run(
            "INSERT INTO records VALUES (NULL, ?, ?, ?, ?)", *place, dump(self.stored(record["items"]))
        )

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
        row = self.storage.row(
            "SELECT items FROM records WHERE local_id = ? AND information = ? AND key = ?",
            local_id,
            information,
            dump_key(key),
        )
        return _items(row["items"] if row else None)

    def latest(self, local_id: str, information: str) -> Items:
        """The record that was registered last. Raises RefusedError RECORD_NOT_FOUND."""
        row = self.storage.row(
            "SELECT items FROM records WHERE local_id = ? AND information = ? ORDER BY seq DESC LIMIT 1",
            local_id,
            information,
        )
        return _items(row["items"] if row else None)

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """必要最小限 (§3-2): those items that the affair uses, in the order of the item list."""
        known = informations().get(information)
        return {n: items[n] for n in known.used_by(affair) if n in items} if known else {}


def _items(text: str | None) -> Items:
    if text is None:
        raise RefusedError("RECORD_NOT_FOUND")
    items: Items = json.loads(text)
    return items
