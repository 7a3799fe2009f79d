"""Greenlets that are used again and again: to begin a new one takes 17 µs, a fifth of all that a request costs its sender
(tests/benchmarks/load_sending.py)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.pool import Group
from gevent.queue import SimpleQueue

_LEAVE = None


@dataclass
class Crew:
    """As many hands as are needed at once, `most` at the most. `work`: takes what `hand` was given; open: how many tasks are
    not done."""

    most: int
    work: Callable[..., None]
    open: int = 0
    tasks: Any = field(default_factory=SimpleQueue)
    hands: Any = field(default_factory=Group)

    def hand(self, *task: Any) -> bool:
        """Whether there is a hand free for it; it begins when the caller lets others work."""
        if self.open >= len(self.hands):
            if self.open >= self.most:
                return False
            self.hands.add(gevent.spawn(self._work_on))
        self.open += 1
        self.tasks.put(task)
        return True

    def join(self) -> None:
        """Returns when all is done."""
        for _ in range(len(self.hands)):
            self.tasks.put(_LEAVE)
        self.hands.join()

    def kill(self) -> None:
        """Ends everybody at once: GreenletExit is raised in `work`."""
        self.hands.kill()

    def _work_on(self) -> None:
        while (task := self.tasks.get()) is not _LEAVE:
            try:
                self.work(*task)
            finally:
                self.open -= 1
