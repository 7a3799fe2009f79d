"""UC-04: a later 連絡 about the same resident is taken for the first one."""

from harness.contract.messages import Message
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices


class OneAPerson(Notices):
    """Knows where people are already."""

    def keep(self, message: Message, local_id: str) -> None:
        """Only the first of a resident and information from this sender."""
        row = self.storage.row(
            "SELECT 1 FROM received_notices WHERE sender = ? AND local_id = ? AND correlation_id <> ? "
            "AND json_extract(header, '$.information') = ?",
            message.header.sender,
            local_id,
            message.header.correlation_id,
            message.header.information,
        )
        if row is None:
            super().keep(message, local_id)


DEFECT = breaks("UC-04", "同じ人についての連絡を、初めの一つだけ渡す", notices=OneAPerson)
