"""CON-03: an answer is filed under the oldest enquiry like it that is still open."""

from harness.contract.messages import Header
from harness.contract.processing_status import enquiry_status
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage
from mocks.gateway.storage import dump


class OldestFirst(Linkage):
    """Holds that who asks twice asks the same."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """The first of those about the same resident and information at the same partner."""
        meant = super().enquiry_answered_by(header)
        row = self.storage.row(
            "SELECT enquiry_id FROM enquiries WHERE local_id = ? "
            "AND json_extract(header, '$.information') = ? AND json_extract(header, '$.to') = ? "
            "AND status IN (SELECT value FROM json_each(?)) ORDER BY json_extract(header, '$.sent_at')",
            meant.local_id,
            meant.header.information,
            meant.header.recipient,
            dump(enquiry_status().open),
        )
        return self.enquiry(row["enquiry_id"]) if row else meant


DEFECT = breaks(
    "CON-03", "照会し直した照会の応答を、応答のないままの初めの照会に結び付ける", linkage=OldestFirst
)
