"""A small gateway that answers enquiries about records: 応答側, オンライン, 自動. It keeps everything in memory and has no logs, so
that it is no gateway for the whole suite; it is here for its tests."""

import asyncio
import json
import uuid
from contextlib import asynccontextmanager
from typing import Any

import contract
import httpx
import messages
from joserfc.jwk import ECKey
from messages import RefusedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

OWN = "221007"
TOKEN = "token-of-business-systems"


class Gateway:
    """The state of the gateway, and what it does."""

    def __init__(self, network: str) -> None:
        keys = contract.document("examples/test-keys.json")["organisations"][OWN]
        self.signature, self.encryption = (ECKey.import_key(keys[use]) for use in ("signature", "encryption"))
        self.network = network
        self.codes: dict[str, str] = {}  # link code → local id
        self.tokens: dict[str, str] = {}  # local id → enrolment token
        self.records: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.accepted: set[str] = set()
        self.directory: dict[str, Any] = {}
        self.working: set[asyncio.Task[None]] = set()

    async def partners(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """The directory, fetched on first use. Raises RefusedError UNDELIVERED."""
        if not self.directory:
            try:
                self.directory = (await client.get(f"{self.network}/v1/directory")).raise_for_status().json()
            except (httpx.HTTPError, ValueError):
                raise RefusedError("UNDELIVERED") from None
        return self.directory

    async def link_code(self, client: httpx.AsyncClient, enrolment: str) -> str:
        """Redeems a token. Raises RefusedError LINK_CODE_UNAVAILABLE."""
        wish = {"organisation": OWN, "enrolment_token": enrolment, "issued_at": contract.now()}
        token = messages.sign(wish, self.signature, messages.LINK_CODE)
        headers = {"Content-Type": "application/jose"}
        try:
            answer = await client.post(f"{self.network}/v1/link-codes", content=token, headers=headers)
            return str(answer.raise_for_status().json()["link_code"])
        except (httpx.HTTPError, ValueError, KeyError):
            raise RefusedError("LINK_CODE_UNAVAILABLE") from None

    async def register(self, client: httpx.AsyncClient, local_id: str, body: dict[str, Any]) -> bool:
        """Registers a resident; was it a new one? Raises RefusedError LINK_CODE_UNAVAILABLE."""
        known = local_id in self.tokens
        if self.tokens.get(local_id) != body["enrolment_token"]:
            code = await self.link_code(client, body["enrolment_token"])
            if self.codes.get(code, local_id) != local_id:
                raise RefusedError("LINK_CODE_UNAVAILABLE")
            self.codes = {c: i for c, i in self.codes.items() if i != local_id} | {code: local_id}
            self.tokens[local_id] = body["enrolment_token"]
        return not known

    def keep(self, record: dict[str, Any]) -> None:
        """Keeps a record. Raises RefusedError SUBJECT_UNKNOWN or VERSION_STALE."""
        if record["local_id"] not in self.tokens:
            raise RefusedError("SUBJECT_UNKNOWN")
        place = (record["local_id"], record["information"], spelt(record["key"]))
        if "version" in record and record["version"] < self.records.get(place, {}).get("version", 0):
            raise RefusedError("VERSION_STALE")
        self.records[place] = record

    async def check(self, client: httpx.AsyncClient, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and content of a message that came (guide §3). Raises RefusedError with the first thing that is wrong."""
        messages.peek(token)
        directory = await self.partners(client)
        network = ECKey.import_key(directory["network"]["keys"]["signature"])
        payload = messages.verify(token, [network], messages.MESSAGE)
        if not contract.meets("message", payload):
            raise RefusedError("MALFORMED")
        header = payload["header"]
        if header["to"] != OWN:
            raise RefusedError("NOT_ADDRESSEE")
        if contract.is_past(header["expires_at"]):
            raise RefusedError("EXPIRED")
        if header["message_id"] in self.accepted:
            raise RefusedError("REPLAYED")
        parties = {party["code"]: party for party in directory["organisations"]}
        if (sender := parties.get(header["from"])) is None:
            raise RefusedError("PARTNER_UNKNOWN")
        inner = self.opened(payload, header, sender)
        if not contract.may_cite(header["role"], header["affair"]):
            raise RefusedError("ROLE_NOT_ALLOWED")
        asks = header["kind"] == "照会依頼"
        kinds = (sender["kind"], "市町村") if asks else ("市町村", sender["kind"])
        if header["kind"] in {"照会依頼", "照会応答"} and not contract.is_lawful(header, *kinds):
            raise RefusedError("BASIS_NOT_LAWFUL")
        if header["kind"] in {"照会応答", "連絡", "受領"}:
            raise RefusedError("NOT_DECLARED")
        if header["kind"] == "エラー":
            raise RefusedError("NOT_FOUND")  # it asks nobody
        return header, inner["content"]

    def opened(
        self, payload: dict[str, Any], header: dict[str, Any], sender: dict[str, Any]
    ) -> dict[str, Any]:
        """The inner payload. Raises RefusedError."""
        further = list(sender.get("further_keys", ()))
        keys = [ECKey.import_key(sender["keys"]["signature"]), *(ECKey.import_key(r["key"]) for r in further)]
        jws = messages.open_body(payload["body"], self.encryption)
        inner = messages.verify(jws, keys, messages.CONTENT)
        if {name: inner.get(name) for name in messages.BOUND} != {n: header[n] for n in messages.BOUND}:
            raise RefusedError("SIGNATURE_INVALID")
        used = next((row for row in further if row["key"]["kid"] == messages.kid(jws)), None)
        if used and (
            used["revoked"]
            or contract.is_past(used["valid_until"])
            or not contract.is_past(used["valid_from"])
        ):
            raise RefusedError("KEY_NOT_VALID")
        if not contract.meets("content", inner):
            raise RefusedError("MALFORMED")
        return inner

    def answer(self, header: dict[str, Any], content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Kind and content of what is said to an enquiry."""
        local_id = self.codes.get(header["link_code"])
        if local_id is None:
            return "エラー", contract.refusal("SUBJECT_UNKNOWN")
        record = self.records.get((local_id, header["information"], spelt(content["key"])))
        if record is None:
            return "エラー", contract.refusal("RECORD_NOT_FOUND")
        needed = contract.needed(header["information"], header["affair"])
        told = {
            name: {k: v for k, v in record.get(name, {}).items() if k in needed}
            for name in ("items", "reasons")
        }
        return "照会応答", told if told["reasons"] else {"items": told["items"]}

    async def send(self, client: httpx.AsyncClient, header: dict[str, Any], content: dict[str, Any]) -> None:
        """Answers an enquiry, and tries again until it expires."""
        kind, said = self.answer(header, content)
        parties = {"kind": kind, "from": OWN, "to": header["from"]}
        reply = {**header, **parties, "message_id": str(uuid.uuid4()), "sent_at": contract.now()}
        partner = next(p for p in self.directory["organisations"] if p["code"] == header["from"])
        recipient = ECKey.import_key(partner["keys"]["encryption"])
        token, wait = messages.seal(reply, said, self.signature, recipient), 0.1
        while not contract.is_past(header["expires_at"]):
            try:
                headers = {"Content-Type": "application/jose"}
                came = await client.post(f"{self.network}/v1/inbox", content=token, headers=headers)
                if came.status_code == 202 or (
                    came.status_code < 500 and contract.meets("error", came.json())
                ):
                    return
            except (httpx.HTTPError, ValueError):
                pass
            await asyncio.sleep(wait)
            wait = min(2 * wait, 2.0)


def spelt(key: dict[str, str]) -> str:
    """A key as a key of a dict."""
    return json.dumps(key, sort_keys=True)


def refused(code: str) -> JSONResponse:
    """The HTTP answer of a refusal."""
    return JSONResponse(contract.refusal(code), contract.REFUSALS[code]["status"])


async def body_of(request: Request, schema: str) -> Any:
    """What a business system sends. Raises RefusedError."""
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        raise RefusedError("UNAUTHENTICATED")
    try:
        body = await request.json()
    except ValueError:
        raise RefusedError("INVALID_REQUEST") from None
    if not contract.meets(schema, body):
        raise RefusedError("INVALID_REQUEST")
    return body


async def health(request: Request) -> JSONResponse:
    """Who the gateway is."""
    gateway: Gateway = request.app.state.gateway
    keys = {"signature": gateway.signature.kid, "encryption": gateway.encryption.kid}
    about = {"status": "ok", "contract": "1", "organisation": OWN, "product": "example 1.0"}
    return JSONResponse({**about, "time": contract.now(), "tables": [contract.TABLE], "keys": keys})


async def subject(request: Request) -> JSONResponse:
    """Registers a resident."""
    gateway: Gateway = request.app.state.gateway
    body, local_id = await body_of(request, "subject"), request.path_params["local_id"]
    created = await gateway.register(request.app.state.client, local_id, body)
    return JSONResponse({"local_id": local_id}, 201 if created else 200)


async def record(request: Request) -> JSONResponse:
    """Registers a record."""
    gateway: Gateway = request.app.state.gateway
    gateway.keep(await body_of(request, "record"))
    return JSONResponse({})


async def inbox(request: Request) -> JSONResponse:
    """Takes a message from the network, and answers it later."""
    gateway: Gateway = request.app.state.gateway
    client = request.app.state.client
    header, content = await gateway.check(client, (await request.body()).decode("ascii", errors="replace"))
    gateway.accepted.add(header["message_id"])
    work = asyncio.create_task(gateway.send(client, header, content))
    gateway.working.add(work)
    work.add_done_callback(gateway.working.discard)
    return JSONResponse({"message_id": header["message_id"]}, 202)


def application(network: str, gateway: Gateway | None = None) -> Starlette:
    """The ASGI application, which reaches the network at a URL."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        async with httpx.AsyncClient() as client:
            app.state.client = client
            yield

    async def on_refused(_: Request, error: Exception) -> JSONResponse:
        return refused(str(error))

    routes = [
        Route("/south/v1/health", health),
        Route("/south/v1/subjects/{local_id}", subject, methods=["PUT"]),
        Route("/south/v1/records", record, methods=["PUT"]),
        Route("/north/v1/inbox", inbox, methods=["POST"]),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={RefusedError: on_refused})
    app.state.gateway = gateway or Gateway(network)
    return app
