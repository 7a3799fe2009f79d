"""Opens and closes the bench: network, gateway, preflight, and what a worker needs to reach them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal

from harness.bench.network import Address, NetworkControl, start_network
from harness.bench.preflight import check_addresses, check_declares, preflight
from harness.gateways.exchange import Limits
from harness.gateways.kinds import Setting, find
from harness.gateways.south import Record, SouthFace
from harness.spec.statement import Statement

_KEPT_SECONDS = 0.5


@dataclass(frozen=True)
class Order:
    """What the user asked for: the gateway as given, its statement, the run folder, hosts allowed."""

    gateway: str
    statement: Statement | None
    folder: Path
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bench:
    """An open bench: where everything is, and what the gateway said of itself."""

    statement: Statement
    network: Address
    health: dict[str, Any]


@contextmanager
def south_face(statement: Statement, record: Record, *, starting: bool = False) -> Iterator[SouthFace]:
    """A client of the south face, for one worker."""
    with start_blocking_portal() as portal:
        # No proxy of the environment may stand between bench and gateway. A gateway that closes a kept connection at
        # the very moment of the next request would look at fault, so that none is used again after half a second:
        # servers close idle connections after seconds (Node 5, nginx 75, uvicorn 5).
        limits = httpx.Limits(keepalive_expiry=_KEPT_SECONDS)
        client = httpx.AsyncClient(trust_env=False, timeout=None, limits=limits)  # noqa: S113  # exchange() has its own
        try:
            yield SouthFace(portal, client, statement, Limits(), record, starting)
        finally:
            portal.call(client.aclose)


@contextmanager
def open_bench(order: Order) -> Iterator[Bench]:
    """Starts the network and the gateway, checks them, ends both. Raises ConfigurationError."""
    kind, params = find(order.gateway)
    listen = kind.network_listen(params, order.statement)
    with ExitStack() as stack:
        process, network = start_network(order.folder, listen, order.allowed)
        stack.callback(process.stop)
        running = kind.start(params, Setting(network.url, order.statement, order.folder))
        stack.callback(running.stop)
        check_addresses(running.statement, order.allowed)
        check_declares(running.statement)
        control = NetworkControl.at(network)
        control.register_gateway(running.statement)
        with south_face(running.statement, lambda _: None, starting=True) as south:
            health = preflight(south, control)
        yield Bench(running.statement, network, health)
