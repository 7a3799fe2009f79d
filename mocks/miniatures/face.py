"""Both faces of a miniature: a valid health, and one function that answers all the rest."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse
from starlette.routing import Route

from harness.contract.json_binding import LONGEST_MESSAGE
from harness.contract.law import versions
from mocks.gateway.settings import Settings
from mocks.gateway.south.health import health
from mocks.web.http_json import read_body

Answer = tuple[int, dict[str, object]]
_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


@dataclass(frozen=True)
class Request:
    """What a miniature looks at."""

    method: str
    path: str
    body: bytes


def miniature(settings: Settings, name: str, answer: Callable[[Request], Answer]) -> Starlette:
    """The application. Its health is right, so that preflight lets it in and the requirements convict it."""

    async def get_health(_: HttpRequest) -> JSONResponse:
        who = settings.organisation, settings.keys, f"renkei {name}"
        return JSONResponse(health(*who, versions(), settings.contract))

    async def everything(request: HttpRequest) -> JSONResponse:
        body = await read_body(request, LONGEST_MESSAGE) or b""
        status, said = answer(Request(request.method, request.url.path, body))
        return JSONResponse(said, status)

    return Starlette(
        routes=[
            Route("/south/v1/health", get_health),
            Route("/{path:path}", everything, methods=_METHODS),
        ]
    )
