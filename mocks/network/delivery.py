"""Delivery to the gateway under test, which is not trusted: a deadline, a bounded answer, no exception."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import httpcore

from harness.contract.framing import Framing
from harness.contract.json_binding import CONTENT_TYPE
from harness.contract.messages import parse_timestamp
from harness.contract.schemas import problem_with
from harness.contract.strict_json import UnreadableJsonError, read_json
from mocks.network.hearing import Hear, heard
from mocks.network.records import Carriage
from mocks.web.connections import Connections
from mocks.web.http_client import HttpClient, UnreachableError
from mocks.web.overhearing import OverhearingBackend

LONGEST_ANSWER = 64_000  # bytes; an inbox answers with a message id or an error object
CONNECTIONS = 16  # as many requests as a gateway must take at once (guide §2)
_TEXT_LENGTH = 2000  # characters
_INBOX = "/v1/inbox"
FIRST_WAIT, LONGEST_WAIT = 0.25, 2.0  # seconds between deliveries under load, as a gateway's (own, guide §4)


@dataclass(frozen=True)
class Delivered:
    """What the gateway's inbox said. `error` is set only where it is an error object of the contract."""

    status: int | None
    error: dict[str, str] | None
    text: str
    seconds: float
    problem: str | None

    def code(self) -> str | None:
        """None where the message was accepted, else why not."""
        if self.status == 202:
            return None
        return str(self.error["code"]) if self.error else "UNDELIVERED"

    def outcome(self) -> Carriage:
        """What became of the message."""
        if self.status == 202:
            return Carriage.DELIVERED
        return Carriage.REFUSED_BY_RECIPIENT if self.error else Carriage.UNDELIVERED


class Deliver(Protocol):
    """Hands a message over, its bytes travelling as they are told to."""

    def __call__(self, token: str, framing: Framing = Framing.WHOLE, /) -> Awaitable[Delivered]:
        """What came back. Never raises."""


def over_http(north_url: str, hear: Hear | None = None, side: str = "") -> Deliver:
    """Delivers to {north_url}/v1/inbox, telling `hear` what came back byte by byte. `side`: of two gateways, which one it is."""
    ear = OverhearingBackend() if hear else None
    pool = httpcore.AsyncConnectionPool(
        max_connections=CONNECTIONS,
        max_keepalive_connections=CONNECTIONS,
        network_backend=ear or Connections(),
    )
    client = HttpClient(north_url, LONGEST_ANSWER, pool)

    async def deliver(token: str, framing: Framing = Framing.WHOLE) -> Delivered:
        started = time.perf_counter()
        try:
            answer = await client.post(_INBOX, CONTENT_TYPE, token.encode(), framing)
        except UnreachableError as error:
            return undelivered(str(error), time.perf_counter() - started)
        return read_answer(answer.status, answer.body, time.perf_counter() - started)

    async def listening(token: str, framing: Framing = Framing.WHOLE) -> Delivered:
        overheard = ear.listen() if ear else None
        said = await deliver(token, framing)
        if hear and overheard:
            hear(heard("to_gateway", f"POST {_INBOX}", token, said.status, bytes(overheard.raw), side))
        return said

    return listening if hear else deliver


async def until_taken(deliver: Deliver, token: str, expires_at: str) -> Delivered:
    """Delivers again while there is no proper answer, until the message expires: a line may be cut. A gateway that has
    the message already says REPLAYED (guide §4): it arrived."""
    said, pause = await deliver(token), FIRST_WAIT
    while (said.status is None or said.status >= 500) and parse_timestamp(expires_at) > datetime.now(UTC):
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_WAIT)
        said = await deliver(token)
        if said.code() == "REPLAYED":
            return replace(said, status=202, error=None)
    return said


def undelivered(problem: str, seconds: float) -> Delivered:
    """There was no complete answer."""
    return Delivered(None, None, "", seconds, problem)


def read_answer(status: int, body: bytes, seconds: float) -> Delivered:
    """What an inbox said, read without trust."""
    text = body.decode("utf-8", errors="replace")[:_TEXT_LENGTH]
    try:
        value = read_json(body)
    except UnreadableJsonError as error:
        return Delivered(status, None, text, seconds, f"JSON として読めない（{error}）")
    schema = "accepted" if status == 202 else "error"
    if problem := problem_with(schema, value):
        return Delivered(status, None, text, seconds, f"様式 {schema} に合わない（{problem}）")
    return Delivered(status, value if schema == "error" else None, text, seconds, None)
