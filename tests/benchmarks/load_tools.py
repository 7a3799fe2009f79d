"""What the benchmarks of sending share: prepared messages, a sink, plain Locust, and Locust with an order."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from load.prepare.arrivals import Spacing
from load.prepare.preparing import Wanted, prepare
from load.send.collecting import LATENCY, read_latency
from load.send.latency import Latency, Series
from load.send.sent import Sent
from tests.load.sink import dropped, order_for, sent_by_locust
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
    """What an order came to."""

    sent: list[Sent]
    dropped: int
    latency: dict[Series, Latency]

    @property
    def per_second(self) -> float:
        """Answers a second, from the first send to the last answer."""
        begin, end = min(one.sent_ns for one in self.sent), max(one.done_ns for one in self.sent)
        return len(self.sent) * 1e9 / (end - begin)

    def ms(self, series: Series, percentile: float) -> float:
        """Milliseconds, from the histograms of the workers."""
        return self.latency[series].ms(percentile) or 0.0


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


def ordered(there: Stand, per_second: float, seconds: float, workers: int = 1, in_flight: int = 1000) -> Told:
    """What a load run sends with, from begin to end."""
    (there.folder / LATENCY).unlink(missing_ok=True)
    wish = {"spacing": Spacing.POISSON, "retries": 0, "in_flight": in_flight, "timeout_seconds": 5.0}
    sent = sent_by_locust(order_for(there.folder, there.url, per_second, seconds, **wish), workers)
    return Told(sent, len(dropped(there.folder)), read_latency(there.folder))
