"""An HTTP client for what is not trusted: a total deadline, a bounded answer, a new connection for each request.

A kept connection that the other side closes at that very moment would look like a fault of the other side.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpcore  # httpx alone would add 0.2 s to the start: it imports rich and pygments for its command line

from harness.contract.framing import LENGTH_REQUIRED, Framing, one_by_one
from mocks.web.connections import Connections

_Headers = list[tuple[bytes | str, bytes | str]]
DEADLINE_SECONDS = 5.0
LONGEST_ANSWER = 4_000_000  # bytes; a directory of 1,800 municipalities takes about 1 MB
CONNECTIONS = 16  # at once; further requests wait for their turn
KEPT_SECONDS = 30.0  # an idle connection; both servers of the bench keep theirs longer (serving.py)


class UnreachableError(Exception):
    """There was no complete HTTP answer."""


@dataclass(frozen=True)
class Answer:
    """Status and body of an HTTP answer."""

    status: int
    body: bytes


def _pool() -> httpcore.AsyncConnectionPool:
    return httpcore.AsyncConnectionPool(
        max_connections=CONNECTIONS, keepalive_expiry=KEPT_SECONDS, network_backend=Connections()
    )


@dataclass(frozen=True)
class HttpClient:
    """Requests to one base URL without trailing slash."""

    base: str
    longest: int = LONGEST_ANSWER
    pool: httpcore.AsyncConnectionPool = field(default_factory=_pool)

    async def get(self, path: str) -> Answer:
        """Raises UnreachableError."""
        return await self._exchange("GET", path, [("Accept", "application/json")], None)

    async def post(
        self, path: str, content_type: str, body: bytes, framing: Framing = Framing.WHOLE
    ) -> Answer:
        """Who wants to know the length of a body first is told it, and asked again. Raises UnreachableError."""
        headers: _Headers = [("Content-Type", content_type)]
        if framing != Framing.CHUNKS:
            headers.append(("Content-Length", str(len(body))))
        content = body if framing == Framing.WHOLE else one_by_one(body)
        answer = await self._exchange("POST", path, headers, content)
        if answer.status == LENGTH_REQUIRED and framing == Framing.CHUNKS:
            return await self.post(path, content_type, body)
        return answer

    async def _exchange(
        self, method: str, path: str, headers: _Headers, body: bytes | AsyncIterator[bytes] | None
    ) -> Answer:
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                async with self.pool.stream(
                    method, self.base + path, headers=headers, content=body
                ) as answer:
                    received = bytearray()
                    async for chunk in answer.aiter_stream():
                        received += chunk
                        if len(received) > self.longest:
                            raise UnreachableError(f"{self.longest:,} バイトを超える応答")
                    return Answer(answer.status, bytes(received))
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.TimeoutException,
            TimeoutError,
        ) as error:
            raise UnreachableError(type(error).__name__) from error
