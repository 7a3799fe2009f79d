"""STO-12: without a key the oldest record is given."""

import json

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class FirstRecord(RecordStore):
    """Stops at the first row."""

    def latest(self, local_id: str, information: str) -> Items:
        """The oldest."""
        row = self.storage.row(
            "SELECT items FROM records WHERE local_id = ? AND information = ? ORDER BY seq",
            local_id,
            information,
        )
        items: Items = json.loads(row["items"]) if row else super().latest(local_id, information)
        return items


DEFECT = breaks("STO-12", "照会キーのない情報の、最初に登録したものを提供する", records=FirstRecord)
