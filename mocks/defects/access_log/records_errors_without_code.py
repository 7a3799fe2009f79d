"""LOG-15: an error that was sent is recorded without its code."""

from dataclasses import replace

from harness.contract.messages import Kind, Message
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-15"
SUMMARY = "エラーで答えたことを、符号なしに記録する"


class Wordless(AccessLog):
    """Records that something was sent."""

    def sent(self, message: Message) -> None:
        """Errors without their code."""
        super().sent(Message(message.header, {}) if message.header.kind == Kind.ERROR else message)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(Wordless, functions.access_log))
