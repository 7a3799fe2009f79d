"""NET-03: every answer goes out twice."""

from dataclasses import replace

from harness.contract.messages import Kind, Message, new_id
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.platform_messaging import PlatformMessaging

REQUIREMENT = "NET-03"
SUMMARY = "同じ照会に二度応答する"


class EagerMessaging(PlatformMessaging):
    """Hands an answer over again, to be on the safe side."""

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """An answer once more, under a message id of its own."""
        super().hand_outward(message, lane)
        if message.header.kind == Kind.ANSWER:
            super().hand_outward(replace(message, header=replace(message.header, message_id=new_id())), lane)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, messaging=as_a(EagerMessaging, functions.messaging))
