"""PFM-02: a message that cannot be sent holds up all others."""

import asyncio
from dataclasses import replace
from typing import ClassVar

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import Delivery, NetworkConnection

REQUIREMENT = "PFM-02"
SUMMARY = "送れない電文があると、後の電文を送らない"


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


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(SingleFile, functions.network))


ATTEMPTS, PAUSE_SECONDS = 150, 0.04  # six seconds, longer than the bench waits
