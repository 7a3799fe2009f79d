"""The gateway's HTTP client: kept connections, a total deadline, a bounded answer.

httptools is here for uvicorn already. httpx and httpcore would take half of the gateway's processor time and
0.1 to 0.2 s of its start.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser

DEADLINE_SECONDS = 5.0
LONGEST_ANSWER = 4_000_000  # bytes; a directory of 1,800 municipalities takes about 1 MB
KEPT = 16  # idle connections


class UnreachableError(Exception):
    """There was no complete HTTP answer."""


@dataclass(frozen=True)
class Answer:
    """Status and body of an HTTP answer."""

    status: int
    body: bytes


class _Reading:
    """One answer while it arrives; the methods bear the names that httptools calls."""

    def __init__(self) -> None:
        self.parser = HttpResponseParser(self)
        self.body = bytearray()
        self.has_begun = self.is_complete = self.keeps = False

    def on_message_begin(self) -> None:
        self.has_begun = True

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.is_complete = True
        # Known only here: the parser starts anew after this call.
        self.keeps = self.parser.should_keep_alive()


@dataclass(frozen=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def exchange(self, request: bytes) -> tuple[Answer | None, bool]:
        """The answer, None where the other side closed before its first byte; and whether it keeps the line."""
        reading = _Reading()
        self.writer.write(request)
        while not reading.is_complete:
            received = await self.reader.read(65536)
            if not received:
                break
            reading.parser.feed_data(received)
            if len(reading.body) > LONGEST_ANSWER:
                raise UnreachableError(f"{LONGEST_ANSWER:,} バイトを超える応答")
        if not reading.has_begun:
            return None, False
        if not reading.is_complete:
            raise UnreachableError("応答が途中で切れた")
        return Answer(reading.parser.get_status_code(), bytes(reading.body)), reading.keeps


@dataclass(frozen=True)
class HttpClient:
    """Requests to one base URL without trailing slash."""

    base: str
    idle: list[_Connection] = field(default_factory=list)

    async def get(self, path: str) -> Answer:
        """Raises UnreachableError."""
        return await self._ask(self._request("GET", path, "Accept: application/json\r\n", b""))

    async def post(self, path: str, content_type: str, body: bytes) -> Answer:
        """Raises UnreachableError."""
        headers = f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        return await self._ask(self._request("POST", path, headers, body))

    def close(self) -> None:
        """Closes the idle connections."""
        while self.idle:
            self.idle.pop().writer.close()

    async def _ask(self, request: bytes) -> Answer:
        """A kept connection may have been closed meanwhile. Repeating on a new one is safe (RFC 9112 §9.3.1):
        a message counts once by its id, and the same enrolment token gives the same code."""
        with _unreachable():
            async with asyncio.timeout(DEADLINE_SECONDS):
                answer = await self._on(self.idle.pop(), request) if self.idle else None
                if answer is None:
                    answer = await self._on(await self._open(), request)
        if answer is None:
            raise UnreachableError("応答がない")
        return answer

    async def _on(self, connection: _Connection, request: bytes) -> Answer | None:
        keeps = False
        try:
            answer, keeps = await connection.exchange(request)
        except ConnectionError:
            return None
        finally:
            if keeps and len(self.idle) < KEPT:
                self.idle.append(connection)
            else:
                connection.writer.close()
        return answer

    async def _open(self) -> _Connection:
        parts = urlsplit(self.base)
        is_secure = parts.scheme == "https"
        port = parts.port or (443 if is_secure else 80)
        return _Connection(*await asyncio.open_connection(parts.hostname, port, ssl=is_secure or None))

    def _request(self, method: str, path: str, headers: str, body: bytes) -> bytes:
        parts = urlsplit(self.base)
        head = f"{method} {parts.path}{path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{headers}\r\n"
        return head.encode("ascii") + body


@contextmanager
def _unreachable() -> Iterator[None]:
    """Whatever goes wrong on the line is one thing to the caller."""
    try:
        yield
    except (OSError, TimeoutError, HttpParserError) as error:
        raise UnreachableError(type(error).__name__) from error
