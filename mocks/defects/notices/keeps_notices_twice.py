"""NTC-06: a 連絡 that is delivered again is handed over again."""

from harness.contract.messages import Message
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices


class Doubling(Notices):
    """Counts messages, not notices."""

    def keep(self, message: Message, local_id: str) -> None:
        """Each message by itself."""
        super().keep(message, local_id)
        self.storage.run(
            "UPDATE received_notices SET sender = ? WHERE correlation_id = ? AND sender = ?",
            message.header.message_id,
            message.header.correlation_id,
            message.header.sender,
        )


DEFECT = breaks("NTC-06", "送り直された連絡を二重に渡す", notices=Doubling)
