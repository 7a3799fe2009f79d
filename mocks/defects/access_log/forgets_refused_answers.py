"""LOG-12: refused answers are not in the access record."""

from harness.contract.messages import Header, Kind
from harness.contract.refusals import Refusal
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class EnquiriesRefused(AccessLog):
    """Records whom it sent away."""

    def refused(self, header: Header, refusal: Refusal) -> None:
        """Enquiries only."""
        if header.kind == Kind.ENQUIRY:
            super().refused(header, refusal)


DEFECT = breaks("LOG-12", "拒否した照会応答をアクセス記録に残さない", access_log=EnquiriesRefused)
