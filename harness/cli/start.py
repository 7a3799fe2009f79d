"""When a command began: for whoever reads what it wrote, and to measure how long it took."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Start:
    """`at`: milliseconds since 1970; `clock`: of the clock that nobody sets."""

    at: int
    clock: float

    @classmethod
    def now(cls) -> "Start":
        """Asked once: what is written later, and in several languages, is of the same run."""
        return cls(round(time.time() * 1000), time.monotonic())

    @property
    def seconds(self) -> float:
        """Since then."""
        return time.monotonic() - self.clock
