"""Measures a shaped line against the theory: the proof that a virtual line is as good as a real one (仕様書 課題エ②)."""

import json
import platform
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from harness.processes.process import Process
from load import LOOPBACK

SCHEMA, VERSION = "renkei-calibration", "1"
FILE_NAME = "calibration.json"
LIMIT = 0.01  # of the rate
SECONDS = 3.0  # of each measurement
_LATE = 30.0  # seconds after which a line that says nothing is broken
_LARGEST = 262_144


@dataclass(frozen=True)
class Measured:
    """One line. bits a second, asked for and measured; round_trip_seconds of one byte; bytes, seconds: of the whole."""

    kbps: float
    measured_kbps: float
    error: float
    round_trip_seconds: float
    bytes: int
    seconds: float

    @property
    def good(self) -> bool:
        """Within the limit."""
        return abs(self.error) <= LIMIT


def measure(address: tuple[str, int], listener: socket.socket, kbps: float) -> Measured:
    """Sends over a line from `address` to `listener` for SECONDS. The first piece fills the line and is not counted: the
    rate is that between two arrivals."""
    with socket.create_connection(address, timeout=_LATE) as sender:
        receiver, _ = listener.accept()
        receiver.settimeout(_LATE)
        with receiver:
            round_trip = _round_trip(sender, receiver)
            count = max(int(kbps * 1000 / 8 * SECONDS), 20_000)
            threading.Thread(target=_send, args=(sender, count), daemon=True).start()
            started = time.perf_counter()
            arrivals = list(_arrivals(receiver, count))
    if len(arrivals) == 1:  # all of it at once: no line at all
        arrivals.insert(0, (started, 0))
    (first_at, first), (last_at, last) = arrivals[0], arrivals[-1]
    seconds = last_at - first_at
    measured = (last - first) * 8 / seconds / 1000
    return Measured(kbps, measured, measured / kbps - 1, round_trip, last, seconds)


def measure_line(kbps: float, log: Path) -> Measured:
    """Of a line as a process of its own, as a load run has it. Raises ConfigurationError where it does not start."""
    with listening() as listener:
        target = f"{LOOPBACK}:{listener.getsockname()[1]}"
        command = [
            sys.executable,
            "-I",
            "-m",
            "load.line.shaped_line",
            "--to",
            target,
            "--rate",
            f"{kbps!r}k",
        ]
        process = Process.start("回線", command, log, {}, announces=True)
        try:
            host, _, port = str(process.ready["address"]).rpartition(":")
            return measure((host, int(port)), listener, kbps)
        finally:
            process.stop()


def document(found: list[Measured], kernel: list[Measured] | None, why_not: str) -> dict[str, object]:
    """calibration.json: what was asked, what was measured, on what. `kernel`: the same over tbf, or why there is none."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "limit": LIMIT,
        "good": all(line.good for line in found),
        "method": "arrival times over loopback TCP, between the first and the last piece",
        "platform": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "renkei": version("renkei"),
        },
        "lines": [asdict(line) for line in found],
        "kernel": {"tbf": [asdict(line) for line in kernel] if kernel else None, "why_not": why_not or None},
    }


def rendered(content: dict[str, object]) -> bytes:
    """The file, UTF-8."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


@contextmanager
def listening(host: str = LOOPBACK) -> Iterator[socket.socket]:
    """A socket that waits for one connection."""
    with socket.create_server((host, 0)) as listener:
        listener.settimeout(_LATE)
        yield listener


def _send(sender: socket.socket, count: int) -> None:
    sender.sendall(b"x" * count)


def _round_trip(sender: socket.socket, receiver: socket.socket) -> float:
    started = time.perf_counter()
    sender.sendall(b"?")
    receiver.recv(1)
    receiver.sendall(b"!")
    sender.recv(1)
    return time.perf_counter() - started


def _arrivals(receiver: socket.socket, count: int) -> Iterator[tuple[float, int]]:
    got = 0
    while got < count:
        piece = receiver.recv(_LARGEST)
        if not piece:
            raise ConnectionError("回線が途中で切れた")
        got += len(piece)
        yield time.perf_counter(), got
