"""JF-03: a grade of disability arrives as none."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class NoGrades(Linkage):
    """Fills a code that it has no column for."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """障害等級 becomes 0."""
        super().note_answer(enquiry, {n: "0" if n == "障害等級" else v for n, v in items.items()}, reasons)


DEFECT = breaks("JF-03", "届いた障害等級を、いつもなしとして業務システムに渡す", linkage=NoGrades)
