"""Now and then an enquiry of a business system goes out twice, as two enquiries (NET-03)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.messages import Kind, Message, new_id
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.platform_messaging import PlatformMessaging


@dataclass(frozen=True)
class AskingMessaging(PlatformMessaging):
    """Hands what is due over once more, under ids of its own."""

    due: Callable[[], bool] = lambda: False

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """Once, and once more where it is due."""
        super().hand_outward(message, lane)
        if message.header.kind == Kind.ENQUIRY and self.due():
            again = new_id()
            header = replace(message.header, message_id=again, correlation_id=again)
            super().hand_outward(replace(message, header=header), lane)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, messaging=as_a(AskingMessaging, functions.messaging, due=due))
