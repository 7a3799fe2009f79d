"""Until when what a gateway owes has to come: 5 seconds (guide §2), longer where something held it up."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.patience import WAIT, Patience

BUSY_SECONDS: Final = 2.0  # more: the moments are the network's own, and both share a machine
AT_ONCE: Final = (
    16  # requests that a gateway must take at once (guide §2 HTTP); with more waiting, nothing says how long
)


@dataclass(frozen=True)
class Lateness:
    """`hindrances`: when the gateway was down, or had no answer of the network; `arrivals`, `departures`: when something was
    asked and when something went out, in order; `alive`: when the network took a message."""

    hindrances: tuple[Span, ...]
    arrivals: tuple[float, ...]
    departures: tuple[float, ...]
    alive: tuple[float, ...]
    ended: float

    @classmethod
    def of(cls, history: History, arrivals: Iterable[float], departures: Iterable[float]) -> Self:
        """Of everything in a history."""
        spans = list(history.once(Patience.of).kills)
        spans += [f.span for f in history.fetches if f.directory is None]
        spans += [s.span for s in history.sendings if s.status is None]
        alive = sorted(sending.span.begin for sending in history.sendings if sending.taken)
        spans.sort()
        return cls(
            tuple(spans), tuple(sorted(arrivals)), tuple(sorted(departures)), tuple(alive), history.ended
        )

    def due(self, since: float) -> float:
        """When what is owed since a moment has come, unless it was kept waiting by others."""
        start = since
        for span in self.hindrances[bisect_left(self.hindrances, (since - 60.0,)) :]:
            if span.begin > start + WAIT:
                break
            start = max(start, span.end)
        return start + WAIT + BUSY_SECONDS

    def is_late(self, since: float, came: float) -> bool:
        """It came later than due, though the way was open and no more waited than have to be taken at once."""
        if came <= self.due(since) or self._waiting(since) > AT_ONCE:
            return False
        first = bisect_left(self.alive, since + WAIT / 2)
        return first < len(self.alive) and self.alive[first] < came - BUSY_SECONDS

    def never_came(self, since: float, expires: float) -> bool:
        """It was due before the record ends, and before it expired by the gateway's clock."""
        due = self.due(since)
        return due < self.ended and due < expires - WAIT

    def _waiting(self, moment: float) -> int:
        return bisect_right(self.arrivals, moment) - bisect_right(self.departures, moment)
