"""When a gateway was killed: what it had confirmed by then it still has to hold (guide §2 HTTP)."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from harness.model.history.history import History


@dataclass(frozen=True)
class Kills:
    """Moments in order, in seconds since 1970."""

    moments: tuple[float, ...]

    @classmethod
    def of(cls, history: History) -> Self:
        """Of every restart of the run."""
        return cls(tuple(sorted(restart.span.begin for restart in history.restarts)))

    def between(self, since: float, until: float) -> bool:
        """Was it killed after the one moment and before the other?"""
        at = bisect_right(self.moments, since)
        return at < len(self.moments) and self.moments[at] <= until
