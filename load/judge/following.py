"""Follows a load run as it goes: reads what senders note and the network keeps, tells of each second, and stops what is lost."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from harness.catalogue.findings import InconclusiveError
from harness.contract.journal import Entry, Journal
from load.judge.answers import Answers
from load.judge.conformance import Run, await_answers
from load.judge.effort import Effort
from load.judge.gates import lost
from load.judge.outcome import INTERRUPTED
from load.judge.watching import Watch
from load.send.collecting import DROPPED, SENT
from load.send.environment import Environment
from load.send.generator import LOG, Follower, Generator, new_rows

_INTERRUPTED_NOTE = "中断した。送ったものの応答を集めて検査する（もう一度 Ctrl-C で、それもやめる）。"
_PAUSE = 0.25  # seconds between two looks
_SHORTEST_DRAIN = 60.0  # seconds
# Own: Locust looks once a second whether it is to stop, and ends what is open; after this it is ended.
OBEY_SECONDS = 30.0


@dataclass(frozen=True)
class Progress:
    """Where a run is. `watch`: None before anything is sent; second: since the begin; note: what is to stay on the screen."""

    phase: str
    watch: Watch | None = None
    second: float = 0.0
    note: str = ""


Tell = Callable[[Progress], None]


def wait_for_begin(generator: Generator) -> int:
    """When the first second begins (wall clock, ns); returns at that moment. Raises InconclusiveError."""
    until = time.monotonic() + generator.patience
    while (begin_ns := generator.begin_ns()) is None:
        if not generator.process.alive() or time.monotonic() > until:
            raise InconclusiveError("BENCH_ERROR", f"Locust が始まらない（記録: {LOG}）")
        time.sleep(_PAUSE / 5)
    time.sleep(max(0.0, (begin_ns - time.time_ns()) / 1e9))
    return begin_ns


@dataclass
class Following:
    """A run under way. `longest`: seconds after which it is ended whatever is open; stop_by: moment (monotonic) at which
    Locust, told to stop, must have stopped; late: answers that came only when the line had been released."""

    environment: Environment
    generator: Generator
    answers: Answers
    watch: Watch
    journal: Journal
    tell: Tell
    longest: float
    stopped: str = ""
    stop_by: float = math.inf
    late: int = 0
    effort: Effort = field(default_factory=Effort)

    def follow(self) -> None:
        """Until Locust is at its end; it is told to stop where a gate is lost, the gateway is gone, or the user wishes so.
        Raises InconclusiveError when the bench fails."""
        folder = self.generator.folder
        sent, dropped = Follower(folder / SENT), Follower(folder / DROPPED)
        alive = True
        while alive:
            try:
                alive = self.generator.process.alive()
                if time.monotonic() > self.stop_by:
                    self.generator.process.stop()
                self._take(sent, dropped)
                time.sleep(_PAUSE)
            except KeyboardInterrupt:
                if self.stopped == INTERRUPTED:
                    raise
                self._stop(INTERRUPTED)
                self.tell(Progress("止めている", self.watch, self._second(), _INTERRUPTED_NOTE))
        self._ended_early()

    def _ended_early(self) -> None:
        """Locust comes to its end when everything is sent: before that, somebody ended it."""
        unsent = len(self.watch.planned) - self.watch.sent - self.watch.dropped
        if unsent > 0 and not self.stopped and self._second() < self.watch.lasts:
            self.stopped = f"{self._second():.0f} 秒で Locust が終わった（記録: {LOG}）"

    def drain(self, run: Run) -> None:
        """What still comes after the last request. A line that is too slow for the load keeps answers back that the gateway
        has long made: after a while it is released, as nothing is lost that only waits. Raises InconclusiveError when
        the network is gone."""
        patience = max(self.watch.lasts, _SHORTEST_DRAIN) if self.environment.line else math.inf
        self._await_rest(run, "残りの応答を待っている", patience)
        if self.environment.line:
            in_time = self.watch.answered
            self.environment.line.release()
            self._await_rest(run, "回線を開放し、残りの応答を待っている", math.inf)
            self.late = self.watch.answered - in_time
        self.write_seconds(over=True)

    def write_seconds(self, *, over: bool = False) -> None:
        """Those that are settled, or all."""
        for number, second in self.watch.settled(time.time_ns(), over=over):
            self.journal.write(Entry.LOAD_SECOND, second=number, **second.to_entry())

    def _await_rest(self, run: Run, phase: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        for came in await_answers(self.answers, run):
            self.watch.take_answers(came)
            self._look(phase)
            if time.monotonic() > until:
                return

    def _take(self, sent: Follower, dropped: Follower) -> None:
        before = self.watch.accepted, self.watch.errors
        self.watch.take_sent(new_rows(sent))
        self.watch.take_dropped(dropped.lines())
        self.watch.take_answers(self.answers.collect())
        asked = time.monotonic()
        self.environment.control.must_be_there()
        self.effort.look(time.monotonic() - asked, psutil.cpu_percent() / 100)
        self._look("負荷をかけている")
        if not self.stopped and (why := self._why_stop(before)):
            self._stop(why)

    def _why_stop(self, before: tuple[int, int]) -> str:
        watch, second = self.watch, self._second()
        if gate := lost(watch.gates, watch.so_far()):
            return f"{second:.0f} 秒でやめた: ゲート {gate.name}（{gate.limit:g}）はもう満たせない"
        if second > self.longest:
            return f"{second:.0f} 秒でやめた: 予定の時間を過ぎても送り終えない"
        accepted, errors = before
        if watch.accepted == accepted and watch.errors > errors and not self.environment.gateway_answers():
            return f"{second:.0f} 秒でやめた: ゲートウェイが応えない"
        return ""

    def _stop(self, why: str) -> None:
        self.stopped, self.stop_by = why, time.monotonic() + OBEY_SECONDS
        self.generator.ask_to_stop()

    def _look(self, phase: str) -> None:
        if line := self.environment.line:
            self.watch.take_line(time.time_ns(), line.state())
        self.write_seconds()
        self.tell(Progress(phase, self.watch, self._second()))

    def _second(self) -> float:
        return (time.time_ns() - self.watch.begin_ns) / 1e9
