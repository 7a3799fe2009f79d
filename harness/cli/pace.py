"""How far a run has come and how long it will still take, said in a line every ten seconds where there is no terminal to show a bar."""

from dataclasses import dataclass, replace
from typing import Final, Self

_MINUTE: Final = 60.0


@dataclass(frozen=True)
class Pace:
    """What of a run is done, how much of it did not pass, and what happens now; `total`: None before it is known."""

    phase: str
    done: int = 0
    total: int | None = None
    failed: int = 0

    def more(self, *, failed: bool) -> Self:
        """One scenario more."""
        return replace(self, done=self.done + 1, failed=self.failed + failed)

    def remaining(self, seconds: float) -> float | None:
        """Seconds, if it goes on as in the seconds that it has taken; None where nothing tells."""
        if not self.done or self.total is None:
            return None
        return seconds / self.done * max(self.total - self.done, 0)

    def sentence(self, seconds: float) -> str:
        """One line, in Japanese."""
        if self.total is None or self.done >= self.total:
            return f"{self.phase}（{seconds:.0f} 秒経過）"
        said = f"{self.phase} {self.done}/{self.total}、不合格・判定不能 {self.failed}、{seconds:.0f} 秒経過"
        left = self.remaining(seconds)
        return said if left is None else f"{said}、残り約 {_length(left)}"


def _length(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < _MINUTE else f"{seconds / _MINUTE:.0f} 分"
