"""LOG-04: enquiries that were sent leave no access record."""

from dataclasses import replace

from harness.contract.messages import Kind, Message
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-04"
SUMMARY = "送った照会依頼をアクセス記録に残さない"


class DiscreetLog(AccessLog):
    """Records what it gives and not what it asks."""

    def sent(self, message: Message) -> None:
        """Everything but a 照会依頼."""
        if message.header.kind != Kind.ENQUIRY:
            super().sent(message)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(DiscreetLog, functions.access_log))
