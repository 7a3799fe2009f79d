"""NET-03: every answer goes out twice."""

from dataclasses import replace

from harness.contract.messages import Kind, Message, new_id
from mocks.defects.defect import breaks
from mocks.gateway.platform_messaging import PlatformMessaging


class EagerMessaging(PlatformMessaging):
    """Hands an answer over again, to be on the safe side."""

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """An answer once more, under a message id of its own."""
        super().hand_outward(message, lane)
        if message.header.kind == Kind.ANSWER:
            super().hand_outward(replace(message, header=replace(message.header, message_id=new_id())), lane)


DEFECT = breaks("NET-03", "同じ照会に二度応答する", messaging=EagerMessaging)
