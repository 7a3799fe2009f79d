"""Did the bench itself stand still? Where a machine sleeps, a process is stopped or nobody gives it the processor, deadlines
pass that the gateway could not keep, or that the bench could not see it keep."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

TICK_SECONDS = 0.1
STILL_SECONDS = 2.5  # half of the shortest deadline (guide §2); twelve processes a core have been seen to cost 1.1 at once
# CLOCK_BOOTTIME goes on while the machine sleeps, CLOCK_MONOTONIC does not.
_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def since_boot() -> float:
    """Seconds since the machine was started, asleep or awake."""
    return time.clock_gettime(_BOOT)


@dataclass
class Stillness:
    """Looks at both clocks ever again. `boot`, `wall`: clocks in seconds. `stood`: when each standstill ended, and how
    long it took."""

    boot: Callable[[], float] = since_boot
    wall: Callable[[], float] = time.time
    stood: list[tuple[float, float]] = field(default_factory=list)
    last: tuple[float, float] = field(init=False)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """The first look."""
        self.last = self.boot(), self.wall()

    def look(self) -> None:
        """Takes down what passed since the last look, where that is too much: in one piece, or on the wall only, whose
        clock was set."""
        with self.lock:
            self._look()

    def since(self, moment: float) -> float:
        """Seconds in all of the standstills that ended after a moment (since_boot)."""
        self.look()
        return round(sum(lost for ended, lost in list(self.stood) if ended >= moment), 1)

    def _look(self) -> None:
        now = self.boot(), self.wall()
        passed, on_the_wall = now[0] - self.last[0], now[1] - self.last[1]
        self.last = now
        lost = max(passed - TICK_SECONDS, abs(on_the_wall - passed))
        if lost >= STILL_SECONDS:
            self.stood.append((now[0], lost))


@contextmanager
def watching() -> Iterator[Stillness]:
    """A watch in a thread of its own, which stands still when this process does, and only then."""
    stillness, over = Stillness(), Event()

    def watch() -> None:
        while not over.wait(TICK_SECONDS):
            stillness.look()

    thread = Thread(target=watch, name="stillness", daemon=True)
    thread.start()
    try:
        yield stillness
    finally:
        over.set()
        thread.join()
