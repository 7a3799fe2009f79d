"""STO-17: a deleted record is still given."""

from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class Unforgetting(RecordStore):
    """Keeps everything."""

    def delete(self, local_id: str, information: str, key: dict[str, str]) -> None:
        """Nothing."""


DEFECT = breaks("STO-17", "削除した情報を提供する", records=Unforgetting)
