"""Now and then an answer that was sent leaves no access record (LOG-01)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.messages import Kind, Message
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a


@dataclass(frozen=True)
class ForgettingLog(AccessLog):
    """Leaves out what is due."""

    due: Callable[[], bool] = lambda: False

    def sent(self, message: Message) -> None:
        """Everything but the answer that is due."""
        if message.header.kind != Kind.ANSWER or not self.due():
            super().sent(message)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(ForgettingLog, functions.access_log, due=due))
