"""LOG-01: answers that were sent leave no access record."""

from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class ForgetfulLog(AccessLog):
    """Records what it asks and not what it gives."""

    def sent(self, message: Message) -> None:
        """Everything but a 照会応答."""
        if message.header.kind != Kind.ANSWER:
            super().sent(message)


DEFECT = breaks("LOG-01", "送った照会応答をアクセス記録に残さない", access_log=ForgetfulLog)
