"""STO-06: what exceeds a cap is confirmed and lost."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "STO-06"
SUMMARY = "一人の情報を40件までしか登録しない"


class Capped(RecordStore):
    """Has room for a few."""

    def put(self, record: dict[str, Any]) -> None:
        """Forty records a resident."""
        row = self.storage.row("SELECT count(*) AS many FROM records WHERE local_id = ?", record["local_id"])
        if row is None or row["many"] < CAP:
            super().put(record)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Capped, functions.records))


CAP = 40
