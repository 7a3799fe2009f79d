"""The control API: the bench resets, looks, and makes counterparts act. Loopback and a token."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from harness.spec.keys import PublicKeys
from harness.spec.organisations import organisations
from harness.spec.refusals import RefusedError
from mocks.network.delivery import over_http
from mocks.network.enquiry import Ask, known_alteration
from mocks.network.network import GatewayUnderTest, Network
from mocks.network.people import People
from mocks.network.records import matches
from mocks.organisations.registers import BEHAVIOURS, Behaviour, Registers, Subject
from mocks.web.http_json import read_json

LONGEST_REQUEST = 1_000_000  # bytes
LONGEST_WAIT = 30.0  # seconds
LOOPBACK = ("127.0.0.1", "localhost", "::1")
Handler = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


def control_routes(network: Network, token: str, allowed: tuple[str, ...] = ()) -> list[Route]:
    """The routes below /control/v1. Each handler takes the JSON body, or the query of a GET."""
    control = _Control(network, (*LOOPBACK, *allowed))
    handlers: dict[tuple[str, str], Handler] = {
        ("GET", "/health"): control.health,
        ("POST", "/reset"): control.reset,
        ("PUT", "/gateway"): control.gateway,
        ("POST", "/people"): control.people,
        ("PUT", "/records"): control.records,
        ("PUT", "/behaviours"): control.behaviours,
        ("POST", "/enquiries"): control.enquiries,
        ("GET", "/exchanges"): control.exchanges,
        ("GET", "/provisions"): control.provisions,
    }
    return [
        Route(f"/control/v1{path}", _guarded(handler, token), methods=[method])
        for (method, path), handler in handlers.items()
    ]


def _guarded(handler: Handler, token: str) -> Callable[[Request], Awaitable[Response]]:
    expected = f"Bearer {token}".encode()

    async def endpoint(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, expected):
            raise RefusedError("UNAUTHENTICATED")
        if request.method == "GET":
            return JSONResponse(await handler(dict(request.query_params)))
        value = await read_json(request, LONGEST_REQUEST)
        if not isinstance(value, dict):
            raise RefusedError("INVALID_REQUEST", "JSON オブジェクトではない")
        try:
            return JSONResponse(await handler(value))
        except KeyError as error:
            raise RefusedError("INVALID_REQUEST", f"{error} がない") from error

    return endpoint


class _Control:
    """The verbs of the control API."""

    def __init__(self, network: Network, hosts: tuple[str, ...]) -> None:
        self.network, self.hosts = network, hosts

    async def health(self, _: dict[str, Any]) -> dict[str, Any]:
        """Is the network there, and has it a gateway?"""
        return {"status": "ok", "gateway": self.network.gateway.code if self.network.gateway else None}

    async def reset(self, _: dict[str, Any]) -> dict[str, Any]:
        """Forgets people, records and exchanges; keeps keys and the gateway."""
        network = self.network
        network.people, network.registers = People(), Registers()
        network.taken, network.delivered = {}, {}
        network.records.exchanges.clear()
        network.records.provisions.clear()
        return {}

    async def gateway(self, body: dict[str, Any]) -> dict[str, Any]:
        """Registers the gateway under test."""
        url = str(body["north_url"]).rstrip("/")
        if urlsplit(url).hostname not in self.hosts:
            raise RefusedError("INVALID_REQUEST", f"north_url {url}: この計算機の外は --allow-host で許す")
        try:
            keys = PublicKeys.from_jwk(body["keys"]["signature"], body["keys"]["encryption"])
        except (ValueError, AttributeError) as error:
            raise RefusedError("INVALID_REQUEST", f"keys を読めない: {error}") from error
        self.network.gateway = GatewayUnderTest(_organisation(body["code"]), keys, over_http(url))
        return {}

    async def people(self, body: dict[str, Any]) -> dict[str, Any]:
        """Makes a person known."""
        return {"person": body["person"], **self.network.people.add(body["person"])}

    async def records(self, body: dict[str, Any]) -> dict[str, Any]:
        """Gives a counterpart a record."""
        self.network.registers.put(_subject(body), body["key"], body["items"])
        return {}

    async def behaviours(self, body: dict[str, Any]) -> dict[str, Any]:
        """Tells a counterpart how to behave about somebody."""
        name, alteration = body["behaviour"], body.get("alteration")
        known_alteration(alteration)
        if name not in BEHAVIOURS:
            raise RefusedError("INVALID_REQUEST", f"behaviour {name}: あるのは {'、'.join(BEHAVIOURS)}")
        self.network.registers.behaviours[_subject(body)] = Behaviour(name, alteration)
        return {}

    async def enquiries(self, body: dict[str, Any]) -> dict[str, Any]:
        """Makes a counterpart enquire at the gateway."""
        header, said = await self.network.ask(Ask.from_wire(body))
        return {
            "message_id": header.message_id,
            "correlation_id": header.correlation_id,
            "delivery": said.__dict__,
        }

    async def exchanges(self, query: dict[str, Any]) -> dict[str, Any]:
        """Exchanges of the north face, waiting for enough of them."""
        at_least, seconds = int(query.pop("at_least", 0)), float(query.pop("timeout", 0.0))
        found = await self.network.records.wait(query, at_least, min(seconds, LONGEST_WAIT))
        return {"exchanges": found}

    async def provisions(self, query: dict[str, Any]) -> dict[str, Any]:
        """The network's own record."""
        return {"provisions": [p for p in self.network.records.provisions if matches(p, query)]}


def _subject(body: dict[str, Any]) -> Subject:
    return Subject(_organisation(body["organisation"]), str(body["person"]), str(body["information"]))


def _organisation(code: Any) -> str:
    if code not in organisations():
        raise RefusedError("INVALID_REQUEST", f"{code}: 検証環境にない団体")
    return str(code)
