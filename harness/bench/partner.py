"""Opens a bench with two gateways, which are tested against each other over one network."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from harness.bench.bench import Bench, Target, introduced
from harness.bench.network import (
    Address,
    Listening,
    NetworkControl,
    check_listen,
    network_port,
    start_network,
)
from harness.bench.preflight import check_addresses
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.contract.keys.ring import KeyRing
from harness.contract.organisations import organisations
from harness.contract.sides import Side
from harness.contract.statement import Statement
from harness.gateways.kinds import GatewayKind, Running, Setting, find

# What a sentence about a gateway calls the options by which it was given, and how they are called on the other side.
_OPTIONS: Final = (
    ("--gateway", "--partner"),
    ("--statement", "--partner-statement"),
    (" gateway.log", " partner/gateway.log"),
)


@dataclass(frozen=True)
class Partner:
    """The gateway on the other side, as it was given, and its statement."""

    gateway: str
    statement: Statement | None


def partner_folder(folder: Path) -> Path:
    """Where of a run folder stands what is about the gateway on the other side alone."""
    return folder / Side.PARTNER


@contextmanager
def open_with_partner(target: Target, partner: Partner) -> Iterator[Bench]:
    """Starts the network and both gateways, checks them, ends all. Raises ConfigurationError or InconclusiveError."""
    kind, params = find(target.gateway)
    listen = kind.network_listen(params, target.statement)
    with _of_partner():
        other, other_params = find(partner.gateway)
        other_listen = other.network_listen(other_params, partner.statement)
    _check_lines(listen, other_listen)
    with ExitStack() as stack:
        keys = target.keys or KeyRing(secrets.token_urlsafe())
        listening = Listening(listen, other_listen, two=True)
        process, network = start_network(target.folder, listening, target.allowed, keys=keys)
        stack.callback(process.stop)
        own = kind.start(params, Setting(network.url, target.statement, target.folder))
        stack.callback(own.stop)
        with _of_partner():
            its = _started(other, other_params, partner, target.folder, network)
        stack.callback(its.stop)
        yield _checked(own, its, network, target)


def _check_lines(listen: str | None, other: str | None) -> None:
    """Each has one of its own: nothing else tells who of the two asks for the directory."""
    if listen and other and network_port(listen) == network_port(other):
        raise ConfigurationError(
            f"network.listen {listen}: --gateway と --partner の宣言が同じアドレスを示す。どちらかのポートを変える。"
        )
    check_listen(listen)
    with _of_partner():
        check_listen(other)


def _started(kind: GatewayKind, params: str, partner: Partner, folder: Path, network: Address) -> Running:
    own_folder = partner_folder(folder)
    own_folder.mkdir(mode=0o700)
    return kind.start(params, Setting(network.partner_url, partner.statement, own_folder))


def _checked(own: Running, its: Running, network: Address, target: Target) -> Bench:
    _check_organisations(own.statement, its.statement)
    check_addresses(own.statement, target.allowed)
    with _of_partner():
        check_addresses(its.statement, target.allowed)
    real = frozenset({own.statement.organisation, its.statement.organisation})
    control = replace(NetworkControl.at(network), real=real)
    controls = {side: replace(control, side=side) for side in Side}
    controls[Side.GATEWAY].register_gateway(own.statement)
    controls[Side.PARTNER].register_gateway(its.statement)
    said = introduced(own, controls[Side.GATEWAY], target.seed)
    with _of_partner():
        other = introduced(its, controls[Side.PARTNER], target.seed)
    return Bench(
        own.statement,
        network,
        said,
        own.statement.north_url,
        own.restart,
        other,
        partner=its.statement,
    )


def _check_organisations(own: Statement, its: Statement) -> None:
    code = own.organisation
    if code == its.organisation:
        raise ConfigurationError(
            f"--gateway と --partner が同じ団体（{organisations()[code].name} {code}）のゲートウェイである。"
            "別の団体のゲートウェイを示す（例: --partner reference:prefecture）。"
        )


@contextmanager
def _of_partner() -> Iterator[None]:
    """What is wrong with the gateway on the other side is said of that one."""
    try:
        yield
    except ConfigurationError as error:
        raise ConfigurationError(f"相手のゲートウェイ: {_renamed(str(error))}") from error
    except InconclusiveError as error:
        raise InconclusiveError(error.finding.code, f"相手のゲートウェイ: {error.observed}") from error


def _renamed(sentence: str) -> str:
    for name, there in _OPTIONS:
        sentence = sentence.replace(name, there)
    return sentence
