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
class Write(Generic[V]):
    """A value that took effect within a span. Not `certain`: or never. `by`: number of the exchange that wrote it."""

    span: Span
    value: V
    certain: bool
    by: int | None = None


@dataclass
class Register(Generic[V]):
    """`initial`: what it holds before anything is written."""

    initial: V
    writes: list[Write[V]] = field(default_factory=list)

    def write(self, span: Span, value: V, *, certain: bool = True, by: int | None = None) -> None:
        """Takes effect at some moment of the span. Not `certain`: it may also take effect later, or never."""
        ends = span if certain else Span(span.begin, float("inf"))
        self.writes.append(Write(ends, value, certain, by))

    def possible(self, during: Span, *, without: int | None = None) -> tuple[V, ...]:
        """Every value that it may hold at some moment of a span, each once, the oldest first. `without`: as if the exchange of
        this number had written nothing, which is what it met."""
        found: list[V] = []
        for write in self.standing(during, without=without):
            if write.value not in found:
                found.append(write.value)
        return tuple(found)

    def standing(self, during: Span, *, without: int | None = None) -> tuple[Write[V], ...]:
        """The writes whose values those are."""
        begun = [w for w in self.writes if w.span.begin <= during.end]
        if without is not None:
            begun = [w for w in begun if w.by != without]
        over = BEFORE.begin
        for write in begun:
            begin, end = write.span
            if begin > over and end < during.begin and write.certain:
                over = begin
        standing = tuple(write for write in begun if write.span.end >= over)
        return standing if BEFORE.end < over else (Write(BEFORE, self.initial, certain=True), *standing)

    def __iter__(self) -> Iterator[V]:
        """Every value that it ever held."""
        yield self.initial
        yield from (write.value for write in self.writes)
