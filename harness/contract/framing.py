"""How the bytes of a body travel. To whoever speaks HTTP/1.1 each is the same message (RFC 9112 §6, §7.1)."""

import asyncio
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Final

APART_SECONDS: Final = 0.02  # between two pieces: long enough that who reads once has the first alone
LENGTH_REQUIRED: Final = 411  # a server may want to be told the length first (RFC 9112 §6.3)
_PIECES: Final = 3


class Framing(StrEnum):
    """At once, in pieces whose length was told, or in chunks whose length nobody told."""

    WHOLE = "whole"
    PIECES = "pieces"
    CHUNKS = "chunks"


def pieces(body: bytes) -> tuple[bytes, ...]:
    """A body in parts of which none is empty; a character of several bytes may be divided."""
    size = max(1, -(-len(body) // _PIECES))
    return tuple(body[at : at + size] for at in range(0, len(body), size))


async def one_by_one(body: bytes) -> AsyncIterator[bytes]:
    """The pieces, with some time between them."""
    for piece in pieces(body):
        yield piece
        await asyncio.sleep(APART_SECONDS)
