"""CON-09: a record is not corrected while an enquiry about its subject is pending."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "CON-09"
SUMMARY = "応答待ちの人の情報の訂正を採らない"


class Frozen(RecordStore):
    """Holds records still while staff think."""

    def put(self, record: dict[str, Any]) -> None:
        """Only where nobody waits."""
        waiting = self.storage.row(
            "SELECT 1 FROM pending WHERE local_id = ? AND decision IS NULL", record["local_id"]
        )
        if waiting is None:
            super().put(record)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Frozen, functions.records))
