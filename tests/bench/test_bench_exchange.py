"""What the bench makes of one answer of a gateway, whatever that is: a body, or the code of a problem; and what it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.bench.network import Address, NetworkControl
from harness.catalogue.findings import NonconformityError
from harness.gateways.exchange import Limits, Reply
from harness.gateways.transport import Call, over_http
from tests.network.fake_gateway import served


@contextmanager
def gateway(body: bytes, **further: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A gateway that says this to everything, and sets a cookie; its URL, and the headers that it was sent."""
    seen: list[dict[str, str]] = []

    async def answer(request: Request) -> Response:
        seen.append(dict(request.headers))
        headers = {"Set-Cookie": f"session{len(seen)}={'x' * 1000}; Path=/", **further}
        return Response(body, 200, headers, "application/json")

    with served(Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])) as url:
        yield url, seen


def asked(url: str, times: int = 1) -> Reply:
    """What the client of a worker makes of it."""
    with over_http(Limits()) as http:
        replies = [http.send(url, Call("GET", "/v1/health", {}, None, None)) for _ in range(times)]
    return replies[-1]


@pytest.mark.parametrize("coding", ["gzip", "br", "GZip", "identity, deflate"])
def test_a_body_that_says_it_is_compressed_is_none_that_a_business_system_can_read(coding: str) -> None:
    with gateway(b'{"status":"ok"}', **{"Content-Encoding": coding}) as (url, _):
        reply = asked(url)
    assert reply.problem == "NOT_JSON"
    assert f"Content-Encoding {coding!r}" in reply.detail


@pytest.mark.parametrize("coding", ["identity", "Identity", " "])
def test_a_body_that_says_it_is_as_it_is_is_read(coding: str) -> None:
    with gateway(b'{"status":"ok"}', **{"Content-Encoding": coding}) as (url, _):
        reply = asked(url)
    assert (reply.problem, reply.body) == (None, {"status": "ok"})


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('{"status":"受付"}'.encode("utf-16"), "UTF-8"),
        ("\ufeff{}".encode(), "BOM"),
        ('{"status":"受付"}'.encode("cp932"), "UTF-8"),
        (b'{"status":1,"status":2}', "同じ名前"),
        (b'{"amount":NaN}', "NaN"),
        (b'{"name":"\\ud842"}', "サロゲート"),
        (b'{"a":' * 950 + b"1" + b"}" * 950, "入れ子"),
        (b"[" * 300_000 + b"]" * 300_000, "入れ子"),
        (b"<html>", "JSON ではない"),
    ],
)
def test_what_is_no_json_of_the_contract_convicts_the_gateway(body: bytes, why: str) -> None:
    with gateway(body) as (url, _):
        reply = asked(url)
    assert reply.problem == "NOT_JSON"
    with pytest.raises(NonconformityError, match=why):
        reply.expect(200)


@pytest.mark.parametrize("body", [b'{"a": 812000}', b' [1.5, "\\ud842\\udfb7", null]\n', b"9007199254740991"])
def test_json_is_a_body_however_it_is_written(body: bytes) -> None:
    with gateway(body) as (url, _):
        reply = asked(url)
    assert (reply.problem, reply.status) == (None, 200)


def test_no_client_of_the_bench_keeps_a_cookie() -> None:
    with gateway(b"{}") as (url, seen):
        asked(url, times=70)
        control = NetworkControl.at(Address(url, "token"))
        for _ in range(2):
            control.must_be_there()
    assert len(seen) == 72
    assert not [headers for headers in seen if "cookie" in headers]


def test_a_client_that_keeps_them_would_have_sent_some() -> None:
    with gateway(b"{}") as (url, seen), httpx.Client(trust_env=False) as client:
        client.get(url)
        client.get(url)
    assert ["cookie" in headers for headers in seen] == [False, True]


def test_the_head_of_an_answer_is_kept_byte_by_byte() -> None:
    with gateway(b"{}") as (url, _):
        reply = asked(url)
    assert "set-cookie: session1=xxx" in reply.head
    assert reply.head.startswith("OK\n")
    assert not {"date", "content-type", "content-length"} & {
        line.partition(":")[0] for line in reply.head.splitlines()
    }
