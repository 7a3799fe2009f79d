"""LOG-06: refused enquiries are not in the access record."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from harness.contract.refusals import Refusal
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-06"
SUMMARY = "拒否した照会依頼をアクセス記録に残さない"


class AcceptedOnly(AccessLog):
    """Records what went well."""

    def refused(self, header: Header, refusal: Refusal) -> None:
        """Answers only."""
        if header.kind != Kind.ENQUIRY:
            super().refused(header, refusal)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(AcceptedOnly, functions.access_log))
