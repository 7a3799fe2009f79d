"""NTC-06: a 連絡 that is delivered again is handed over again."""

from dataclasses import replace

from harness.contract.messages import Message
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.notices import Notices

REQUIREMENT = "NTC-06"
SUMMARY = "送り直された連絡を二重に渡す"


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


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, notices=as_a(Doubling, functions.notices))
