"""A vendor's ASGI application on the event loop of the network in process: started, reached as business systems do, ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from asgi_lifespan import LifespanManager, LifespanNotSupported
from starlette.types import ASGIApp

from harness.gateways.cookies import no_cookies
from harness.gateways.exchange import Limits, Reply, exchange
from harness.gateways.transport import Call, request_of
from mocks.network.loop_thread import LoopThread


@dataclass(frozen=True)
class OverAsgi:
    """A harness.gateways.transport.Transport that needs no socket."""

    running: LoopThread
    client: httpx.AsyncClient
    limits: Limits

    def send(self, base: str, call: Call) -> Reply:
        """One exchange, bounded as one over HTTP is."""
        request = request_of(self.client, base, call)
        return self.running.wait(exchange(self.client, request, call.name, self.limits))


@contextmanager
def over_asgi(app: ASGIApp, running: LoopThread, limits: Limits) -> Iterator[OverAsgi]:
    """With a client of its own."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), timeout=None, cookies=no_cookies())  # noqa: S113  # exchange() has its own
    try:
        yield OverAsgi(running, client, limits)
    finally:
        running.wait(client.aclose())


@contextmanager
def started(app: ASGIApp, running: LoopThread) -> Iterator[ASGIApp]:
    """As a server starts and ends it. An application that knows no lifespan is there at once."""
    manager = running.wait(_entered(app))
    try:
        yield manager.app if manager else app
    finally:
        if manager:
            running.wait(manager.__aexit__(None, None, None))


async def _entered(app: ASGIApp) -> LifespanManager | None:
    manager = LifespanManager(app)  # on the loop: it looks which one there is
    try:
        return await manager.__aenter__()
    except LifespanNotSupported:
        return None
