"""A network for these tests alone: it keeps what it gets, answers as it is told, and signs what tests send."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from harness.contract import json_binding
from harness.contract.affairs import affairs
from harness.contract.keys import KeyPair
from harness.contract.keys import bench_keys as keys_of
from harness.contract.law import Basis, item_of, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header, Message, new_id, timestamp
from harness.contract.organisations import network_organisation, organisations
from harness.contract.schemas import problem_with

OWN, PARTNER, OTHER = "221007", "401307", "131016"
NETWORK = network_organisation().code
AFFAIR = affairs()["児童扶養手当の支給"].text
TAX = "地方税関係情報"
BASIS = Basis(newest(versions()), item_of(newest(versions()), (AFFAIR,), TAX))
SECONDS = 60.0  # patience: only a test that fails waits so long, also on a crowded machine


@dataclass(frozen=True)
class Arrived:
    """A message as the network got it; content opened with the recipient's key, None where that fails."""

    token: str
    header: Header
    content: dict[str, Any] | None


@dataclass
class FakeNetwork:
    """State that tests read and set; `changed` guards it. `script` holds answers to the next inbox posts."""

    url: str = ""
    arrived: list[Arrived] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    script: deque[tuple[int, Any]] = field(default_factory=deque)
    is_out: bool = False
    directory: dict[str, Any] | None = None  # in place of the one that there is
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, found: Callable[[], Any]) -> Any:
        """What `found` gives as soon as it is true. Raises AssertionError after SECONDS."""
        with self.changed:
            assert self.changed.wait_for(found, SECONDS), "nothing of the kind arrived"
            return found()

    def of(self, correlation_id: str) -> list[Arrived]:
        """What arrived for one enquiry."""
        return [a for a in self.arrived if a.header.correlation_id == correlation_id]

    def answer_to(self, correlation_id: str) -> Arrived:
        """The first message that arrives for an enquiry."""
        found: Arrived = self.wait_for(lambda: self.of(correlation_id))[0]
        return found


def link_code(token: str, organisation: str = OWN) -> str:
    """The code of this network for an enrolment token."""
    return sha256(f"{organisation}/{token}".encode()).hexdigest()[:32]


def enquiry(code: str, **other: Any) -> Message:
    """A proper 照会依頼 of 福岡市 for 2011; `other` overrides fields of its header."""
    header = Header.enquiry(
        sender=PARTNER,
        recipient=OWN,
        basis=BASIS,
        affair=AFFAIR,
        information=TAX,
        role="child-allowance",
        mode="オンライン",
        link_code=code,
        expires_at=timestamp(timedelta(seconds=60)),
    )
    return Message(replace(header, **other), {"key": {"相当年度": "2011"}})


def answer_to(asked: Header, code: str, content: dict[str, Any], kind: str = "照会応答") -> Message:
    """What a partner answers to an enquiry of the gateway, with the link code translated by the network."""
    header = replace(
        asked,
        message_id=new_id(),
        kind=kind,
        sender=asked.recipient,
        recipient=asked.sender,
        link_code=code,
        sent_at=timestamp(),
    )
    return Message(header, content)


def sealed(message: Message, *, inner: KeyPair | None = None, outer: KeyPair | None = None) -> str:
    """A message as the network hands it over: inner signature of the sender, outer one of the network."""
    signer = inner or keys_of(message.header.sender)
    body = json_binding.encrypt(message, signer.signature, keys_of(OWN).public().encryption)
    return json_binding.wrap(message.header, body, (outer or keys_of(NETWORK)).signature)


def post(north: str, token: str) -> httpx.Response:
    """Hands a message to a gateway; its answer meets the contract."""
    reply = httpx.post(f"{north}/v1/inbox", content=token, headers={"Content-Type": "application/jose"})
    schema = "accepted" if reply.status_code == 202 else "error"
    assert problem_with(schema, reply.json()) is None
    return reply


def error(code: str = "BASIS_NOT_LAWFUL") -> dict[str, str]:
    """An error object."""
    return {"code": code, "phase": "認証・認可", "reason": "試験"}


@contextmanager
def running() -> Iterator[FakeNetwork]:
    """A fake network in a thread of this process."""
    network = FakeNetwork()
    with served(_application(network)) as network.url:
        yield network


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The base URL of an application that runs in a thread of this process."""
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + SECONDS
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(SECONDS)


def directory() -> dict[str, Any]:
    """The directory of the bench's organisations."""
    rows = {
        o.code: {"code": o.code, "name": o.name, "kind": o.kind, "keys": keys_of(o.code).public().to_jwk()}
        for o in organisations().values()
    }
    network = rows.pop(NETWORK)
    return {
        "network": network,
        "organisations": list(rows.values()),
        "tables": list(versions()),
        "time": timestamp(),
    }


def _application(network: FakeNetwork) -> Starlette:
    async def get_directory(_: Request) -> Response:
        network.asked.append("directory")
        return Response(status_code=503) if network.is_out else JSONResponse(network.directory or directory())

    async def post_link_code(request: Request) -> Response:
        payload = json_binding.verify(
            (await request.body()).decode(), keys_of(OWN).signature, "renkei-link-code+jws"
        )
        assert problem_with("link-code-request", payload) is None
        network.asked.append(payload["enrolment_token"])
        if payload["enrolment_token"] == "unknown":
            return JSONResponse(error("SUBJECT_UNKNOWN"), 404)
        return JSONResponse({"link_code": link_code(payload["enrolment_token"])})

    async def post_message(request: Request) -> Response:
        token = (await request.body()).decode()
        with network.changed:
            network.attempts.append(token)
            status, body = network.script.popleft() if network.script else (202, None)
            if network.is_out:
                status, body = 503, None
            if status == 202:
                network.arrived.append(_opened(token))
            network.changed.notify_all()
        accepted = {"message_id": json_binding.peek(token)["header"]["message_id"]}
        return JSONResponse(accepted if status == 202 and body is None else body, status)

    return Starlette(
        routes=[
            Route("/v1/directory", get_directory),
            Route("/v1/link-codes", post_link_code, methods=["POST"]),
            Route("/v1/inbox", post_message, methods=["POST"]),
        ]
    )


def _opened(token: str) -> Arrived:
    """Verifies the gateway's outer signature, then opens the content as its recipient would."""
    header, body = json_binding.unwrap(token, keys_of(OWN).public().signature)
    try:
        recipient = keys_of(header.recipient).encryption
        content = json_binding.decrypt(header, body, recipient, keys_of(OWN).public().signature)
    except Exception:
        content = None
    return Arrived(token, header, json.loads(json.dumps(content)))
