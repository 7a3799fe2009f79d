"""LOG-07: an enquiry is recorded when its answer is there, and never without one."""

import json

from harness.contract.messages import Header, Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class LateRecord(AccessLog):
    """Records exchanges when they are complete."""

    def sent(self, message: Message) -> None:
        """Enquiries wait for their answer."""
        if message.header.kind != Kind.ENQUIRY:
            super().sent(message)

    def accepted(self, message: Message) -> None:
        """The answer, and before it its enquiry."""
        row = self.storage.row(
            "SELECT header FROM enquiries WHERE correlation_id = ?", message.header.correlation_id
        )
        if row:
            super().sent(Message(Header.from_wire(json.loads(row["header"])), {}))
        super().accepted(message)


DEFECT = breaks("LOG-07", "応答があってから照会依頼を記録する", access_log=LateRecord)
