"""A client that offers h2c, as Java's does with every request, reaches every face of the stand-ins."""

import json
import select
import socket
import subprocess
from contextlib import closing
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest

from harness.contract.keys import bench_keys
from harness.contract.messages import timestamp
from tests.gateway.gateway_process import TOKENS, command
from tests.network.fake_gateway import OWN, SECONDS, signed
from tests.network.network_process import network

_OFFER = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n"
_LENGTHS = (
    "Content-Length: {}\r\n{}\r\n{}",
    "Transfer-Encoding: chunked\r\n{1}\r\n{0:x}\r\n{2}\r\n0\r\n\r\n",
)


def posted(url: str, headers: str, body: str, length: str) -> tuple[int, str]:
    """Status and body of one POST with the offer, and of nothing but that: the connection stays open."""
    parts = urlsplit(url)
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{_OFFER}"
    with closing(socket.create_connection((parts.hostname or "", parts.port or 0), SECONDS)) as line:
        line.sendall((head + length.format(len(body), headers, body)).encode())
        answer = HTTPResponse(line)
        answer.begin()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("length", _LENGTHS)
def test_the_network_gives_a_link_code_and_reads_a_message(length: str) -> None:
    with network() as running:
        base = str(running.client.base_url).rstrip("/")
        keys = bench_keys(OWN).public().to_jwk()
        north = "http://127.0.0.1:1/north"
        running.done("PUT", "gateway", {"code": OWN, "north_url": north, "keys": keys})
        person = running.done("POST", "people", {"person": "offers"})
        wish = {
            "organisation": OWN,
            "enrolment_token": person["enrolment_tokens"][OWN],
            "issued_at": timestamp(),
        }
        token = signed(wish, token_type="renkei-link-code+jws")
        status, said = posted(f"{base}/v1/link-codes", "Content-Type: application/jose\r\n", token, length)
        assert (status, json.loads(said)) == (200, {"link_code": person["link_codes"][OWN]})
        status, said = posted(
            f"{base}/v1/inbox",
            "Content-Type: application/jose\r\n",
            signed({"header": {"from": OWN}}),
            length,
        )
        assert (status, "様式に合わない" in json.loads(said)["reason"]) == (400, True)


@pytest.mark.parametrize("length", _LENGTHS)
def test_the_reference_gateway_reads_what_it_is_sent(length: str) -> None:
    process: subprocess.Popen[bytes] = command("mocks.gateway", "--network", "http://127.0.0.1:1")
    assert process.stdout is not None
    with process:
        try:
            assert select.select([process.stdout], [], [], SECONDS)[0], "no ready line"
            south = json.loads(process.stdout.readline())["south"]
            token = f"Authorization: Bearer {TOKENS['business']}\r\n"
            assert posted(f"{south}/v1/records/bulk", token, '{"records":[]}', length)[0] in {200, 422}
            assert posted(f"{south}/v1/records/bulk", token, '{"records":', length)[0] == 422
            wrong = {"local_id": "nobody", "information": "住民票関係情報", "key": {}}
            status, said = posted(f"{south}/v1/records/deletion", token, json.dumps(wrong), length)
            assert (status, json.loads(said)["code"]) == (404, "SUBJECT_UNKNOWN")
        finally:
            process.terminate()
