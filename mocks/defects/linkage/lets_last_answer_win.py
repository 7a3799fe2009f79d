"""CON-15: a second answer replaces the first."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage
from mocks.gateway.storage import dump


class LastWord(Linkage):
    """Believes who spoke last."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """Over whatever is there."""
        super().note_answer(enquiry, items, reasons)
        self.storage.run(
            "UPDATE enquiries SET items = ? WHERE enquiry_id = ? AND status = '応答済'",
            dump(items),
            enquiry.enquiry_id,
        )


DEFECT = breaks("CON-15", "二つ目の照会応答で結果を上書きする", linkage=LastWord)
