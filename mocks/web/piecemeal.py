"""A body on its way, a piece at a time."""

import asyncio
from collections.abc import AsyncIterator

from harness.contract.framing import APART_SECONDS, pieces


async def one_by_one(body: bytes) -> AsyncIterator[bytes]:
    """Its pieces, with some time between them."""
    for piece in pieces(body):
        yield piece
        await asyncio.sleep(APART_SECONDS)
