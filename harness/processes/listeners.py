"""Who listens where a gateway is said to be: the processes that were started for it, or somebody else."""

import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import psutil

from harness.catalogue.findings import ConfigurationError
from harness.processes.process import Process

_PORTS = {"http": 80, "https": 443}
_CONNECTING_SECONDS = 1.0
# They listen for a gateway in a container, and are no descendants of the command that started it.
CONTAINER_PROXIES = frozenset(
    {"docker-proxy", "rootlessport", "rootlesskit", "slirp4netns", "pasta", "pasta.avx2"}
)


@dataclass(frozen=True)
class Listener:
    """A process that listens; no id where this user may not know it."""

    pid: int | None
    name: str

    def __str__(self) -> str:
        return f"{self.name}（PID {self.pid}）" if self.pid else "ほかのプロセス"


def place(url: str) -> tuple[str, int]:
    """Host and port of a URL."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)


def answers(url: str, seconds: float = _CONNECTING_SECONDS) -> bool:
    """Does anybody take connections there?"""
    try:
        socket.create_connection(place(url), seconds).close()
    except OSError:
        return False
    return True


def must_be_free(urls: Iterable[str]) -> None:
    """Raises ConfigurationError where somebody listens before the gateway was started: they are not that gateway, on
    whichever machine."""
    for url in urls:
        if answers(url):
            there = next(_listeners(url), Listener(None, ""))
            raise ConfigurationError(
                f"{url}: ゲートウェイを起動する前から{there}が待ち受けている。それを止めるか、gateway.toml の south.url のポートを変える。"
            )


def listening(url: str) -> frozenset[int]:
    """Ids of the processes that listen there, as far as this user may know them."""
    return frozenset(there.pid for there in _listeners(url) if there.pid)


def stranger(process: Process, urls: Iterable[str]) -> str | None:
    """A sentence about whoever listens there without belonging to the processes of this one; None where there is nobody,
    or nobody who can be told: a container that the command started is no descendant of it."""
    for url in urls:
        for there in _listeners(url):
            if there.pid and not _of_a_container(there) and there.pid not in _family(process):
                return f"{url}: 待ち受けているのは起動した命令ではなく、{there}"
    return None


def _of_a_container(there: Listener) -> bool:
    with suppress(OSError):
        if os.readlink(f"/proc/{there.pid}/ns/pid") != os.readlink("/proc/self/ns/pid"):
            return True
    return there.name in CONTAINER_PROXIES


def _family(process: Process) -> set[int]:
    with suppress(psutil.NoSuchProcess):
        held = psutil.Process(process.leash.pid)
        return {held.pid, *(child.pid for child in held.children(recursive=True))}
    return set()


def _listeners(url: str) -> Iterator[Listener]:
    """Nobody for a host that is another machine: what listens there is not known here."""
    host, port = place(url)
    own = _own_addresses(host)
    try:
        connections = psutil.net_connections("tcp") if own else []
    except (psutil.Error, OSError):
        return
    for connection in connections:
        if (
            connection.status == psutil.CONN_LISTEN
            and connection.laddr
            and connection.laddr.port == port
            and _reaches(own, connection.laddr.ip)
        ):
            with suppress(psutil.NoSuchProcess):
                yield Listener(
                    connection.pid, psutil.Process(connection.pid).name() if connection.pid else ""
                )


def _reaches(addresses: frozenset[str], bound: str) -> bool:
    """Does a connection to one of these addresses come to a socket that is bound there?"""
    address = _plain(bound)
    return ip_address(address).is_unspecified or address in addresses


def _own_addresses(host: str) -> frozenset[str]:
    """Of what a host stands for, what is on this machine: any address of it, and not loopback alone."""
    try:
        meant = {_plain(str(found[4][0])) for found in socket.getaddrinfo(host, None)}
        cards = [card for cards in psutil.net_if_addrs().values() for card in cards]
    except (OSError, UnicodeError):
        return frozenset()
    own = {_plain(card.address) for card in cards if card.family in {socket.AF_INET, socket.AF_INET6}}
    return frozenset(address for address in meant if address in own or ip_address(address).is_loopback)


def _plain(address: str) -> str:
    """In one spelling: without the card, and an IPv4 address as such where it is written as one of IPv6."""
    found = ip_address(address.partition("%")[0])
    return str(getattr(found, "ipv4_mapped", None) or found)
