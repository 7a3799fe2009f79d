"""JF-01: amounts that arrive are cut to thousands of yen."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class ThousandsOnly(Linkage):
    """Keeps amounts as its ledger does, in thousands of yen."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """Whole thousands."""
        cut = {n: v // 1000 * 1000 if isinstance(v, int) and v >= 1000 else v for n, v in items.items()}
        super().note_answer(enquiry, cut, reasons)


DEFECT = breaks("JF-01", "届いた金額の千円未満を切り捨てて業務システムに渡す", linkage=ThousandsOnly)
