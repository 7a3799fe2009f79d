"""The scheduler of one worker: at its planned time each request is sent, whatever becomes of the others."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import gevent

from load.prepare.arrivals import arrivals
from load.prepare.prepared import Prepared, read
from load.send.collecting import Report
from load.send.crew import Crew
from load.send.latency import Latency, Series
from load.send.order import Order
from load.send.posting import Poster
from load.send.sent import STOPPED, Sent

REPORT_SECONDS = 1.0
# The event loop wakes up to 1 ms late: half of it is slept less, and what is then left is passed awake.
_EARLY_SECONDS = 0.0005
# Who is late sends so many at a time, and then takes what has come before it sends more: every look at the sockets costs
# half of a request, and with hundreds of them open a request costs twice as much (tests/benchmarks/load_sending.py).
_AT_ONCE = 16
Arrival = tuple[float, Prepared]


@dataclass(frozen=True)
class Part:
    """Which part of the requests a worker sends: indexes ≡ worker mod workers."""

    worker: int
    workers: int


@dataclass
class Scheduler:
    """`tell`: hands a report on; `noted`: told of every request and what came of it."""

    part: Part
    poster: Poster
    in_flight: int
    tell: Callable[[Report], None]
    noted: Callable[[Prepared, Sent], None]
    latency: dict[Series, Latency] = field(
        default_factory=lambda: {
            series: Latency() for series in (Series.ACCEPTANCE, Series.SERVICE, Series.LAG)
        }
    )
    sent: list[str] = field(default_factory=list)
    dropped: list[tuple[int, int]] = field(default_factory=list)

    def run(self, due: Iterable[Arrival], begin_ns: int) -> None:
        """Sends all of them, each at its time since `begin_ns` (wall clock), and returns when the last is answered. What
        comes while too many are open is dropped and counted: a generator that queues would hide the wait."""
        crew, reporting = Crew(self.in_flight, self._send), gevent.spawn(self._report_every_second)
        try:
            begin = time.perf_counter() + (begin_ns - time.time_ns()) / 1e9
            for number, (at, request) in enumerate(due):
                _wait_until(begin + at, number)
                planned_ns = begin_ns + int(at * 1e9)
                if not crew.hand(request, planned_ns):
                    self.dropped.append((request.index, planned_ns))
            crew.join()
        finally:
            reporting.kill()
            crew.kill()
            self.report(done=True)

    def report(self, *, done: bool = False) -> None:
        """Tells what came since the last time."""
        sent, self.sent = self.sent, []
        dropped, self.dropped = self.dropped, []
        latency = {str(series): latency.encoded() for series, latency in self.latency.items()} if done else {}
        self.tell(Report(self.part.worker, "".join(sent), dropped, latency, done))

    def _report_every_second(self) -> None:
        while True:
            gevent.sleep(REPORT_SECONDS)
            self.report()

    def _send(self, request: Prepared, planned_ns: int) -> None:
        sent_ns = time.time_ns()
        try:
            sent = self.poster.post(request, planned_ns)
        except gevent.GreenletExit:  # the run was stopped: what is open may have arrived
            size = len(request.body)
            stopped = Sent(request.index, planned_ns, sent_ns, time.time_ns(), 0, STOPPED, sent_bytes=size)
            self.sent.append(stopped.line)
            raise
        self.latency[Series.LAG].record(sent.sent_ns - planned_ns)
        if sent.accepted:  # a refusal comes sooner than any work is done
            self.latency[Series.SERVICE].record(sent.done_ns - sent.sent_ns)
            self.latency[Series.ACCEPTANCE].record(sent.done_ns - planned_ns)
        self.sent.append(sent.line)
        self.noted(request, sent)


def _wait_until(moment: float, number: int) -> None:
    """Others work in the meantime. perf_counter seconds; number: of the arrival."""
    left = moment - time.perf_counter()
    if left > 0:
        gevent.sleep(max(0.0, left - _EARLY_SECONDS))
    elif not number % _AT_ONCE:
        gevent.idle()
    while time.perf_counter() < moment:
        gevent.sleep(0)


def due_of(order: Order, prepared: Path, part: Part) -> Iterator[Arrival]:
    """The arrivals of one worker with their requests. Raises OSError where nothing was prepared."""
    times = islice(arrivals(order.phases, order.spacing, order.seed), part.worker, None, part.workers)
    return zip(times, read(prepared, part.worker, part.workers), strict=False)
