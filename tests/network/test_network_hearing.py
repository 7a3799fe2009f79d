"""Every byte of a gateway is kept, on both ways; and what the contract does not name is refused."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from joserfc import jwe, jws

from harness.contract import json_binding
from harness.contract.journal import Entry
from harness.contract.journal_entries import HeardEntry
from harness.contract.keys import bench_keys as keys_of
from harness.contract.messages import Message, timestamp
from harness.record.reader import read
from tests.network import network_process
from tests.network.fake_gateway import OWN, PARTNER, SECONDS, enquiry, raw_server, sealed, signed
from tests.network.network_process import JOSE, RunningNetwork


@dataclass(frozen=True)
class Heard:
    """A network with a journal."""

    network: RunningNetwork
    journal: Path

    def say(self, request: bytes) -> None:
        """Sends these bytes over a connection of their own, and waits until they are answered."""
        place = urlsplit(str(self.network.client.base_url))
        with socket.create_connection((place.hostname, place.port or 80), SECONDS) as line:
            line.sendall(request)
            assert line.recv(64_000)

    def entries(self) -> list[HeardEntry]:
        """What was heard; of a message with its body in place of null."""
        return [entry for entry in read(self.journal) if entry["type"] == Entry.HEARD]


@contextmanager
def heard(folder: Path) -> Iterator[Heard]:
    """With a journal of its own."""
    journal = folder / "journal.jsonl"
    with network_process.network(journal=journal) as network:
        yield Heard(network, journal)


def test_every_byte_around_a_message_is_kept_and_none_of_it_twice(tmp_path: Path) -> None:
    with heard(tmp_path) as bench:
        _, links = bench.network.person()
        token = sealed(enquiry(links[OWN])).encode()
        head = b"POST /v1/inbox HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose; ref=a1\r\nX-Odd-CASE: b2\r\n"
        bench.say(head + b"Content-Length: %d\r\n\r\n%s" % (len(token), token))
        half = len(token) // 2
        chunks = (token[:half], token[half:])
        framed = b"".join(b"%x;note=c3\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
        bench.say(head + b"Transfer-Encoding: chunked\r\n\r\n" + framed + b"0\r\nX-After: d4\r\n\r\n")
        once, again = bench.entries()
    for entry in (once, again):
        assert (entry["asked"], entry["status"], entry["body"]) == ("POST /v1/inbox", 202, None)
        assert entry["kind"] == "照会依頼"
        assert "ref=a1" in entry["wire"]
        assert "X-Odd-CASE: b2" in entry["wire"]
        assert token[half : half + 40].decode() not in entry["wire"]
    assert again["wire"].count("note=c3") == 2
    assert "X-After: d4" in again["wire"]


@pytest.mark.parametrize("target", ["/v1/directory?who=e5", "/v1/nobody/e5", "/control/v1/e5"])
def test_what_is_asked_beside_messages_is_kept(tmp_path: Path, target: str) -> None:
    with heard(tmp_path) as bench:
        bench.say(f"GET {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nf6".encode())
        (entry,) = bench.entries()
    assert (entry["asked"], entry["body"], entry["kind"]) == (f"GET {target}", "f6", None)
    assert "e5" in entry["wire"]


def test_the_answer_of_an_inbox_is_kept_as_it_came(tmp_path: Path) -> None:
    answer = json.dumps({"message_id": "0" * 8}).encode()
    said = b"HTTP/1.1 202 Taken of g7\r\nX-Odd-CASE: h8\r\nTransfer-Encoding: chunked\r\n\r\n"
    said += b"%x;i9\r\n%s\r\n0\r\nX-After: j0\r\n\r\n" % (len(answer), answer)

    def serve(connection: socket.socket) -> None:
        connection.recv(64_000)
        connection.sendall(said)

    with heard(tmp_path) as bench, raw_server(serve) as north:
        bench.network.register_at(north)
        bench.network.enquire(bench.network.person()[0])
        (entry,) = bench.entries()
    assert (entry["direction"], entry["kind"], entry["status"]) == ("to_gateway", "照会依頼", 202)
    assert entry["wire"] == said.decode()


def test_under_load_nothing_is_kept(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    with network_process.network("--for-load", journal=journal) as network:
        network.client.get("/v1/directory")
    assert not journal.exists() or list(read(journal)) == []


def _signed(payload: dict[str, Any], typ: str, **more: Any) -> str:
    key = keys_of(OWN).signature
    protected = {"alg": "ES256", "kid": key.kid, "typ": typ, **more}
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    return jws.serialize_compact(protected, json.dumps(payload).encode(), key, registry=registry)


def _body(message: Message, inner: dict[str, Any], **more: Any) -> str:
    key = keys_of(PARTNER).encryption
    protected = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": key.kid, **more}
    token = _signed(
        json_binding.bound(message.header) | {"content": message.content},
        json_binding.CONTENT_JWS_TYPE,
        **inner,
    )
    registry = jwe.JWERegistry(algorithms=["ECDH-ES", "A256GCM"], strict_check_header=False)
    return jwe.encrypt_compact(protected, token.encode(), key, registry=registry)


def _around(message: Message, body: str) -> str:
    return _signed({"header": message.header.to_wire(), "body": body}, json_binding.MESSAGE_TYPE)


def _more_outside(message: Message) -> str:
    return _signed(json_binding.peek(sealed(message)), json_binding.MESSAGE_TYPE, note="k1")


STRANGE: dict[str, tuple[Callable[[Message], str], dict[str, str], str]] = {
    "a member of the outer protected header": (_more_outside, {}, "SIGNATURE_INVALID"),
    "padding": (lambda m: f"{sealed(m)}=", {}, "SIGNATURE_INVALID"),
    "a line break": (lambda m: f"{sealed(m)}\n", {}, "SIGNATURE_INVALID"),
    "another media type": (sealed, {"Content-Type": "application/json"}, "MALFORMED"),
    "no media type": (sealed, {"Content-Type": ""}, "MALFORMED"),
    "a query": (sealed, {"?": "who=l2"}, "MALFORMED"),
}
UNREADABLE: dict[str, Callable[[Message], str]] = {
    "cty in the body": lambda m: _around(m, _body(m, {}, cty="JWT")),
    "apu in the body": lambda m: _around(m, _body(m, {}, apu="bTM")),
    "another kid of the body": lambda m: _around(m, _body(m, {}, kid="n4")),
    "a member of the inner protected header": lambda m: _around(m, _body(m, {"note": "o5"})),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_the_contract_does_not_name_is_refused_and_said(network: RunningNetwork, name: str) -> None:
    make, headers, code = STRANGE[name]
    person, links = network.person()
    query = headers.get("?", "")
    headers = {**JOSE, **{n: value for n, value in headers.items() if n != "?"}}
    token = make(enquiry(links[OWN]))
    reply = network.client.post("/v1/inbox", content=token, headers=headers, params=query or None)
    assert reply.json()["code"] == code
    (exchange,) = network.exchanges(at_least=1, person=person)
    assert exchange["problem"] is not None


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_body_that_is_none_of_the_contract_stays_closed(network: RunningNetwork, name: str) -> None:
    person, links = network.person()
    network.post(UNREADABLE[name](enquiry(links[OWN])))
    (exchange,) = network.exchanges(at_least=1, person=person)
    assert exchange["content"] is None
    assert exchange["problem"] is not None


def test_a_charset_changes_nothing(network: RunningNetwork) -> None:
    _, links = network.person()
    headers = {"Content-Type": "Application/JOSE; charset=utf-8"}
    reply = network.client.post("/v1/inbox", content=sealed(enquiry(links[OWN])), headers=headers)
    assert reply.status_code == 202


def test_an_answer_that_breaks_off_is_none(tmp_path: Path) -> None:
    """A gateway that asked for a link code has not been told any."""
    with heard(tmp_path) as bench:
        token = bench.network.done("POST", "people", {"person": "broken"})["enrolment_tokens"][OWN]
        bench.network.done("PUT", "disturbances", {"person": "broken", "codes": ["broken"]})
        wish = {"organisation": OWN, "enrolment_token": token, "issued_at": timestamp()}
        request = signed(wish, token_type="renkei-link-code+jws")
        with pytest.raises(httpx.HTTPError):
            bench.network.client.post("/v1/link-codes", content=request, headers=JOSE)
        assert bench.network.client.post("/v1/link-codes", content=request, headers=JOSE).status_code == 200
        asked = [entry["status"] for entry in read(bench.journal) if entry["type"] == Entry.ASKED]
    assert asked == [None, 200]
