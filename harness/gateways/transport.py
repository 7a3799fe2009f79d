"""How a request gets to the south face: over HTTP, or not at all where a record answers in the gateway's place."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from harness.contract.framing import LENGTH_REQUIRED, Framing, one_by_one
from harness.contract.journal_entries import Staff
from harness.gateways.cookies import no_cookies
from harness.gateways.exchange import Limits, Reply, exchange

_KEPT_SECONDS = 0.5


@dataclass(frozen=True)
class Call:
    """One request of the south face. `path` with its query; `staff` as the journal writes it; `raw`: a body that is sent as it is, in
    place of `body`; `caller`: whose token it carries; `written`: the JSON of `body`, where it is spelt in a way of its own; `framing`: how
    that travels."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    staff: Staff | None
    caller: str = ""
    raw: bytes | None = None
    written: bytes | None = None
    framing: Framing = Framing.WHOLE

    @property
    def name(self) -> str:
        """As findings name it."""
        return f"{self.method} {self.path}"

    def header(self, name: str) -> str:
        """Of this name, however it is spelt; empty for none."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


class Transport(Protocol):
    """Whatever answers a call. Never raises for what a gateway does."""

    def send(self, base: str, call: Call) -> Reply:
        """The reply of what is at `base`."""


def _encoded(headers: Mapping[str, str]) -> httpx.Headers:
    """A header may be no ASCII, which the library would not send."""
    return httpx.Headers([(name.encode(), value.encode()) for name, value in headers.items()])


def request_of(client: httpx.AsyncClient, base: str, call: Call) -> httpx.Request:
    """A call as it is sent to what is at `base`."""
    headers = _encoded(call.headers)
    content: bytes | AsyncIterator[bytes] | None = call.raw if call.written is None else call.written
    if isinstance(content, bytes) and call.framing != Framing.WHOLE:
        if call.framing == Framing.PIECES:
            headers["Content-Length"] = str(len(content))
        content = one_by_one(content)
    body = None if call.written is not None else call.body
    return client.build_request(call.method, base + call.path, headers=headers, json=body, content=content)


@dataclass(frozen=True)
class Http:
    """A gateway over HTTP/1.1."""

    portal: BlockingPortal
    client: httpx.AsyncClient
    limits: Limits

    def send(self, base: str, call: Call) -> Reply:
        """One exchange, bounded in time and size. Who wants to know the length of a body first is told it, and asked again."""
        reply = self.exchange(request_of(self.client, base, call), call.name)
        if reply.status == LENGTH_REQUIRED and call.framing == Framing.CHUNKS:
            return self.send(base, replace(call, framing=Framing.WHOLE))
        return reply

    def exchange(self, request: httpx.Request, name: str) -> Reply:
        """The same for any request."""
        return self.portal.call(exchange, self.client, request, name, self.limits)


@contextmanager
def over_http(limits: Limits) -> Iterator[Http]:
    """A client of its own, for one worker."""
    with start_blocking_portal() as portal:
        # No proxy of the environment may stand between bench and gateway. A gateway that closes a kept connection at
        # the very moment of the next request would look at fault, so that none is used again after half a second:
        # servers close idle connections after seconds (Node 5, nginx 75, uvicorn 5).
        kept = httpx.Limits(keepalive_expiry=_KEPT_SECONDS)
        client = httpx.AsyncClient(trust_env=False, timeout=None, limits=kept, cookies=no_cookies())  # noqa: S113  # exchange() has its own
        try:
            yield Http(portal, client, limits)
        finally:
            portal.call(client.aclose)
