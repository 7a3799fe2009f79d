"""LOG-06: refused enquiries are not in the access record."""

from harness.contract.messages import Header, Kind
from harness.contract.refusals import Refusal
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class AcceptedOnly(AccessLog):
    """Records what went well."""

    def refused(self, header: Header, refusal: Refusal) -> None:
        """Answers only."""
        if header.kind != Kind.ENQUIRY:
            super().refused(header, refusal)


DEFECT = breaks("LOG-06", "拒否した照会依頼をアクセス記録に残さない", access_log=AcceptedOnly)
