"""Something that holds one value at a time. Exchanges that overlap take effect in some order, so that at a moment it may hold
one of several."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Generic, TypeVar

from harness.model.history.spans import BEFORE, Span


class Unknown(Enum):
    """What nobody can tell: kept from before the run, or by a request whose answer never came. It equals whatever a gateway says."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Write(Generic[V]):
    span: Span
    value: V
    certain: bool


@dataclass
class Register(Generic[V]):
    """`initial`: what it holds before anything is written."""

    initial: V
    writes: list[_Write[V]] = field(default_factory=list)

    def write(self, span: Span, value: V, *, certain: bool = True) -> None:
        """Takes effect at some moment of the span. Not `certain`: it may also take effect later, or never."""
        self.writes.append(_Write(span if certain else Span(span.begin, float("inf")), value, certain))

    def possible(self, during: Span) -> tuple[V, ...]:
        """Every value that it may hold at some moment of a span, each once, the oldest first."""
        first = _Write(BEFORE, self.initial, certain=True)
        begun = [write for write in (first, *self.writes) if write.span.begin <= during.end]
        over = max(
            (w.span.begin for w in begun if w.certain and w.span.end < during.begin), default=BEFORE.begin
        )
        found: list[V] = []
        for write in begun:
            if write.span.end >= over and write.value not in found:
                found.append(write.value)
        return tuple(found)

    def __iter__(self) -> Iterator[V]:
        """Every value that it ever held."""
        yield self.initial
        yield from (write.value for write in self.writes)
