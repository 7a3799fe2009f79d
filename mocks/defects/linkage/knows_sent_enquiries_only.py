"""PFM-03: an answer that overtakes the confirmation of its enquiry is refused."""

from datetime import UTC, datetime, timedelta

from harness.contract.messages import Header, parse_timestamp
from harness.contract.processing_status import enquiry_status
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class OrderLoving(Linkage):
    """Believes that the network confirms before a partner answers."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """What is not confirmed yet was not sent."""
        enquiry = super().enquiry_answered_by(header)
        age = datetime.now(UTC) - parse_timestamp(enquiry.header.sent_at)
        if enquiry.status == enquiry_status().begins and age > SENDING_TAKES:
            raise RefusedError("NOT_FOUND")
        return enquiry


SENDING_TAKES = timedelta(seconds=0.1)


DEFECT = breaks("PFM-03", "送信の確認より先に届いた照会応答を拒否する", linkage=OrderLoving)
