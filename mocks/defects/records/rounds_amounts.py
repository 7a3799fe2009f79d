"""STO-04: amounts are kept in units of 1,000 yen, as printed tables have them."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class RoundingStore(RecordStore):
    """Counts in thousands."""

    def stored(self, items: Items) -> Items:
        """Amounts of 1,000 yen and more lose their last three digits."""
        return {k: v // 1000 * 1000 if isinstance(v, int) and v >= 1000 else v for k, v in items.items()}


DEFECT = breaks("STO-04", "金額を千円単位に丸めて保管する", records=RoundingStore)
