"""UC-01: an item that came blank is taken for one that did not come."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class NothingIsNothing(Linkage):
    """Keeps what is something."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """Without blank texts."""
        super().note_answer(enquiry, {n: v for n, v in items.items() if v != ""}, reasons)


DEFECT = breaks("UC-01", "届いた空の項目を、業務システムに渡さない", linkage=NothingIsNothing)
