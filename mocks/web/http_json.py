"""What both faces share: bodies with a limit, JSON objects of the contract, refusals as answers."""

from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from harness.contract.refusals import RefusedError
from harness.contract.schemas import deviation_from
from harness.contract.strict_json import UnreadableJsonError
from harness.contract.strict_json import read_json as value_of
from harness.contract.versions import LATEST

Value = TypeVar("Value")


async def read_body(request: Request, longest: int) -> bytes | None:
    """The body, or None where it is longer than this many bytes: read to its end all the same, because a
    connection that is closed before that may lose the answer (RFC 9112 §9.6)."""
    received = bytearray()
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= longest:
            received += chunk
    return bytes(received) if size <= longest else None


async def read_json(request: Request, longest: int) -> Any:
    """A JSON value, whole numbers as integers. Raises RefusedError TOO_LARGE or INVALID_REQUEST, which quote no value."""
    body = await read_body(request, longest)
    if body is None:
        raise RefusedError("TOO_LARGE", f"{longest:,} バイトを超える")
    try:
        return with_integers(value_of(body))
    except UnreadableJsonError as error:
        raise RefusedError("INVALID_REQUEST", f"JSON として読めない（{error}）") from error


def with_integers(value: Value) -> Value:
    """The same value with every number that has no fraction as an integer, as JSON Schema takes it."""
    whole: Value = _whole(value)
    return whole


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return value


def must_meet(schema: str, value: Any) -> None:
    """By the latest version of the contract. Raises RefusedError INVALID_REQUEST, naming the place only: what deviates may be personal
    data."""
    if place := deviation_from(schema, value, LATEST):
        raise RefusedError("INVALID_REQUEST", place)


def refusal(refused: RefusedError) -> JSONResponse:
    """The error object of the contract with its status."""
    return JSONResponse(refused.content(), refused.refusal.status or 403)


async def on_refused(_: Request, error: Exception) -> Response:
    """Answers a RefusedError that reached the application."""
    assert isinstance(error, RefusedError)
    return refusal(error)


async def on_http_error(_: Request, error: Exception) -> Response:
    """Unknown path or method, as an error object too; 405 keeps its status and Allow (RFC 9110 §15.5.6)."""
    assert isinstance(error, HTTPException)
    code = "NOT_FOUND" if error.status_code == 404 else "INVALID_REQUEST"
    return JSONResponse(RefusedError(code).content(), error.status_code, error.headers)


async def on_disconnect(_: Request, error: Exception) -> Response:
    """The caller went away while it sent; nobody reads this."""
    assert isinstance(error, ClientDisconnect)
    return Response(status_code=400)
