"""Locust as the process that makes the load: started on loopback, followed by the files that it writes, told to stop."""

import json
import socket
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from harness.catalogue.findings import ConfigurationError
from harness.contract.addresses import LOOPBACK_HOSTS
from harness.processes.process import Process
from load import LOOPBACK
from load.send.collecting import BEGUN, STOP
from load.send.order import FILE_NAME as ORDER
from load.send.sent import Sent, row

_LOCUSTFILE = Path(__file__).parents[1] / "locustfile.py"
LOG = "locust.log"
# Locust reads locust.conf and pyproject.toml where it is called, and ~/.locust.conf: they were written for other tests.
_IN = ("/bin/sh", "-c", 'cd -- "$0" && exec "$@"')
_READY_SECONDS = 30.0  # until Locust must have begun
JOINING_SECONDS = 900.0  # until somebody has copied the folder and begun the workers


@dataclass(frozen=True)
class Workers:
    """Processes of Locust that send. host: None where they are begun here, else the address at which the master waits for
    those that are begun elsewhere; web_ui: with Locust's own page to watch it, on loopback."""

    count: int
    host: str | None = None
    web_ui: bool = False

    def must_reach(self, urls: Iterable[str]) -> None:
        """Raises ConfigurationError where workers of other machines would send to themselves."""
        if self.host is None or self.host in LOOPBACK_HOSTS:
            return
        for url in urls:
            if urlsplit(url).hostname in LOOPBACK_HOSTS:
                raise ConfigurationError(
                    f"--bind {self.host}: 他の計算機のワーカーは {url} に届かない。他の計算機から届くゲートウェイ"
                    "（http:URL、--allow-host）に、--line none でかける。"
                )


@dataclass(frozen=True)
class Generator:
    """A running Locust; `folder`: of the prepared requests, where it writes; port: of the master; page: of the web UI."""

    process: Process
    folder: Path
    workers: Workers
    port: int
    page: int

    @classmethod
    def start(cls, order: Path, workers: Workers, log: Path) -> Self:
        """A master with its workers, or one process alone."""
        port, page = free_port(workers.host or LOOPBACK), free_port(LOOPBACK)
        command = [sys.executable, "-I", "-m", "locust", "-f", str(_LOCUSTFILE), "--order", str(order)]
        command += ["--only-summary", *_shown(workers, page), *_distributed(workers, port)]
        process = Process.start(
            "Locust", [*_IN, str(order.parent), *command], log, _own(order), announces=False
        )
        return cls(process, order.parent, workers, port, page)

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever runs it has to know: how its workers elsewhere are begun, where the web UI is."""
        notes = []
        if self.workers.host:
            join = f"locust -f load/locustfile.py --worker --master-host {self.workers.host} --master-port {self.port}"
            join = f"{join} --order {self.folder.name}/{ORDER}"
            notes.append(f"{self.folder} を写した各計算機で、全部で {self.workers.count} 回: {join}")
        if self.workers.web_ui:
            notes.append(f"Locust の画面: http://{LOOPBACK}:{self.page}")
        return tuple(notes)

    @property
    def patience(self) -> float:
        """Seconds until it must have begun."""
        return JOINING_SECONDS if self.workers.host else _READY_SECONDS

    def begin_ns(self) -> int | None:
        """When its first second begins (wall clock), None as long as it is not ready."""
        try:
            return int(json.loads((self.folder / BEGUN).read_text(encoding="utf-8"))["begin_ns"])
        except FileNotFoundError:
            return None

    def ask_to_stop(self) -> None:
        """Within a second it sends no more; what is open is given up, and told."""
        (self.folder / STOP).touch()


def _own(order: Path) -> dict[str, str]:
    return {"HOME": str(order.parent)}


def _shown(workers: Workers, page: int) -> list[str]:
    if not workers.web_ui:
        return ["--headless"]
    return ["--autostart", "--web-host", LOOPBACK, "--web-port", str(page)]


def _distributed(workers: Workers, port: int) -> list[str]:
    at = ["--master-bind-host", workers.host or LOOPBACK, "--master-bind-port", str(port)]
    if workers.host:
        return ["--master", "--expect-workers", str(workers.count), *at]
    if workers.count > 1:
        return ["--processes", str(workers.count), *at, "--master-host", LOOPBACK, "--master-port", str(port)]
    return []


@dataclass
class Follower:
    """Reads a CSV file as it grows, whole lines only. The first line is passed over: it names the columns."""

    path: Path
    place: int = 0
    headed: bool = False

    def lines(self) -> Iterator[str]:
        """What came since the last time."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", newline="") as file:
            file.seek(self.place)
            text = file.read()
        whole = text[: text.rfind("\n") + 1]
        self.place += len(whole.encode())
        for line in whole.splitlines():
            if self.headed:
                yield line
            self.headed = True


def new_rows(follower: Follower) -> Iterator[Sent]:
    """Of the sent log."""
    return (row(line) for line in follower.lines())


def free_port(host: str) -> int:
    """One for the workers to reach their master by. Raises ConfigurationError for an address that is not of this machine."""
    try:
        with socket.socket() as found:
            found.bind((host, 0))
            port: int = found.getsockname()[1]
            return port
    except OSError as error:
        raise ConfigurationError(
            f"--bind {host}: この計算機のアドレスではない（{error.strerror}）。"
        ) from error
