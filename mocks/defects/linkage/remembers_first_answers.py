"""UC-01: what a partner answered once is taken for its answer ever after."""

import json

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class Remembering(Linkage):
    """Knows already what it asked before."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """With what came first of this resident and information from this partner."""
        row = self.storage.row(
            "SELECT items FROM enquiries WHERE items IS NOT NULL AND local_id = ? "
            "AND json_extract(header, '$.information') = ? AND json_extract(header, '$.to') = ? "
            "ORDER BY json_extract(header, '$.sent_at')",
            enquiry.local_id,
            enquiry.header.information,
            enquiry.header.recipient,
        )
        super().note_answer(enquiry, json.loads(row["items"]) if row else items, reasons)


DEFECT = breaks("UC-01", "改めて照会しても、前に届いた情報を業務システムに渡す", linkage=Remembering)
