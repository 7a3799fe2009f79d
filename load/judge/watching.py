"""A load run as it goes: what was sent joined with what was answered, second by second, and what can no longer be met."""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from harness.contract.messages import Kind
from load.judge.answers import Answered
from load.judge.gates import Arrivals, Gate, SoFar
from load.judge.kinds import RequestKind
from load.line.state import LineState
from load.send.latency import Latency, Series, quantile
from load.send.sent import Sent

# After which a second is told of: senders report once a second, answers are collected more often.
SETTLED_SECONDS = 5
LATE_MS = 50.0  # own: a generator that sends later than this, once in a hundred times, is not the load that was planned


@dataclass
class Second:
    """Counts of one second; responses and lags in ms; bytes of each direction of the line, None where there is none."""

    planned: int = 0
    sent: int = 0
    dropped: int = 0
    accepted: int = 0
    errors: int = 0
    answered: int = 0
    responses: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    line: dict[str, int | None] = field(
        default_factory=lambda: dict.fromkeys(
            ("up_bytes", "down_bytes", "up_queued", "down_queued", "connections_refused")
        )
    )

    def to_entry(self) -> dict[str, object]:
        """As the journal has it."""
        counts = ("planned", "sent", "dropped", "accepted", "errors", "answered")
        shown = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "max_ms": 1.0}
        ordered = sorted(self.responses)
        return {
            **{name: getattr(self, name) for name in counts},
            **self.line,
            **{name: quantile(ordered, q) for name, q in shown.items()},
            "lag_p99_ms": quantile(sorted(self.lags), 0.99),
        }


@dataclass
class Watch:
    """planned: seconds of each arrival since the begin, and names: of its kind, by index; begin_ns: wall clock; uncarried: indexes of the
    arrivals that are no enquiries to be answered; errors_carried, dropped_carried: of the others. `told`: seconds that were handed out;
    what comes too late for its own second counts in the first that is still open. `in_plan`: bytes of each direction until
    the last arrival."""

    planned: "array[float]"
    names: Sequence[str]
    begin_ns: int
    gates: tuple[Gate, ...]
    uncarried: Set[int] = frozenset()
    seconds: dict[int, Second] = field(default_factory=dict)
    told: int = 0
    sent: int = 0
    dropped: int = 0
    accepted: int = 0
    errors: int = 0
    errors_carried: int = 0
    dropped_carried: int = 0
    answered: int = 0
    in_time: int = 0
    response: Latency = field(default_factory=Latency)
    lag: Latency = field(default_factory=Latency)
    late: int = 0
    slow: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, RequestKind] = field(default_factory=dict)
    index_of: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, Answered] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    in_plan: dict[str, int] = field(default_factory=dict)

    @property
    def to_answer(self) -> int:
        """Arrivals of which an answer is to come."""
        return len(self.planned) - len(self.uncarried)

    def __post_init__(self) -> None:
        for at in self.planned:
            self._second(int(at)).planned += 1

    @property
    def lasts(self) -> float:
        """Seconds until the last arrival is due."""
        return math.ceil(self.planned[-1])

    def take_sent(self, rows: Iterable[Sent]) -> None:
        """What senders noted."""
        for row in rows:
            self.sent += 1
            second = self._at(row.sent_ns)
            second.sent += 1
            lag_ms = (row.sent_ns - row.planned_ns) / 1e6
            second.lags.append(lag_ms)
            self.lag.record(row.sent_ns - row.planned_ns)
            self.late += lag_ms > LATE_MS
            self._compare(Series.LAG, lag_ms)
            if row.accepted:
                self._compare(Series.ACCEPTANCE, (row.done_ns - row.planned_ns) / 1e6)
            done = self._at(row.done_ns)
            done.accepted += row.accepted
            done.errors += row.failed
            self.accepted += row.accepted
            self.errors += row.failed
            self.errors_carried += row.failed and row.carried
            kind = self._kind(row.index)
            kind.sent += 1
            kind.accepted += row.accepted
            kind.errors += row.failed
            if row.correlation_id:
                self.index_of[row.correlation_id] = row.index
                if (answer := self.waiting.pop(row.correlation_id, None)) is not None:
                    self._responded(row.index, answer)

    def take_dropped(self, lines: Iterable[str]) -> None:
        """index,planned_ns of what was not sent."""
        for line in lines:
            index, planned_ns = map(int, line.split(","))
            self.dropped += 1
            self.dropped_carried += index not in self.uncarried
            self._at(planned_ns).dropped += 1

    def take_answers(self, came: Iterable[Answered]) -> None:
        """Answers of the north are joined by index, those of the south by correlation id, which the sent log may name later
        than the answer comes."""
        for answered in came:
            index = self.index_of.get(answered.correlation_id) if answered.index is None else answered.index
            if index is None:
                self.waiting[answered.correlation_id] = answered
            else:
                self._responded(index, answered)

    def take_line(self, now_ns: int, state: LineState) -> None:
        """The state of the line (load.line.control): what went over it since the last time, and what waits."""
        line = self._at(now_ns).line
        totals = {
            "up_bytes": state["up"]["carried"],
            "down_bytes": state["down"]["carried"],
            "connections_refused": state["refused"],
        }
        for name, count in totals.items():
            line[name] = (line[name] or 0) + count - self.counted.get(name, 0)
            self.counted[name] = count
        for side in ("up", "down"):
            line[f"{side}_queued"] = state[side]["queued"]
            if (now_ns - self.begin_ns) / 1e9 <= self.lasts:
                self.in_plan[side] = state[side]["carried"]

    def settled(self, now_ns: int, *, over: bool = False) -> Iterator[tuple[int, Second]]:
        """Seconds that nothing more is expected for, in order."""
        until = (
            max(self.seconds, default=-1) + 1 if over else (now_ns - self.begin_ns) // 10**9 - SETTLED_SECONDS
        )
        while self.told < until:
            yield self.told, self.seconds.pop(self.told, Second())
            self.told += 1

    def so_far(self) -> SoFar:
        """What a gate that is lost can be told by."""
        every = Arrivals(len(self.planned), self.errors, self.dropped)
        carried = Arrivals(self.to_answer, self.errors_carried, self.dropped_carried)
        return SoFar(every, carried, self.slow)

    def _responded(self, index: int, answer: Answered) -> None:
        at_ns, kind = answer.at_ns, self._kind(index)
        took_ns = at_ns - self.begin_ns - int(self.planned[index] * 1e9)
        self.response.record(took_ns)
        kind.response.record(took_ns)
        kind.answered += 1
        kind.errors += answer.kind == Kind.ERROR
        took = took_ns / 1e6
        second = self._at(at_ns)
        second.answered += 1
        second.responses.append(took)
        self.answered += 1
        self.in_time += (at_ns - self.begin_ns) / 1e9 <= self.lasts + 1
        self._compare(Series.RESPONSE, took)

    def _compare(self, series: Series, milliseconds: float) -> None:
        """With the gates of the series."""
        for gate in self.gates:
            if gate.kind.quantile is not None and gate.kind.series == series and milliseconds > gate.limit:
                self.slow[gate.name] = self.slow.get(gate.name, 0) + 1

    def _kind(self, index: int) -> RequestKind:
        return self.kinds.setdefault(self.names[index], RequestKind())

    def _at(self, moment_ns: int) -> Second:
        return self._second((moment_ns - self.begin_ns) // 10**9)

    def _second(self, number: int) -> Second:
        return self.seconds.setdefault(max(self.told, number), Second())
