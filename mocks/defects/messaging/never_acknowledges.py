"""NTC-03: no 受領 goes out."""

from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.platform_messaging import PlatformMessaging


class Mute(PlatformMessaging):
    """Takes a 202 for enough."""

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """Anything but 受領."""
        if message.header.kind != Kind.RECEIPT:
            super().hand_outward(message, lane)


DEFECT = breaks("NTC-03", "届いた連絡に受領を返さない", messaging=Mute)
