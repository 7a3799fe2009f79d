"""NTC-03: no 受領 goes out."""

from dataclasses import replace

from harness.contract.messages import Kind, Message
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.platform_messaging import PlatformMessaging

REQUIREMENT = "NTC-03"
SUMMARY = "届いた連絡に受領を返さない"


class Mute(PlatformMessaging):
    """Takes a 202 for enough."""

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """Anything but 受領."""
        if message.header.kind != Kind.RECEIPT:
            super().hand_outward(message, lane)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, messaging=as_a(Mute, functions.messaging))
