"""STO-12: without a key the oldest record is given."""

import json
from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-12"
SUMMARY = "照会キーのない情報の、最初に登録したものを提供する"


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


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(FirstRecord, functions.records))
