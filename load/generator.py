"""Locust as the process that makes the load: started on loopback, followed by the files that it writes, told to stop."""

import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.gateways.processes import Process
from load import LOOPBACK
from load.collecting import BEGUN, STOP
from load.sent import Sent, row

_LOCUSTFILE = Path(__file__).with_name("locustfile.py")
LOG = "locust.log"


@dataclass(frozen=True)
class Generator:
    """A running Locust; `folder`: of the prepared requests, where it writes."""

    process: Process
    folder: Path

    @classmethod
    def start(cls, order: Path, workers: int, log: Path) -> Self:
        """`workers` processes beside the master, or one alone."""
        command = [sys.executable, "-P", "-m", "locust", "-f", str(_LOCUSTFILE), "--order", str(order)]
        command += ["--headless", "--only-summary"]
        if workers > 1:
            port = str(_free_port())
            command += ["--processes", str(workers), "--master-bind-host", LOOPBACK]
            command += ["--master-bind-port", port, "--master-host", LOOPBACK, "--master-port", port]
        return cls(Process.start("Locust", command, log, {}, announces=False), order.parent)

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


def _free_port() -> int:
    """One for the workers to reach their master by."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port: int = found.getsockname()[1]
        return port
