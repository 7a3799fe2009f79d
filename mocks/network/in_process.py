"""The mocked network inside a vendor's own unit tests: the same routes, reached through respx.

    gateway = InProcessGateway("221007", my_public_keys, to_function(my_inbox))
    with network_in_process(gateway=gateway) as network:
        token = network.add_person("p1")["enrolment_tokens"]["221007"]
        network.put_record("401307", "p1", "地方税関係情報", {"相当年度": "2011"}, {"総所得額": 1})
        my_gateway.enquire(network.url, token)  # with httpx.Client or httpx.AsyncClient, without a socket
        assert network.exchanges(at_least=2, seconds=5)[1]["status"] == 202

The network works on an event loop in a thread of its own; synchronous and asyncio tests use it alike."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx
import respx

from harness.contract.journal import Journal
from harness.contract.messages import Value
from mocks.network.app import application, make_network
from mocks.network.in_process_gateway import InProcessGateway
from mocks.network.loop_thread import LoopThread, loop_thread
from mocks.network.network import Network
from mocks.network.under_test import GatewayUnderTest

BASE_URL: Final = "http://network.test"
_IS_ASYNC: Final = "renkei.async"


@dataclass(frozen=True)
class InProcessNetwork:
    """A running network. `url` is what the gateway is configured with; the methods are the control API and
    raise httpx.HTTPStatusError where it refuses. They wait: an asyncio test calls them in a thread."""

    url: str
    token: str
    running: LoopThread
    transport: httpx.ASGITransport
    network: Network

    def reach(self, gateway: InProcessGateway) -> None:
        """Delivers to this gateway from now on."""
        self.network.under_test.put(GatewayUnderTest(gateway.code, gateway.keys, gateway.deliver))

    def add_person(self, person: str) -> dict[str, Any]:
        """Makes a person known; {"person", "enrolment_tokens": {code: …}, "link_codes": {code: …}}."""
        return self.control("POST", "people", {"person": person})

    def put_record(
        self,
        organisation: str,
        person: str,
        information: str,
        key: Mapping[str, str],
        items: Mapping[str, Value],
    ) -> None:
        """Gives a counterpart a record."""
        subject = {"organisation": organisation, "person": person, "information": information}
        self.control("PUT", "records", {**subject, "key": key, "items": items})

    def set_behaviour(
        self, organisation: str, person: str, information: str, behaviour: str, alteration: str | None = None
    ) -> None:
        """How a counterpart answers: answers, silent or refuses; an alteration spoils what it sends."""
        subject = {"organisation": organisation, "person": person, "information": information}
        self.control("PUT", "behaviours", {**subject, "behaviour": behaviour, "alteration": alteration})

    def enquire(self, enquiry: dict[str, Any]) -> dict[str, Any]:
        """Makes a counterpart enquire at the gateway; {"message_id", "correlation_id", "delivery"}."""
        return self.control("POST", "enquiries", enquiry)

    def exchanges(self, at_least: int = 0, seconds: float = 0.0, **filters: str) -> list[dict[str, Any]]:
        """North exchanges that match, waiting until there are enough or the time (≤ 30 s) is over."""
        query = {**filters, "at_least": str(at_least), "timeout": str(seconds)}
        found: list[dict[str, Any]] = self.control("GET", "exchanges", query=query)["exchanges"]
        return found

    def provisions(self, **filters: str) -> list[dict[str, Any]]:
        """The network's own record (番号法23条)."""
        found: list[dict[str, Any]] = self.control("GET", "provisions", query=filters)["provisions"]
        return found

    def reset(self) -> None:
        """Forgets people, records and exchanges; keeps the gateway."""
        self.control("POST", "reset", {})

    def control(
        self, method: str, verb: str, body: Any = None, query: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """One request of the control API."""
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.url}/control/v1/{verb}"
        request = httpx.Request(method, url, params=query, json=body, headers=headers)
        answer: dict[str, Any] = self.running.wait(self.serve(request)).raise_for_status().json()
        return answer

    async def serve(self, request: httpx.Request) -> httpx.Response:
        """The network's answer to a request whose body has been read; on the network's loop only."""
        again = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        answer = await self.transport.handle_async_request(again)
        content = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)


class _Router(respx.MockRouter):
    """respx does not tell a route whether the client waits for it or awaits it; this does."""

    def __init__(self, network: InProcessNetwork) -> None:
        # "httpx" patches the clients themselves and leaves httpcore to a vendor's own respx routes.
        super().__init__(assert_all_called=False, using="httpx")
        self.route(url__startswith=f"{network.url}/").mock(
            side_effect=lambda request: _answer(network, request)
        )
        self.route().pass_through()

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        """An asynchronous client asks."""
        request.extensions = {**request.extensions, _IS_ASYNC: True}
        return await super().async_handler(request)


def _answer(network: InProcessNetwork, request: httpx.Request) -> Any:
    work = network.serve(request)
    is_async = request.extensions.get(_IS_ASYNC)
    return network.running.result(work) if is_async else network.running.wait(work)


@contextmanager
def network_in_process(
    base_url: str = BASE_URL, gateway: InProcessGateway | None = None, journal: Journal | None = None
) -> Iterator[InProcessNetwork]:
    """A network that every httpx client of this process finds at `base_url`; other URLs stay as they are. What passes goes to a
    journal, if there is one.

    Without a gateway only directory, link codes and inbox are of use."""
    network, token = make_network(journal), secrets.token_urlsafe(16)
    transport = httpx.ASGITransport(application(network, token))
    with loop_thread() as running:
        reached = InProcessNetwork(base_url.rstrip("/"), token, running, transport, network)
        if gateway is not None:
            reached.reach(gateway)
        with _Router(reached):
            yield reached
