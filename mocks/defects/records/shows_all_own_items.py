"""POR-01: residents are shown what the office noted beside the items."""

from harness.contract.items import informations
from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.portal import AFFAIR
from mocks.gateway.record_store import RecordStore


class OpenHanded(RecordStore):
    """Shows the whole record."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """All of it."""
        if affair == AFFAIR and information in informations():
            return items
        return super().needed(items, information, affair)


DEFECT = breaks("POR-01", "本人に、示すべきでない項目（調査のメモなど）まで示す", records=OpenHanded)
