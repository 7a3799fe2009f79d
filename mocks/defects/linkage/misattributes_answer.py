"""CON-03: of two enquiries that follow each other within a second, the first gets the answer to the second."""

from datetime import timedelta

from harness.contract.messages import Header, parse_timestamp
from harness.contract.processing_status import enquiry_status
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class FirstComeFirstServed(Linkage):
    """Expects a partner to answer in the order in which it was asked."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """The enquiry that was made just before, where that one is still open at this partner."""
        meant = super().enquiry_answered_by(header)
        row = self.storage.row(
            "SELECT enquiry_id FROM enquiries WHERE enquiry_id <> ? AND json_extract(header, '$.sent_at') <= ? "
            "ORDER BY json_extract(header, '$.sent_at') DESC",
            meant.enquiry_id,
            meant.header.sent_at,
        )
        before = self.enquiry(row["enquiry_id"]) if row else meant
        return before if _looks_alike(before, meant) else meant


def _looks_alike(before: Enquiry, meant: Enquiry) -> bool:
    apart = parse_timestamp(meant.header.sent_at) - parse_timestamp(before.header.sent_at)
    return (
        before.status in enquiry_status().open
        and before.local_id != meant.local_id
        and before.header.recipient == meant.header.recipient
        and before.header.information == meant.header.information
        and apart <= timedelta(seconds=1)
    )


DEFECT = breaks(
    "CON-03",
    "続けて照会した二人のうち、後の人についての照会応答を、先の人の照会に結び付ける",
    linkage=FirstComeFirstServed,
)
