"""STO-06: what exceeds a cap is confirmed and lost."""

from mocks.defects.defect import breaks
from mocks.gateway.record_store import Record, RecordStore


class Capped(RecordStore):
    """Has room for a few."""

    def put(self, record: Record) -> None:
        """Forty records a resident."""
        row = self.storage.row("SELECT count(*) AS many FROM records WHERE local_id = ?", record.local_id)
        if row is None or row["many"] < CAP:
            super().put(record)


CAP = 40


DEFECT = breaks("STO-06", "一人の情報を40件までしか登録しない", records=Capped)
