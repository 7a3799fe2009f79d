"""Requests over the wire as HTTP clients of other languages write them: each reaches the application whole."""

import asyncio

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from mocks.web.http_protocol import HttpProtocol

_OFFER = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n"
_LENGTH = "Content-Length: 5\r\n"
_CHUNKED = "Transfer-Encoding: chunked\r\n"
_CHUNKS = "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"


async def _echo(request: Request) -> JSONResponse:
    body = (await request.body()).decode()
    return JSONResponse({"path": request.url.path, "body": body, "x": request.headers.get("x-other")})


def answered(*pieces: str) -> str:
    """Everything that the server says to these pieces, each sent by itself; the last request must close the connection."""

    async def talk() -> str:
        app = Starlette(routes=[Route("/{rest}", _echo, methods=["GET", "POST"])])
        config = uvicorn.Config(app, http=HttpProtocol, ws="none", lifespan="off", log_config=None)
        state, loop = ServerState(), asyncio.get_running_loop()
        server = await loop.create_server(lambda: HttpProtocol(config, state, {}), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for piece in pieces:
            writer.write(piece.encode())
            await writer.drain()
            await asyncio.sleep(0)
        said = await asyncio.wait_for(reader.read(), 30)
        writer.close()
        server.close()
        return said.decode()

    return asyncio.run(talk())


def _post(headers: str, body: str, path: str = "/one", version: str = "1.1") -> str:
    return f"POST {path} HTTP/{version}\r\nHost: here\r\nX-Other: kept\r\n{headers}\r\n{body}"


_LAST = "GET /last HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("offer", ["", _OFFER, "Upgrade: h2c\r\nConnection: keep-alive, UPGRADE\r\n"])
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (_LENGTH, "abcde"),
        (_CHUNKED, _CHUNKS),
        (_LENGTH + "Expect: 100-continue\r\n", "abcde"),
        (_CHUNKED + "Expect: 100-continue\r\n", _CHUNKS),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_an_offer_to_upgrade_leaves_the_request_whole(
    offer: str, headers: str, body: str, *, apart: bool
) -> None:
    head = _post(offer + headers, "")
    said = answered(*([head, body] if apart else [head + body]), _LAST)
    assert said.count("HTTP/1.1 200") == 2, said
    assert '{"path":"/one","body":"abcde","x":"kept"}' in said
    assert '{"path":"/last","body":"","x":null}' in said
    assert said.count("100 Continue") == ("Expect" in headers), said


def test_a_head_with_an_offer_may_come_in_any_pieces() -> None:
    whole = _post(_OFFER + _LENGTH, "abcde") + _LAST
    for cut in range(1, len(whole), 7):
        said = answered(whole[:cut], whole[cut:])
        assert said.count('"body":"abcde"') == 1, (cut, said)
        assert said.count("HTTP/1.1 200") == 2, (cut, said)


def test_many_requests_with_an_offer_at_once_are_answered_in_their_order() -> None:
    many = "".join(_post(_OFFER + _LENGTH, "abcde", f"/{number}") for number in range(1100))
    said = answered(many + _LAST)
    at = [said.index(f'"/{number}"') for number in range(1100)]
    assert at == sorted(at)
    assert said.count('"body":"abcde"') == 1100


@pytest.mark.parametrize("offer", ["Connection: close\r\n", "Upgrade: h2c\r\nConnection: close, Upgrade\r\n"])
def test_a_connection_that_is_to_be_closed_is_closed(offer: str) -> None:
    said = answered(_post(offer + _LENGTH, "abcde"))
    assert said.count('"body":"abcde"') == 1
    assert "connection: close" in said.lower()


@pytest.mark.parametrize("offer", ["", _OFFER])
def test_http_1_0_is_answered_and_closed(offer: str) -> None:
    assert '"body":"abcde"' in answered(_post(offer + _LENGTH, "abcde", version="1.0"))


def test_connect_is_refused_and_what_is_no_http_too() -> None:
    assert "HTTP/1.1 4" in answered(
        "CONNECT there:80 HTTP/1.1\r\nHost: there:80\r\nConnection: close\r\n\r\n"
    )
    assert "HTTP/1.1 400" in answered("\x16\x03\x01 hello\r\n\r\n")
