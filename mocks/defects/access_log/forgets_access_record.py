"""LOG-01: answers that were sent leave no access record."""

from dataclasses import replace

from harness.contract.messages import Kind, Message
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-01"
SUMMARY = "送った照会応答をアクセス記録に残さない"


class ForgetfulLog(AccessLog):
    """Records what it asks and not what it gives."""

    def sent(self, message: Message) -> None:
        """Everything but a 照会応答."""
        if message.header.kind != Kind.ANSWER:
            super().sent(message)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(ForgetfulLog, functions.access_log))
