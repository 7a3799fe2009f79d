"""LOG-04: enquiries that were sent leave no access record."""

from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class DiscreetLog(AccessLog):
    """Records what it gives and not what it asks."""

    def sent(self, message: Message) -> None:
        """Everything but a 照会依頼."""
        if message.header.kind != Kind.ENQUIRY:
            super().sent(message)


DEFECT = breaks("LOG-04", "送った照会依頼をアクセス記録に残さない", access_log=DiscreetLog)
