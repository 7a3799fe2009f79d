"""UC-01: a yearly amount is taken for twelve monthly ones."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class ByTheMonth(Linkage):
    """Helps the office with its arithmetic."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """年金額 of 年金給付関係情報 becomes a twelfth."""
        if enquiry.header.information == "年金給付関係情報":
            items = {n: v // 12 if n == "年金額" and isinstance(v, int) else v for n, v in items.items()}
        super().note_answer(enquiry, items, reasons)


DEFECT = breaks("UC-01", "年金の年額を、月額に直して業務システムに渡す", linkage=ByTheMonth)
