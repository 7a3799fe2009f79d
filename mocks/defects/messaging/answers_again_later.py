"""NET-03: an answer goes out once more when nobody looks any longer."""

import asyncio
from dataclasses import replace

from harness.contract.messages import Kind, Message, new_id
from mocks.defects.defect import breaks
from mocks.gateway.platform_messaging import PlatformMessaging

_LATER_SECONDS = 3.0


class AnxiousMessaging(PlatformMessaging):
    """Does not trust the network's 202."""

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """An answer once more, after a while and under a message id of its own."""
        super().hand_outward(message, lane)
        if message.header.kind == Kind.ANSWER:
            again = replace(message, header=replace(message.header, message_id=new_id()))
            loop = asyncio.get_running_loop()
            loop.call_later(_LATER_SECONDS, PlatformMessaging.hand_outward, self, again, lane)


DEFECT = breaks("NET-03", "同じ照会に、3秒後にもう一度応答する", messaging=AnxiousMessaging)
