"""LOG-15: an error that was sent is recorded without its code."""

from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class Wordless(AccessLog):
    """Records that something was sent."""

    def sent(self, message: Message) -> None:
        """Errors without their code."""
        super().sent(Message(message.header, {}) if message.header.kind == Kind.ERROR else message)


DEFECT = breaks("LOG-15", "エラーで答えたことを、符号なしに記録する", access_log=Wordless)
