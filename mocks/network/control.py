"""The control API: the bench resets, looks, and makes counterparts act. Loopback and a token."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.contract.addresses import LOOPBACK_HOSTS
from harness.contract.keys import PublicKeys
from harness.contract.law import versions
from harness.contract.messages import Kind
from harness.contract.refusals import RefusedError
from mocks.network.alterations.names import must_be_known
from mocks.network.control_requests import (
    known_information,
    known_organisation,
    must_meet_shape,
    read_exchange_query,
    read_provision_query,
)
from mocks.network.delivery import over_http
from mocks.network.directory import Telling
from mocks.network.disturbances import Disturbance
from mocks.network.enquiry import Ask
from mocks.network.network import Network
from mocks.network.odd_answers import ODD_ANSWERS, must_be_an_answer
from mocks.network.plain_json import PlainJSON
from mocks.network.records import matches
from mocks.network.under_test import GatewayUnderTest
from mocks.organisations.registers import Behaviour, Subject
from mocks.web.http_json import read_json

LONGEST_REQUEST = 4_000_000  # bytes
Body = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]
Looking = Callable[[dict[str, str]], Awaitable[dict[str, object]]]
Acting = Callable[[Body], Awaitable[dict[str, object]]]


def control_routes(network: Network, token: str, allowed: tuple[str, ...] = ()) -> list[Route]:
    """The routes below /control/v1; `allowed` are hosts that a gateway may have beside loopback."""
    control = _Control(network, (*LOOPBACK_HOSTS, *allowed))
    looking = {"health": control.health, "exchanges": control.exchanges, "provisions": control.provisions}
    acting: dict[tuple[str, str], Acting] = {
        ("POST", "reset"): control.reset,
        ("POST", "collection"): control.collection,
        ("POST", "journal-end"): control.journal_end,
        ("PUT", "gateway"): control.gateway,
        ("POST", "people"): control.people,
        ("PUT", "records"): control.records,
        ("PUT", "behaviours"): control.behaviours,
        ("POST", "enquiries"): control.enquiries,
        ("POST", "notices"): control.notices,
        ("PUT", "disturbances"): control.disturbances,
        ("PUT", "directory"): control.directory,
    }
    return [
        *(
            Route(_path(name), _guarded(_look(verb), token), methods=["GET"])
            for name, verb in looking.items()
        ),
        *(
            Route(_path(name), _guarded(_act(verb, name), token), methods=[method])
            for (method, name), verb in acting.items()
        ),
    ]


def _path(name: str) -> str:
    return f"/control/v1/{name}"


def _guarded(endpoint: Endpoint, token: str) -> Endpoint:
    expected = f"Bearer {token}".encode()

    async def guarded(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            raise RefusedError("UNAUTHENTICATED")
        return await endpoint(request)

    return guarded


def _look(verb: Looking) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return PlainJSON(await verb(dict(request.query_params)))

    return endpoint


def _act(verb: Acting, shape: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        body = must_meet_shape(shape, await read_json(request, LONGEST_REQUEST))
        return PlainJSON(await verb(body))

    return endpoint


@dataclass(frozen=True)
class _Control:
    """The verbs of the control API."""

    network: Network
    hosts: tuple[str, ...]

    async def health(self, _: dict[str, str]) -> dict[str, object]:
        """Is the network there, and has it a gateway?"""
        codes = [gateway.code for gateway in self.network.under_test.gateways.values()]
        heard = self.network.records.heard
        return {"status": "ok", "gateway": codes[0] if codes else None, "heard": heard}

    async def reset(self, _: dict[str, object]) -> dict[str, object]:
        """Forgets people, records and exchanges; keeps keys and the gateway."""
        self.network.reset()
        return {}

    async def gateway(self, body: Body) -> dict[str, object]:
        """Registers the gateway under test, or one of two."""
        side = body.get("side", "")
        url = _inbox_url(body["north_url"], self.hosts)
        try:
            keys = PublicKeys.from_jwk(body["keys"]["signature"], body["keys"]["encryption"])
        except (ValueError, JoseError) as error:
            raise RefusedError("INVALID_REQUEST", f"keys を読めない: {error}"[:200]) from error
        code, deliver = known_organisation(body["code"]), over_http(url, self.network.records.hear, side)
        self.network.under_test.put(GatewayUnderTest(code, keys, deliver, side))
        return {}

    async def people(self, body: Body) -> dict[str, object]:
        """Makes a person known."""
        return {"person": body["person"], **self.network.people.add(body["person"])}

    async def records(self, body: Body) -> dict[str, object]:
        """Gives a counterpart a record."""
        known_information(body["information"])
        self.network.registers.put(_subject(body), body["key"], body["items"])
        return {}

    async def behaviours(self, body: Body) -> dict[str, object]:
        """Tells a counterpart how to behave about somebody."""
        must_be_known(body.get("alteration"))
        behaviour = Behaviour(body["behaviour"], body.get("alteration"), body.get("delay_seconds", 0.0))
        self.network.registers.behave(_subject(body), behaviour)
        return {}

    async def enquiries(self, body: Body) -> dict[str, object]:
        """Makes a counterpart enquire at the gateway."""
        must_be_known(body.get("alteration"))
        known_organisation(body["as"])
        header, said = await self.network.ask(Ask.from_wire(body))
        ids = {"message_id": header.message_id, "correlation_id": header.correlation_id}
        return {**ids, "delivery": asdict(said)}

    async def notices(self, body: Body) -> dict[str, object]:
        """Makes a counterpart send a 連絡, or a 受領 of one."""
        return await self.enquiries({"kind": Kind.NOTICE, **body})

    async def disturbances(self, body: Body) -> dict[str, object]:
        """Disturbs what the gateway sends about somebody."""
        person = body.pop("person")
        for name in ("answers", "codes"):
            body[name] = tuple(body.get(name, ()))
        for code in (body.get("refusal"), *body["answers"], *body["codes"]):
            must_be_an_answer(code)
        self.network.disturbances.put(person, Disturbance(**body))
        return {}

    async def directory(self, body: Body) -> dict[str, object]:
        """Tells another directory from now on, or none."""
        answer = body.get("answer") or ""
        if answer and answer not in ODD_ANSWERS:
            raise RefusedError("INVALID_REQUEST", f"answer {answer}: あるのは {'、'.join(ODD_ANSWERS)}")
        without, tables = tuple(body.get("without", ())), tuple(body.get("tables", versions()))
        validity, network_keys = body.get("validity", {}), body.get("network_keys", False)
        self.network.telling = Telling(answer, validity, without, tables, network_keys)
        return {}

    async def exchanges(self, query: dict[str, str]) -> dict[str, object]:
        """Exchanges of the north face, waiting for enough of them."""
        return {"exchanges": await self.network.records.wait(*read_exchange_query(query))}

    async def collection(self, body: Body) -> dict[str, object]:
        """The next exchanges after a sequence number; those up to it are let go, so that a load run of any length fits.
        Asking again with the same number gives the same."""
        return {"exchanges": self.network.records.collect(body["after"], body["limit"])}

    async def journal_end(self, _: dict[str, object]) -> dict[str, object]:
        """Nothing more is written into the journal; what the network has written there, for the bench to compare."""
        return {"head": self.network.end_journal()}

    async def provisions(self, query: dict[str, str]) -> dict[str, object]:
        """The network's own record."""
        filters = read_provision_query(query)
        return {"provisions": [p for p in self.network.records.provisions if matches(p, filters)]}


def _subject(body: Body) -> Subject:
    return Subject(known_organisation(body["organisation"]), body["person"], body["information"])


def _inbox_url(text: str, hosts: tuple[str, ...]) -> str:
    """The URL without trailing slash. Raises RefusedError INVALID_REQUEST."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedError("INVALID_REQUEST", f"north_url を URL として読めない: {error}") from error
    if parts.scheme not in {"http", "https"} or not host or not text.isascii():
        raise RefusedError("INVALID_REQUEST", "north_url は http の URL ではない")
    if host not in hosts:
        raise RefusedError("INVALID_REQUEST", f"north_url の {host}: この計算機の外は --allow-host で許す")
    return text.rstrip("/")
