"""STO-21: whatever is called like an item is given, however often it occurs."""

from harness.contract.items import Information, occurrence
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore

_MOST = 100


class WithoutLimit(RecordStore):
    """Does not look how often a group may occur."""

    def repeated(self, information: Information, affair: str) -> tuple[str, ...]:
        """As many as there are."""
        used = [item.name for item in information.further_items if affair in item.used_by]
        return tuple(occurrence(name, number) for number in range(1, _MOST) for name in used)


DEFECT = breaks("STO-21", "繰り返す項目を、上限を超えて提供する", contract="2", records=WithoutLimit)
