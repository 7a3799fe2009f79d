"""Open arrivals: when each request of a load is due, whether or not the ones before it were answered."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count


class Spacing(StrEnum):
    """How arrivals lie to each other: by chance as those of many who do not know of each other, or at equal distances."""

    POISSON = "poisson"
    EVEN = "even"


@dataclass(frozen=True)
class Phase:
    """A part of a load. Seconds since its begin; arrivals a second at both ends, a straight line between."""

    begin: float
    end: float
    from_per_second: float
    to_per_second: float

    @property
    def arrivals(self) -> float:
        """How many are due in it, on average."""
        return (self.end - self.begin) * (self.from_per_second + self.to_per_second) / 2

    def when(self, due: float) -> float:
        """The moment by which so many are due: the inverse of the integral of a straight line."""
        slope = (self.to_per_second - self.from_per_second) / (self.end - self.begin)
        if not slope:
            return self.begin + due / self.from_per_second
        root = math.sqrt(max(0.0, self.from_per_second**2 + 2 * slope * due))
        # 2c/(b+√…) instead of (√…−b)/a: no difference of two near numbers where the line is almost level.
        return self.begin + 2 * due / (self.from_per_second + root)


def arrivals(phases: Sequence[Phase], spacing: Spacing, seed: int) -> Iterator[float]:
    """Seconds since the begin of each arrival, in order; the same for the same seed."""
    before, steps = 0.0, _steps(spacing, seed)
    due = next(steps)
    for phase in phases:
        until = before + phase.arrivals
        while due < until:
            yield phase.when(due - before)
            due += next(steps)
        before = until


def _steps(spacing: Spacing, seed: int) -> Iterator[float]:
    """From one arrival to the next, in arrivals: 1 on average. The first of an even row stands in the middle of its step."""
    if spacing is Spacing.EVEN:
        return (1.0 if number else 0.5 for number in count())
    chance = random.Random(seed)  # noqa: S311  # a plan that can be repeated, no secret
    return (chance.expovariate(1.0) for _ in count())
