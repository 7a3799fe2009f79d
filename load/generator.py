"""Locust as the process that makes the load: started on loopback, followed by the files that it writes, told to stop."""

import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.gateways.processes import Process
from harness.spec.findings import ConfigurationError
from load import LOOPBACK
from load.collecting import BEGUN, STOP
from load.sent import Sent, row

_LOCUSTFILE = Path(__file__).with_name("locustfile.py")
LOG = "locust.log"
_READY_SECONDS = 30.0  # until Locust must have begun
_JOINING_SECONDS = 900.0  # until somebody has copied the folder and begun the workers


@dataclass(frozen=True)
class Workers:
    """Processes of Locust that send. host: None where they are begun here, else the address at which the master waits for
    those that are begun elsewhere; web_ui: with Locust's own page to watch it, on loopback."""

    count: int
    host: str | None = None
    web_ui: bool = False


@dataclass(frozen=True)
class Generator:
    """A running Locust; `folder`: of the prepared requests, where it writes; join, page: how a worker elsewhere is begun,
    and where the web UI is, empty where there is none; patience: seconds until it must have begun."""

    process: Process
    folder: Path
    join: str = ""
    page: str = ""
    patience: float = _READY_SECONDS

    @classmethod
    def start(cls, order: Path, workers: Workers, log: Path) -> Self:
        """A master with its workers, or one process alone."""
        command = [sys.executable, "-P", "-m", "locust", "-f", str(_LOCUSTFILE), "--order", str(order)]
        seen = str(free_port(LOOPBACK))
        watched = ["--autostart", "--web-host", LOOPBACK, "--web-port", seen]
        command += ["--only-summary", *(watched if workers.web_ui else ["--headless"])]
        page = f"http://{LOOPBACK}:{seen}" if workers.web_ui else ""
        port = str(free_port(workers.host or LOOPBACK))
        at = ["--master-bind-host", workers.host or LOOPBACK, "--master-bind-port", port]
        join, patience = "", _READY_SECONDS
        if workers.host:
            command += ["--master", "--expect-workers", str(workers.count), *at]
            join = f"locust -f load/locustfile.py --worker --master-host {workers.host} --master-port {port}"
            join, patience = f"{join} --order {order.parent.name}/{order.name}", _JOINING_SECONDS
        elif workers.count > 1:
            command += [
                "--processes",
                str(workers.count),
                *at,
                "--master-host",
                LOOPBACK,
                "--master-port",
                port,
            ]
        return cls(
            Process.start("Locust", command, log, {}, announces=False), order.parent, join, page, patience
        )

    def begin_ns(self) -> int | None:
        """When its first second begins (wall clock), None as long as it is not ready."""
        try:
            return int(json.loads((self.folder / BEGUN).read_text(encoding="utf-8"))["begin_ns"])
        except FileNotFoundError:
            return None

    def ask_to_stop(self) -> None:
        """Within a second it sends no more; what is open is given up, and told."""
        (self.folder / STOP).touch()


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
