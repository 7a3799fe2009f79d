"""Several stories on one gateway at the same time: their beats overlap, but a restart, which befalls all of them, comes between beats."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Turns:
    """Who is at it now. `restarts`: how many there were so far."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    acting: int = 0
    waiting: int = 0
    restarts: int = 0

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Whatever overlaps with the others. Who waits to be alone goes first, or would wait for ever."""
        with self.changed:
            self.changed.wait_for(lambda: not self.waiting)
            self.acting += 1
        try:
            yield
        finally:
            with self.changed:
                self.acting -= 1
                self.changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A restart, and what is done at the same time in the same story."""
        with self.changed:
            self.waiting += 1
            self.changed.wait_for(lambda: not self.acting)
            self.acting += 1
        try:
            yield
        finally:
            with self.changed:
                self.waiting -= 1
                self.acting -= 1
                self.restarts += 1
                self.changed.notify_all()
