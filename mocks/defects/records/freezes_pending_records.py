"""CON-09: a record is not corrected while an enquiry about its subject is pending."""

from mocks.defects.defect import breaks
from mocks.gateway.record_store import Record, RecordStore


class Frozen(RecordStore):
    """Holds records still while staff think."""

    def put(self, record: Record) -> None:
        """Only where nobody waits."""
        waiting = self.storage.row(
            "SELECT 1 FROM pending WHERE local_id = ? AND decision IS NULL", record.local_id
        )
        if waiting is None:
            super().put(record)


DEFECT = breaks("CON-09", "応答待ちの人の情報の訂正を採らない", records=Frozen)
