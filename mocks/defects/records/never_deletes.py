"""STO-17: a deleted record is still given."""

from typing import Any

from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class Unforgetting(RecordStore):
    """Keeps everything."""

    def delete(self, place: dict[str, Any]) -> None:
        """Nothing."""


DEFECT = breaks("STO-17", "削除した情報を提供する", records=Unforgetting)
