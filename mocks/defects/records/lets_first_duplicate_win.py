"""STO-08: of duplicates in one request the first counts."""

from typing import Any

from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class FirstDuplicate(RecordStore):
    """Works off a stack."""

    def in_order(self, records: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
        """Last first."""
        return super().in_order(records)[::-1]


DEFECT = breaks("STO-08", "一括登録の重複の先のものを採る", records=FirstDuplicate)
