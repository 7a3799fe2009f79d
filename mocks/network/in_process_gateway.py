"""A vendor's gateway as the network in process delivers to it: an ASGI application or a function."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio.to_thread
import httpx
from starlette.types import ASGIApp

from harness.contract.framing import Framing
from harness.contract.json_binding import CONTENT_TYPE
from harness.contract.keys import PublicKeys
from mocks.network.delivery import Deliver, Delivered, read_answer, undelivered
from mocks.web.http_client import DEADLINE_SECONDS

Reply = tuple[int, dict[str, object]]


@dataclass(frozen=True)
class InProcessGateway:
    """Organisation code, public keys, and how the inbox is reached: `delivery.over_http(url)`, `to_asgi(app)`,
    `to_function(function)` or `to_coroutine(function)`."""

    code: str
    keys: PublicKeys
    deliver: Deliver


def to_asgi(app: ASGIApp, north: str = "") -> Deliver:
    """Delivers to {north}/v1/inbox of an ASGI application, on the network's loop."""
    transport = httpx.ASGITransport(app)

    async def post(token: str) -> tuple[int, bytes]:
        headers = {"Content-Type": CONTENT_TYPE}
        url = f"http://gateway.test{north}/v1/inbox"
        answer = await transport.handle_async_request(
            httpx.Request("POST", url, headers=headers, content=token.encode())
        )
        return answer.status_code, await answer.aread()

    return _bounded(post)


def to_function(inbox: Callable[[str], Reply]) -> Deliver:
    """Delivers to a function of the token that returns HTTP status and JSON object; it runs in a worker thread,
    so that it may call the network with httpx.Client."""

    async def post(token: str) -> tuple[int, bytes]:
        status, value = await anyio.to_thread.run_sync(inbox, token, abandon_on_cancel=True)
        return status, json.dumps(value).encode()

    return _bounded(post)


def to_coroutine(inbox: Callable[[str], Awaitable[Reply]]) -> Deliver:
    """The same for a coroutine function, which runs on the network's loop."""

    async def post(token: str) -> tuple[int, bytes]:
        status, value = await inbox(token)
        return status, json.dumps(value).encode()

    return _bounded(post)


def _bounded(post: Callable[[str], Awaitable[tuple[int, bytes]]]) -> Deliver:
    """With the deadline of a delivery over HTTP; an exception of the gateway is what the delivery came to."""

    async def deliver(token: str, _: Framing = Framing.WHOLE) -> Delivered:
        started = time.perf_counter()
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                status, body = await post(token)
        except Exception as error:
            return undelivered(f"{type(error).__name__} {error}"[:200].strip(), time.perf_counter() - started)
        return read_answer(status, body, time.perf_counter() - started)

    return deliver
