"""A gateway for these tests alone: it keeps what arrives, answers as it is told, and makes messages to send."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import uvicorn
from joserfc import jws
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from harness.contract import json_binding
from harness.contract.affairs import affairs
from harness.contract.keys import bench_keys as keys_of
from harness.contract.law import Basis, item_of, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header, Message, new_id, timestamp
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from harness.contract.schemas import problem_with

OWN, PARTNER, OTHER, PREFECTURE = "221007", "401307", "131016", "220001"
NETWORK = network_organisation().code
AFFAIR = affairs()["児童扶養手当の支給"].text
TAX = "地方税関係情報"
BASIS = Basis(newest(versions()), item_of(newest(versions()), (AFFAIR,), TAX))
YEAR = {"相当年度": "2011"}
SECONDS = 60.0  # patience: only a test that fails waits so long, also on a crowded machine


@dataclass
class FakeGateway:
    """`respond` answers each message that arrives; 202 unless a test says otherwise."""

    north: str = ""
    arrived: list[str] = field(default_factory=list)
    respond: Callable[[str], Response] | None = None

    def application(self) -> Starlette:
        """Its inbox."""

        async def inbox(request: Request) -> Response:
            token = (await request.body()).decode()
            self.arrived.append(token)
            return self.respond(token) if self.respond else JSONResponse(accepted(token), 202)

        return Starlette(routes=[Route("/north/v1/inbox", inbox, methods=["POST"])])


def accepted(token: str) -> dict[str, str]:
    """What an inbox says with 202, of a message that can be read at all."""
    try:
        return {"message_id": json_binding.peek(token)["header"]["message_id"]}
    except RefusedError:
        return {"message_id": new_id()}


def enquiry(link_code: str, **other: Any) -> Message:
    """A proper 照会依頼 of the gateway to 福岡市; `other` overrides fields of its header."""
    header = Header.enquiry(
        sender=OWN,
        recipient=PARTNER,
        basis=BASIS,
        affair=AFFAIR,
        information=TAX,
        role="child-allowance",
        mode="オンライン",
        link_code=link_code,
        expires_at=timestamp(timedelta(seconds=60)),
    )
    return Message(replace(header, **other), {"key": YEAR})


def answer_to(asked: dict[str, Any], items: dict[str, Any]) -> Message:
    """What the gateway answers to an enquiry of which it got this header."""
    header = Header.from_wire(asked)
    return Message(header.reply("照会応答", header.link_code), {"items": items})  # type: ignore[arg-type]


def sealed(message: Message, signer: str = OWN) -> str:
    """A message as an organisation hands it to the network."""
    return json_binding.seal(message, keys_of(signer), keys_of(message.header.recipient).public())


def signed(payload: Any, signer: str = OWN, token_type: str = json_binding.MESSAGE_TYPE) -> str:
    """A JWS over whatever, also over what has no UTF-8."""
    key = keys_of(signer).signature
    protected = {"alg": json_binding.SIGNATURE, "kid": key.kid, "typ": token_type}
    return jws.serialize_compact(protected, json.dumps(payload), key, algorithms=[json_binding.SIGNATURE])


def faults(token: str, before: tuple[str, ...] = ()) -> set[str]:
    """Everything that a gateway could find wrong with a message, each check on its own (guide §3)."""
    try:
        payload = json_binding.peek(token + "AA" if token.endswith(".") else token)
    except RefusedError:
        return {"jws"}
    if problem_with("message", payload):
        return {"schema"}
    header, sender = Header.from_wire(payload["header"]), payload["header"]["from"]
    if sender not in organisations():
        return {"sender"}
    found = {"replay"} if token in before else set()
    found |= {"addressee"} if header.recipient != OWN else set()
    found |= {"expiry"} if header.expires_at < timestamp() else set()
    try:
        json_binding.unwrap(token, keys_of(NETWORK).signature)
    except RefusedError:
        found.add("outer signature")
    try:
        json_binding.decrypt(header, payload["body"], keys_of(OWN).encryption, keys_of(sender).signature)
    except RefusedError as refused:
        found.add({"DECRYPTION_FAILED": "decryption"}.get(refused.refusal.code, refused.reason))
    return found


@contextmanager
def fake_gateway() -> Iterator[FakeGateway]:
    """A fake gateway that listens in a thread of this process."""
    gateway = FakeGateway()
    with served(gateway.application()) as base:
        gateway.north = f"{base}/north"
        yield gateway


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The base URL of an application that runs in a thread of this process."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + SECONDS
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.002)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(SECONDS)
    listener.close()


@contextmanager
def raw_server(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """The north URL of something that listens and treats each connection as it likes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    serve(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(SECONDS)
