"""When something happened: somewhere between two moments, as nobody sees into a gateway."""

from typing import NamedTuple, Self

from harness.contract.messages import parse_timestamp

_ROUNDING = 0.000_05  # seconds: moments are told to the microsecond, by processes that read one clock
_ROUGHLY = 0.002  # the same of a record of before, whose moments are told to the millisecond
_MILLISECONDS = len("2012-08-01T00:00:00.000Z")


class Span(NamedTuple):
    """From `begin` to `end`, in seconds since 1970. What a gateway does for an exchange takes effect within it."""

    begin: float
    end: float

    @classmethod
    def of(cls, began: str, seconds: float) -> Self:
        """Of an exchange that began at a moment (RFC 3339) and lasted so long."""
        begin = parse_timestamp(began).timestamp()
        rounding = _ROUNDING if len(began) > _MILLISECONDS else _ROUGHLY
        return cls(begin - rounding, begin + seconds + rounding)

    def before(self, other: "Span") -> bool:
        """It was over when the other began; else they overlap, or it came later."""
        return self.end < other.begin

    def meets(self, other: "Span") -> bool:
        """Some of either may have been during the other."""
        return not self.before(other) and not other.before(self)

    def until(self, other: "Span") -> "Span":
        """From the beginning of this one to the end of the other."""
        return Span(self.begin, max(self.end, other.end))


EVER = Span(float("-inf"), float("inf"))
BEFORE = Span(float("-inf"), float("-inf"))
