"""How long a scenario waits: the only clock of the steps, so that a recorded run can be followed without waiting."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

GIVEN_UP = 0  # attempts, where it was known that nothing would come
_FIRST_POLL_SECONDS, _SLOWEST_POLL_SECONDS = 0.005, 0.1
_SLOWER = 1.5
_MOST_IN_VAIN = 2  # waits; a gateway that does nothing at all would keep a run waiting for 15 minutes


class Patience(Protocol):
    """Whatever decides how often is asked again."""

    def attempts(self, seconds: float) -> Iterator[float]:
        """Once an attempt, and once more when the time is over: the seconds slept since the last."""

    def pause(self, seconds: float) -> None:
        """Lets time pass."""

    def is_in_vain(self) -> bool:
        """Is it known that nothing would come?"""

    def note_in_vain(self) -> None:
        """Nothing came within the time."""


def most_attempts(seconds: float) -> int:
    """How often can be asked in this time at most, where asking itself takes none."""
    return sum(1 for _ in _moments(seconds)) + 1


def _moments(seconds: float) -> Iterator[float]:
    pause, moment = _FIRST_POLL_SECONDS, 0.0
    while moment < seconds:
        yield moment
        moment += pause
        pause = min(pause * _SLOWER, _SLOWEST_POLL_SECONDS)


@dataclass
class RealPatience:
    """By the clock of the machine. `heard`: has the gateway ever sent a message?"""

    heard: Callable[[], bool] = lambda: True
    in_vain: int = 0

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

    def is_in_vain(self) -> bool:
        """Not before the gateway had its whole time more than once, nor for one that sends anything."""
        return self.in_vain >= _MOST_IN_VAIN and not self.heard()

    def note_in_vain(self) -> None:
        """Counts."""
        self.in_vain += 1
