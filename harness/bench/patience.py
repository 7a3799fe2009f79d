"""How long a scenario waits: the only clock of the steps, so that a recorded run can be followed without waiting."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_FIRST_POLL_SECONDS, _SLOWEST_POLL_SECONDS = 0.005, 0.1
_SLOWER = 1.5


class Patience(Protocol):
    """Whatever decides how often is asked again."""

    def attempts(self, seconds: float) -> Iterator[float]:
        """Once an attempt, and once more when the time is over: the seconds slept since the last."""

    def pause(self, seconds: float) -> None:
        """Lets time pass."""


def most_attempts(seconds: float) -> int:
    """How often can be asked in this time at most, where asking itself takes none."""
    return sum(1 for _ in _moments(seconds)) + 1


def _moments(seconds: float) -> Iterator[float]:
    pause, moment = _FIRST_POLL_SECONDS, 0.0
    while moment < seconds:
        yield moment
        moment += pause
        pause = min(pause * _SLOWER, _SLOWEST_POLL_SECONDS)


@dataclass(frozen=True)
class RealPatience:
    """By the clock of the machine."""

    def attempts(self, seconds: float) -> Iterator[float]:
        """Polls, ever more slowly, until the time is over."""
        pause, slept = _FIRST_POLL_SECONDS, 0.0
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            yield slept
            time.sleep(pause)
            slept, pause = pause, min(pause * _SLOWER, _SLOWEST_POLL_SECONDS)
        yield slept

    def pause(self, seconds: float) -> None:
        """Sleeps."""
        time.sleep(seconds)
