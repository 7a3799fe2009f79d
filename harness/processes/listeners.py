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
from harness.contract.addresses import LOOPBACK_HOSTS
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
    """Raises ConfigurationError where somebody listens before the gateway was started: they are not that gateway."""
    for url in urls:
        if place(url)[0] in LOOPBACK_HOSTS and answers(url):
            there = next(_listeners(url), Listener(None, ""))
            raise ConfigurationError(
                f"{url}: ゲートウェイを起動する前から{there}が待ち受けている。それを止めるか、gateway.toml の south.url のポートを変える。"
            )


def listening(url: str) -> frozenset[int]:
    """Ids of the processes that listen there, as far as this user may know them."""
    if place(url)[0] not in LOOPBACK_HOSTS:
        return frozenset()
    return frozenset(there.pid for there in _listeners(url) if there.pid)


def stranger(process: Process, urls: Iterable[str]) -> str | None:
    """A sentence about whoever listens there without belonging to the processes of this one; None where there is nobody,
    or nobody who can be told: a container that the command started is no descendant of it."""
    for url in urls:
        if place(url)[0] in LOOPBACK_HOSTS:
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
    host, port = place(url)
    try:
        connections = psutil.net_connections("tcp")
    except (psutil.Error, OSError):
        return
    for connection in connections:
        if (
            connection.status == psutil.CONN_LISTEN
            and connection.laddr
            and connection.laddr.port == port
            and _reaches(host, connection.laddr.ip)
        ):
            with suppress(psutil.NoSuchProcess):
                yield Listener(
                    connection.pid, psutil.Process(connection.pid).name() if connection.pid else ""
                )


def _reaches(host: str, bound: str) -> bool:
    """Does a connection to a host of this machine come to a socket that is bound there?"""
    address = ip_address(bound.partition("%")[0])
    if address.is_unspecified or host == "localhost":
        return address.is_unspecified or address.is_loopback
    return str(address).removeprefix("::ffff:") == host
