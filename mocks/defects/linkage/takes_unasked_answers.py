"""CON-19: an answer that nobody asked for is given to an enquiry that looks alike."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class Matchmaker(Linkage):
    """Finds a place for every answer."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """By partner, information and subject, where the correlation id says nothing."""
        row = self.storage.row(
            "SELECT enquiry_id FROM enquiries WHERE json_extract(header, '$.link_code') = ? "
            "AND json_extract(header, '$.information') = ? AND json_extract(header, '$.to') = ? "
            "ORDER BY expires DESC",
            header.link_code,
            header.information,
            header.sender,
        )
        known = self.storage.row("SELECT 1 FROM enquiries WHERE correlation_id = ?", header.correlation_id)
        return super().enquiry_answered_by(header) if known or not row else self.enquiry(row["enquiry_id"])


DEFECT = breaks("CON-19", "求めた覚えのない照会応答を、それらしい照会に結び付ける", linkage=Matchmaker)
