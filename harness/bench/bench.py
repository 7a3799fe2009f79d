"""Opens and closes the bench: network, gateway, preflight, and what a worker needs to reach them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.bench.network import Address, NetworkControl, start_network
from harness.bench.preflight import check_addresses, check_declares, preflight
from harness.gateways.exchange import Limits
from harness.gateways.kinds import Setting, find
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from harness.spec.statement import Statement


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
        with over_http(Limits()) as http:
            south = SouthFace(http, running.statement, http.limits, lambda _: None, starting=True)
            health = preflight(south, http, control)
        yield Bench(running.statement, network, health)
