"""How long a gateway may take (guide §2 HTTP), and what it is given beyond that where it was killed in the meantime."""

from dataclasses import dataclass
from typing import Final, Self

from harness.contract.messages import CLOCK_SECONDS
from harness.model.history.history import History
from harness.model.history.spans import Span

WAIT: Final = 5.0  # seconds that the bench waits for what a gateway does because of something (own, guide §2)
ROUNDED: Final = 1.0  # seconds: the fraction of a moment may be absent
CLOCKS: Final = (
    CLOCK_SECONDS + ROUNDED
)  # by which a moment that a gateway writes may differ from the bench's clock


@dataclass(frozen=True)
class Patience:
    """`kills`: from when on a gateway was gone until it answered again."""

    kills: tuple[Span, ...]

    @classmethod
    def of(cls, history: History) -> Self:
        """As often as the gateway was started anew."""
        return cls(tuple(sorted(restart.span for restart in history.restarts)))

    def until(self, moment: float) -> float:
        """By when something must have been done that could be done from a moment on."""
        due = moment + WAIT
        for kill in self.kills:
            if kill.begin <= due and kill.end >= moment:
                due = kill.end + WAIT
        return due

    def meets(self, span: Span) -> bool:
        """May it have been gone at some time of a span?"""
        return any(kill.meets(span) for kill in self.kills)

    def between(self, one: float, other: float) -> bool:
        """Was it killed after the one moment and before the other?"""
        return any(kill.begin <= other and kill.end > one for kill in self.kills)
