"""STO-21: what repeats is given once."""

from harness.contract.items import Information
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class OneOfEach(RecordStore):
    """Knows items by their names alone."""

    def repeated(self, information: Information, affair: str) -> tuple[str, ...]:
        """The first occurrence."""
        return tuple(item.name for item in information.further_items if affair in item.used_by)


DEFECT = breaks("STO-21", "繰り返す項目の、1回目だけを提供する", contract="2", records=OneOfEach)
