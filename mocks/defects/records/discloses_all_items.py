"""STO-01: the list of items that an affair uses is not applied."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class OpenHandedStore(RecordStore):
    """Gives the whole record."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """All items."""
        return items


DEFECT = breaks("STO-01", "事務に必要な項目に限らず、登録された全項目を提供する", records=OpenHandedStore)
