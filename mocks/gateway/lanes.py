"""Messages that leave one after the other: rows of a バッチ, also those that are put behind them later."""

from collections import deque
from dataclasses import dataclass, field

from mocks.gateway.platform_messaging import Handed


@dataclass
class Lanes:
    """What waits in each lane behind a message that is on its way."""

    waiting: dict[str, deque[Handed]] = field(default_factory=dict)

    def may_go(self, handed: Handed) -> bool:
        """True for what nothing is before; else it is put behind."""
        if handed.lane is None:
            return True
        if handed.lane in self.waiting:
            self.waiting[handed.lane].append(handed)
            return False
        self.waiting[handed.lane] = deque()
        return True

    def next_after(self, handed: Handed) -> Handed | None:
        """What may go now that this one is through; None for nothing."""
        if handed.lane is None:
            return None
        behind = self.waiting[handed.lane]
        if not behind:
            del self.waiting[handed.lane]
            return None
        return behind.popleft()
