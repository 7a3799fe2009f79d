"""Now and then an enquiry is answered twice, with two message ids (NET-03)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.messages import Kind, Message, new_id
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.platform_messaging import PlatformMessaging


@dataclass(frozen=True)
class RepeatingMessaging(PlatformMessaging):
    """Hands what is due over once more."""

    due: Callable[[], bool] = lambda: False

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """Once, and once more where it is due."""
        super().hand_outward(message, lane)
        if message.header.kind == Kind.ANSWER and self.due():
            again = replace(message, header=replace(message.header, message_id=new_id()))
            super().hand_outward(again, lane)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, messaging=as_a(RepeatingMessaging, functions.messaging, due=due))
