"""When something happened: somewhere between two moments, as nobody sees into a gateway."""

from typing import NamedTuple, Self

from harness.contract.messages import parse_timestamp

_ROUNDING = (
    0.002  # seconds: moments of the record are rounded to milliseconds, and each process rounds for itself
)


class Span(NamedTuple):
    """From `begin` to `end`, in seconds since 1970. What a gateway does for an exchange takes effect within it."""

    begin: float
    end: float

    @classmethod
    def of(cls, began: str, seconds: float) -> Self:
        """Of an exchange that began at a moment (RFC 3339) and lasted so long."""
        begin = parse_timestamp(began).timestamp()
        return cls(begin - _ROUNDING, begin + seconds + _ROUNDING)

    def before(self, other: "Span") -> bool:
        """It was over when the other began; else they overlap, or it came later."""
        return self.end < other.begin

    def until(self, other: "Span") -> "Span":
        """From the beginning of this one to the end of the other."""
        return Span(self.begin, max(self.end, other.end))


EVER = Span(float("-inf"), float("inf"))
BEFORE = Span(float("-inf"), float("-inf"))
