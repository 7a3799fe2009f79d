"""Now and then an answer that was sent leaves no access record (LOG-01)."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from harness.spec.messages import Kind, Message
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions


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
    known = {f.name: getattr(functions.access_log, f.name) for f in fields(functions.access_log)}
    return replace(functions, access_log=ForgettingLog(**known, due=due))
