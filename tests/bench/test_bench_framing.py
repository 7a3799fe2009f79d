"""How the body of a request travels: in pieces or chunks, which a gateway that reads once has only the first of."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from harness.contract.framing import LENGTH_REQUIRED, Framing, pieces
from harness.gateways.exchange import Limits
from harness.gateways.transport import Call, over_http, request_of
from tests.network.fake_gateway import served

BODY = '{"氏名":"\U00020bb7野"}'.encode()


@contextmanager
def gateway(*, wants_length: bool = False) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Its URL, and of each request how its length was told, and its body."""
    seen: list[tuple[str, bytes]] = []

    async def answer(request: Request) -> Response:
        told = "content-length" if "content-length" in request.headers else "chunked"
        seen.append((told, await request.body()))
        refused = wants_length and told == "chunked"
        return JSONResponse({}, LENGTH_REQUIRED if refused else 200)

    with served(Starlette(routes=[Route("/v1/records", answer, methods=["PUT"])])) as url:
        yield url, seen


def written(framing: Framing) -> Call:
    """A request with a body."""
    return Call("PUT", "/v1/records", {}, None, None, written=BODY, framing=framing)


def sent(url: str, framing: Framing) -> int | None:
    """The status of the last answer."""
    with over_http(Limits()) as http:
        return http.send(url, written(framing)).status


async def _parts(framing: Framing) -> list[bytes]:
    async with httpx.AsyncClient() as client:
        stream = request_of(client, "http://127.0.0.1", written(framing)).stream
        assert isinstance(stream, httpx.AsyncByteStream)
        return [part async for part in stream]


@pytest.mark.parametrize(
    ("framing", "told", "parts"),
    [
        (Framing.WHOLE, "content-length", (BODY,)),
        (Framing.PIECES, "content-length", pieces(BODY)),
        (Framing.CHUNKS, "chunked", pieces(BODY)),
    ],
)
def test_a_body_comes_at_once_in_pieces_or_in_chunks(
    framing: Framing, told: str, parts: tuple[bytes, ...]
) -> None:
    with gateway() as (url, seen):
        assert sent(url, framing) == 200
    assert seen == [(told, BODY)]
    assert tuple(asyncio.run(_parts(framing))) == parts


def test_who_wants_to_know_the_length_first_is_told_it() -> None:
    """RFC 9112 6.3 lets a server ask for it, so that no verdict may depend on it."""
    with gateway(wants_length=True) as (url, seen):
        assert sent(url, Framing.CHUNKS) == 200
    assert [told for told, _ in seen] == ["chunked", "content-length"]


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 3000])
def test_pieces_are_the_body(length: int) -> None:
    body = bytes(range(256)) * 12
    parts = pieces(body[:length])
    assert b"".join(parts) == body[:length]
    assert all(parts)
    assert (length > 1) == (len(parts) > 1)
