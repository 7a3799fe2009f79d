"""Opens and closes the bench: network, gateway, preflight, and what a worker needs to reach them."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from harness.bench.link import Between, direct
from harness.bench.network import Address, Listening, NetworkControl, check_listen, start_network
from harness.bench.preflight import First, check_addresses, nothing, preflight
from harness.bench.stillness import since_boot, watching
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.contract.health import Health
from harness.contract.journal_entries import SouthCall
from harness.contract.journal_tested import Declaring
from harness.contract.keys.ring import KeyRing
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits
from harness.gateways.kinds import Running, Setting, find
from harness.gateways.manners import Manners
from harness.gateways.south import NoteExchange, SouthFace
from harness.gateways.transport import over_http


@dataclass(frozen=True)
class Target:
    """What the user asked for: the gateway as given, its statement, the run folder, hosts allowed; for a load run? `keys`: of the network
    and the counterparts; None for new ones; `seed`: of the run, from which the order of the first requests follows, too; `first`:
    what a gateway meets before anything else."""

    gateway: str
    statement: Statement | None
    folder: Path
    allowed: tuple[str, ...] = ()
    for_load: bool = False
    keys: KeyRing | None = None
    seed: int = field(default_factory=partial(secrets.randbits, 32))
    first: First = nothing


@dataclass(frozen=True)
class Reach:
    """Where gateway and network are: all that a worker is told of a bench. `partner`: of a gateway on the other side, if there is one."""

    statement: Statement
    network: Address
    partner: Statement | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Introduced:
    """What a gateway said of itself. `introduction`: the exchange in which it did, as the journal has it; `asked`: all others."""

    statement: Statement
    health: Health
    introduction: SouthCall
    asked: tuple[SouthCall, ...] = ()

    def declaring(self) -> Declaring:
        """As the first entry of a journal has it."""
        return Declaring(
            statement=self.statement.without_tokens(),
            organisation=self.statement.organisation,
            product=self.health["product"],
            law=list(self.statement.declares.tables),
            declares={name: list(words) for name, words in vars(self.statement.declares).items()},
        )


@dataclass(frozen=True)
class Bench(Reach):
    """An open bench. `own`: what the gateway said of itself, and `other` the one on the other side; `north_url`: where the network
    reaches it; `restart`: kills the gateway and starts it again, None where it was not started here."""

    own: Introduced
    north_url: str = ""
    restart: Callable[[], None] | None = None
    other: Introduced | None = None

    @property
    def health(self) -> Health:
        """What the gateway says that it is."""
        return self.own.health


def introduced(running: Running, control: NetworkControl, seed: int, first: First = nothing) -> Introduced:
    """A gateway that was checked. Raises ConfigurationError or InconclusiveError."""
    said: list[SouthCall] = []
    health = _checked(running, control, said.append, Manners(seed), first)
    introduction = next(entry for entry in said if entry["response"] is health)
    asked = tuple(entry for entry in said if entry is not introduction)
    return Introduced(running.statement, health, introduction, asked)


def _checked(
    running: Running, control: NetworkControl, record: NoteExchange, manners: Manners, first: First
) -> Health:
    """What the gateway says of itself, telling `record` of each exchange. Raises ConfigurationError, and
    InconclusiveError where the bench itself stood still."""
    begun = since_boot()
    with over_http(Limits()) as http, watching() as stillness:
        south = SouthFace(http, running.statement, http.limits, record, manners=manners)
        try:
            return preflight(south, http, control, running, first)
        except ConfigurationError as error:
            if seconds := stillness.since(begun):
                raise InconclusiveError(
                    "BENCH_PAUSED", f"{seconds:g} 秒止まった。そのとき {error}"
                ) from error
            raise


@contextmanager
def open_bench(target: Target, between: Between = direct) -> Iterator[Bench]:
    """Starts the network, what lies between the two, and the gateway, checks them, ends all. Raises ConfigurationError
    or InconclusiveError."""
    kind, params = find(target.gateway)
    listen = kind.network_listen(params, target.statement)
    check_listen(listen)
    with ExitStack() as stack:
        own_listen = listen if between is direct else None
        keys = target.keys or KeyRing(secrets.token_urlsafe())
        process, network = start_network(
            target.folder, Listening(own_listen), target.allowed, for_load=target.for_load, keys=keys
        )
        stack.callback(process.stop)
        link = between(network.url, listen)
        stack.callback(link.stop)
        running = kind.start(params, Setting(link.network_url, target.statement, target.folder))
        stack.callback(running.stop)
        check_addresses(running.statement, target.allowed)
        control = NetworkControl.at(network)
        north_url = link.towards(running.statement.north_url)
        control.register_gateway(running.statement, north_url)
        own = introduced(running, control, target.seed, target.first)
        yield Bench(own.statement, network, own, north_url, running.restart)
