"""STO-13: where an affair uses no item, it is given all."""

from harness.contract.items import informations
from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class AllOrNothing(RecordStore):
    """Takes an empty list for no limit."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """All, where the list of items says nothing."""
        known = informations().get(information)
        names = known.used_by(affair) if known else ()
        return super().needed(items, information, affair) if names or not known else items


DEFECT = breaks("STO-13", "使う項目のない事務に、すべての項目を提供する", records=AllOrNothing)
