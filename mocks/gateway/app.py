"""The ASGI application: both faces on one port, and the workers beside them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Mount

from harness.spec.refusals import RefusedError
from mocks.gateway.functions import Functions
from mocks.gateway.north import north_face
from mocks.gateway.south import south_face
from mocks.gateway.workers import working
from mocks.web.http_json import on_disconnect, on_http_error, on_refused

FACES = {"south": "/south", "north": "/north"}


def application(functions: Functions) -> Starlette:
    """The gateway over its functions. It works off what an earlier process left as soon as it starts."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with working(functions):
            yield
        functions.storage.close()

    return Starlette(
        routes=[
            Mount(FACES["south"], app=south_face(functions)),
            Mount(FACES["north"], app=north_face(functions)),
        ],
        exception_handlers={
            RefusedError: on_refused,
            HTTPException: on_http_error,
            ClientDisconnect: on_disconnect,
        },
        lifespan=lifespan,
    )
