"""UC-02: a flag that must not be shown lightly is never shown as set."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class Discreet(RecordStore):
    """Spares residents the embarrassment."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """受給の有無 of 生活保護関係情報 is 0."""
        found = super().needed(items, information, affair)
        if information == "生活保護関係情報":
            return {n: "0" if n == "受給の有無" else v for n, v in found.items()}
        return found


DEFECT = breaks("UC-02", "生活保護の受給の有無を、いつも無として提供する", records=Discreet)
