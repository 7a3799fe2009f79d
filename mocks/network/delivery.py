"""Delivery to the gateway under test, which is not trusted: a deadline, a bounded answer, no exception."""

import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from harness.spec.json_binding import CONTENT_TYPE
from harness.spec.schemas import problem_with
from mocks.web.http_client import HttpClient, UnreachableError

LONGEST_ANSWER = 64_000  # bytes; an inbox answers with a message id or an error object
_TEXT_LENGTH = 2000


@dataclass(frozen=True)
class Delivered:
    """What the gateway's inbox said. `error` is set only where it is an error object of the contract."""

    status: int | None
    error: dict[str, Any] | None
    text: str
    seconds: float
    problem: str | None


Deliver = Callable[[str], Awaitable[Delivered]]


def over_http(north_url: str) -> Deliver:
    """Delivers to {north_url}/v1/inbox."""
    client = HttpClient(north_url, longest=LONGEST_ANSWER)

    async def deliver(token: str) -> Delivered:
        started = time.perf_counter()
        try:
            answer = await client.post("/v1/inbox", CONTENT_TYPE, token.encode())
        except UnreachableError as error:
            return Delivered(None, None, "", time.perf_counter() - started, str(error))
        return read_answer(answer.status, answer.body, time.perf_counter() - started)

    return deliver


def read_answer(status: int, body: bytes, seconds: float) -> Delivered:
    """What an inbox said, read without trust."""
    text = body.decode("utf-8", errors="replace")[:_TEXT_LENGTH]
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return Delivered(status, None, text, seconds, "JSON ではない")
    schema = "accepted" if status == 202 else "error"
    problem = problem_with(schema, value)
    error = value if schema == "error" and problem is None else None
    return Delivered(
        status, error, text, seconds, f"様式 {schema} に合わない（{problem}）" if problem else None
    )
