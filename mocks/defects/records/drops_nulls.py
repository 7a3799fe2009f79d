"""STO-10: items that are null do not arrive."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class NullDropping(RecordStore):
    """Has nothing to say about nothing."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """Those that have a value."""
        found = super().needed(items, information, affair)
        return {name: value for name, value in found.items() if value is not None}


DEFECT = breaks("STO-10", "値のない項目を応答から落とす", records=NullDropping)
