"""Now and then an answer is made and never sent: the enquiry was accepted with 202, and nothing follows (NET-03)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.messages import Kind, Message
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.platform_messaging import PlatformMessaging


@dataclass(frozen=True)
class LosingMessaging(PlatformMessaging):
    """Drops what is due between 中間IF and 連携IF."""

    due: Callable[[], bool] = lambda: False

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """Everything but the answer that is due."""
        if message.header.kind != Kind.ANSWER or not self.due():
            super().hand_outward(message, lane)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, messaging=as_a(LosingMessaging, functions.messaging, due=due))
