"""STO-08: of duplicates in one request the first counts."""

from mocks.defects.defect import breaks
from mocks.gateway.record_store import Record, RecordStore


class FirstDuplicate(RecordStore):
    """Works off a stack."""

    def in_order(self, records: list[Record]) -> list[tuple[int, Record]]:
        """Last first."""
        return super().in_order(records)[::-1]


DEFECT = breaks("STO-08", "一括登録の重複の先のものを採る", records=FirstDuplicate)
