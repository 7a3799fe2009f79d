"""JF-02: a pension that is paid arrives as none."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class NoPensions(Linkage):
    """Fills a flag that it has no column for."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """受給の有無 becomes 0."""
        super().note_answer(enquiry, {n: "0" if n == "受給の有無" else v for n, v in items.items()}, reasons)


DEFECT = breaks("JF-02", "届いた公的年金の受給の有無を、いつも無として業務システムに渡す", linkage=NoPensions)
