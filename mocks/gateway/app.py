"""The ASGI application: both faces on one port, and the workers beside them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Mount, Router

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions
from mocks.gateway.north import north_face
from mocks.gateway.south.face import south_face
from mocks.gateway.workers import working
from mocks.web.http_json import on_disconnect, on_http_error, on_refused

FACES = {"south": "/south", "north": "/north"}


class _Face(Mount):
    """Whatever follows belongs to it: the library's own pattern ends at a line break (%0A), and so knew no such path."""

    def __init__(self, path: str, app: Router) -> None:
        super().__init__(path, app=app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def application(functions: Functions) -> Starlette:
    """The gateway over its functions. It works off what an earlier process left as soon as it starts."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with working(functions):
            yield
        functions.storage.close()

    return Starlette(
        routes=[
            _Face(FACES["south"], app=south_face(functions)),
            _Face(FACES["north"], app=north_face(functions)),
        ],
        exception_handlers={
            RefusedError: on_refused,
            HTTPException: on_http_error,
            ClientDisconnect: on_disconnect,
        },
        lifespan=lifespan,
    )
