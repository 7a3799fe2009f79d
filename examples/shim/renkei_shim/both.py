"""The product and the shim before it, as one ASGI application: for the tests, and for `python -m renkei_shim`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from renkei_shim import shim, vendor


def application(network: str) -> Starlette:
    """Which reaches the network at a URL."""
    inner = vendor.application(network)
    outer = shim.application("http://product", httpx.ASGITransport(inner))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with inner.router.lifespan_context(inner), outer.router.lifespan_context(outer):
            yield

    return Starlette(routes=[Mount("/", outer)], lifespan=lifespan)
