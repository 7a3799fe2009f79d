"""What the benchmarks of sending share: prepared messages, a sink, plain Locust, and Locust with an order."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from load.arrivals import Phase, Spacing
from load.collecting import DROPPED
from load.latency import Latency
from load.order import Order
from load.preparing import Wanted, prepare
from load.sent import Sent, read
from tests.load.statements import statement
from tests.load.test_preparing import MIX, population

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_LASTS = 3600.0  # seconds that messages are valid


@dataclass(frozen=True)
class Stand:
    """A folder of prepared requests, and where they are sent to; `process`: what takes them."""

    folder: Path
    url: str
    process: "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class Told:
    """What an order came to. acceptance: from the planned time, service: from the send, lag: between the two."""

    sent: list[Sent]
    dropped: int
    acceptance: Latency
    service: Latency
    lag: Latency

    @property
    def per_second(self) -> float:
        """Answers a second, from the first send to the last answer."""
        begin, end = min(one.sent_ns for one in self.sent), max(one.done_ns for one in self.sent)
        return len(self.sent) * 1e9 / (end - begin)


@contextmanager
def stand(folder: Path, count: int) -> Iterator[Stand]:
    """As many signed and encrypted messages of the north, and a sink in a process of its own."""
    mix = tuple(share for share in MIX if share.face == "north")
    prepare(statement(), population(100), Wanted(count, mix, 1, _LASTS), folder)
    process = subprocess.Popen([sys.executable, str(HERE / "fast_sink.py")], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield Stand(folder, f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.wait()


def bare(there: Stand, users: int, seconds: float, each: float = 0.0) -> dict[str, str]:
    """Plain Locust: the last line of its own statistics. each: requests a second of a user, 0 for no limit."""
    given = {"RENKEI_PREPARED": str(there.folder), "RENKEI_SINK": there.url, "RENKEI_EACH": str(each)}
    command = [sys.executable, "-P", "-m", "locust", "-f", str(HERE / "bare_locustfile.py"), "--headless"]
    command += ["-u", str(users), "-r", "1000", "-t", f"{seconds:g}s", "--csv", str(there.folder / "bare")]
    path = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, check=False, capture_output=True, env={**os.environ, **given, **path}, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    with (there.folder / "bare_stats.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))[-1]


def ordered(there: Stand, per_second: float, seconds: float, workers: int = 1) -> "subprocess.Popen[bytes]":
    """Locust with an order, begun."""
    for name in ("begun.json", DROPPED, "sent-0.csv", "latency.json"):
        (there.folder / name).unlink(missing_ok=True)
    order = Order(
        faces={"north": there.url, "south": there.url},
        phases=(Phase(0.0, seconds, per_second, per_second),),
        spacing=Spacing.POISSON,
        seed=1,
        retries=0,
        in_flight=1000,
        timeout_seconds=5.0,
    )
    command = [sys.executable, "-P", "-m", "locust", "-f", str(ROOT / "load" / "locustfile.py"), "--headless"]
    command += ["--order", str(order.write(there.folder)), "--only-summary"]
    command += ["--processes", str(workers)] if workers > 1 else []
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def told(there: Stand, process: "subprocess.Popen[bytes]") -> Told:
    """What it came to, when it is over."""
    if process.wait():
        raise SystemExit("Locust failed.")
    sent = list(read(there.folder))
    acceptance, service, lag = Latency(), Latency(), Latency()
    for one in sent:
        acceptance.record(one.done_ns - one.planned_ns)
        service.record(one.done_ns - one.sent_ns)
        lag.record(one.sent_ns - one.planned_ns)
    dropped = len((there.folder / DROPPED).read_text(encoding="utf-8").splitlines()) - 1
    return Told(sent, dropped, acceptance, service, lag)
