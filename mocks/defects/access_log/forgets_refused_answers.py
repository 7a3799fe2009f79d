"""LOG-12: refused answers are not in the access record."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from harness.contract.refusals import Refusal
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-12"
SUMMARY = "拒否した照会応答をアクセス記録に残さない"


class EnquiriesRefused(AccessLog):
    """Records whom it sent away."""

    def refused(self, header: Header, refusal: Refusal) -> None:
        """Enquiries only."""
        if header.kind == Kind.ENQUIRY:
            super().refused(header, refusal)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(EnquiriesRefused, functions.access_log))
