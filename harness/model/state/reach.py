"""Whether the network could be reached: a connection that was refused, or cut before a word was said, is in no record. What the gateway
asked and was told just before and just after is."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from harness.model.history.history import History
from harness.model.history.spans import Span

_AROUND: Final = 1.0  # seconds: nothing says of a network that was silent for longer whether it was there


@dataclass(frozen=True)
class Reach:
    """When something that the gateway asked of the network began to be answered, and when it had been, each in order; `unanswered`:
    what was not."""

    begins: tuple[float, ...]
    ends: tuple[float, ...]
    unanswered: tuple[Span, ...]

    @classmethod
    def of(cls, history: History) -> Self:
        """Of all that went to the network."""
        asked = tuple(_asked(history))
        answered = [span for span, status in asked if status is not None]
        return cls(
            tuple(sorted(span.begin for span in answered)),
            tuple(sorted(span.end for span in answered)),
            tuple(span for span, status in asked if status is None),
        )

    def there(self, during: Span) -> bool:
        """It answered shortly before a span, or in it, and again in it, or shortly after; and always."""
        around = Span(during.begin - _AROUND, during.end + _AROUND)
        before = _lies_in(self.ends, around.begin, during.end)
        after = _lies_in(self.begins, during.begin, around.end)
        return before and after and not any(span.meets(around) for span in self.unanswered)


def _asked(history: History) -> Iterator[tuple[Span, int | None]]:
    """Bytes that came again were answered as before."""
    for exchanges in (history.redemptions, history.fetches, history.sendings):
        yield from ((exchange.span, exchange.status) for exchange in exchanges)


def _lies_in(moments: tuple[float, ...], begin: float, end: float) -> bool:
    return bisect_left(moments, begin) < bisect_right(moments, end)
