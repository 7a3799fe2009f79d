"""The HTTP client of the stand-ins against servers that answer oddly."""

import asyncio
from typing import Any

import httpcore
import pytest
from httpcore._backends.anyio import AnyIOStream
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.contract.framing import Framing
from mocks.network.delivery import Delivered, over_http
from mocks.web.http_client import Answer, HttpClient, UnreachableError
from mocks.web.overhearing import OverhearingBackend, _Stream
from tests.network.fake_gateway import served


def served_raw(reply: bytes, requests: int = 1) -> list[Answer | str]:
    """What a client makes of a server that gives this reply on every connection and then closes it."""

    async def on_connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        await writer.drain()
        writer.close()

    async def ask() -> list[Answer | str]:
        server = await asyncio.start_server(on_connect, "127.0.0.1", 0)
        client = HttpClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        answers: list[Answer | str] = []
        for _ in range(requests):
            try:
                answers.append(await client.get("/v1/directory"))
            except UnreachableError as error:
                answers.append(str(error))
        server.close()
        return answers

    return asyncio.run(ask())


def test_a_server_that_closes_every_connection_is_reached_every_time() -> None:
    answers = served_raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", requests=3)
    assert answers == [Answer(200, b"{}")] * 3


@pytest.mark.parametrize(
    ("framing", "wants_length", "told"),
    [
        (Framing.WHOLE, False, ["content-length"]),
        (Framing.PIECES, False, ["content-length"]),
        (Framing.CHUNKS, False, ["chunked"]),
        (Framing.CHUNKS, True, ["chunked", "content-length"]),
    ],
)
def test_a_body_travels_in_every_way(framing: Framing, wants_length: bool, told: list[str]) -> None:
    """RFC 9112 6.3 lets a server ask for the length first."""
    seen: list[tuple[str, bytes]] = []

    async def answer(request: Request) -> Response:
        way = "content-length" if "content-length" in request.headers else "chunked"
        seen.append((way, await request.body()))
        return Response(status_code=411 if wants_length and way == "chunked" else 202)

    with served(Starlette(routes=[Route("/v1/inbox", answer, methods=["POST"])])) as url:
        said = asyncio.run(HttpClient(url).post("/v1/inbox", "application/jose", b"abcdefg", framing))
    assert said.status == 202
    assert seen == [(way, b"abcdefg") for way in told]


def test_who_is_killed_right_after_taking_a_connection_is_not_reached() -> None:
    class Gone(httpcore.AsyncNetworkStream):
        def get_extra_info(self, info: str) -> None:
            raise AttributeError("'NoneType' object has no attribute 'getpeername'")

        async def aclose(self) -> None:
            pass

    class Backend(OverhearingBackend):
        async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
            return _Stream(Gone(), self.heard)

    async def ask() -> Answer:
        pool = httpcore.AsyncConnectionPool(network_backend=Backend())
        return await HttpClient("http://127.0.0.1:9", pool=pool).post("/v1/inbox", "x", b"")

    with pytest.raises(UnreachableError, match="ConnectError"):
        asyncio.run(ask())


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            b"HTTP/1.1 202 A\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
            Answer(202, b"{}"),
        ),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Answer(204, b"")),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "RemoteProtocolError"),
        (b"nonsense\r\n\r\n", "RemoteProtocolError"),
        (b"", "RemoteProtocolError"),
    ],
)
def test_odd_answers_are_read_or_reported(reply: bytes, expected: Answer | str) -> None:
    assert served_raw(reply) == [expected]


def test_a_fault_of_ours_in_an_exchange_is_told_and_is_no_connection_that_was_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: Any) -> bytes:
        raise AttributeError("broken")

    monkeypatch.setattr(AnyIOStream, "read", broken)
    with pytest.raises(AttributeError, match="broken"):
        served_raw(b"")


def test_whom_the_network_delivers_to_may_be_lost_like_that_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(stream: AnyIOStream, info: str) -> None:
        raise AttributeError("'NoneType' object has no attribute 'getpeername'")

    async def deliver() -> Delivered:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        said = await over_http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")("t")
        server.close()
        return said

    monkeypatch.setattr(AnyIOStream, "get_extra_info", lost)
    assert asyncio.run(deliver()).problem == "ConnectError"


def test_a_connection_that_was_lost_while_it_was_opened_is_an_answer_that_did_not_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(stream: AnyIOStream, info: str) -> None:
        raise AttributeError("'NoneType' object has no attribute 'getpeername'")

    monkeypatch.setattr(AnyIOStream, "get_extra_info", lost)
    assert served_raw(b"") == ["ConnectError"]
