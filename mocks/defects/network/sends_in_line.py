"""PFM-02: a message that cannot be sent holds up all others."""

import asyncio
from typing import ClassVar

from mocks.defects.defect import breaks
from mocks.gateway.network_connection import Delivery, NetworkConnection


class SingleFile(NetworkConnection):
    """Sends one after the other, whatever happens."""

    LINE: ClassVar[asyncio.Lock] = asyncio.Lock()

    async def deliver(self, token: str) -> Delivery:
        """Nobody else's turn before this one has arrived."""
        async with self.LINE:
            for _ in range(ATTEMPTS):
                delivery = await super().deliver(token)
                if delivery.is_final:
                    break
                await asyncio.sleep(PAUSE_SECONDS)
            return delivery


ATTEMPTS, PAUSE_SECONDS = 150, 0.04  # six seconds, longer than the bench waits


DEFECT = breaks("PFM-02", "送れない電文があると、後の電文を送らない", network=SingleFile)
