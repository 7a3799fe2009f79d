"""STO-15: items that a record lacks are given as zero."""

from harness.contract.items import informations
from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class Filling(RecordStore):
    """Fills every column."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """Every needed item."""
        known = informations().get(information)
        names = known.used_by(affair) if known else ()
        return {name: items.get(name, 0) for name in names}


DEFECT = breaks("STO-15", "登録のない項目を0で補う", records=Filling)
