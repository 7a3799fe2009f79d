"""Filters of a log (guide §7): which entries a request asks for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from harness.contract.journal_entries import Said
from harness.contract.messages import CLOCK_SECONDS, parse_timestamp

_IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "access": ("correlation_id", "message_id"),
    "audit": ("correlation_id", "message_id", "staff_id"),
    "business": ("correlation_id",),
}
_BOUNDS: Final[Mapping[str, tuple[str, ...]]] = {
    "access": ("since", "until"),
    "audit": ("since", "until"),
    "business": (),
}
_SINCE_1970: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS: Final = 6  # digits of a fraction that Python keeps
_NANOSECONDS: Final = 9  # digits of the finest that schemas allow
TOLERANCE: Final = (
    CLOCK_SECONDS + 1.0
)  # seconds: clocks differ, and the fraction of a moment may be absent (guide §2 and §9)


@dataclass(frozen=True, slots=True)
class Filter:
    """One name of a query. `values`: as it may be read; `moments`: the same in nanoseconds since 1970, None for what is
    no moment."""

    name: str
    values: tuple[str, ...]
    moments: tuple[int | None, ...] = ()

    @property
    def bounds(self) -> bool:
        """Is it since or until?"""
        return bool(self.moments)

    def wants(self, said: Said, at: int | None) -> bool | None:
        """Does an entry match, in every reading or in none? None where that is open. `at`: its recorded_at."""
        if self.bounds:
            unit = _unit(said.get("recorded_at"))
            return _agreed(self._within(moment, at, unit) for moment in self.moments)
        return _agreed(self._equals(value, said.get(self.name)) for value in self.values)

    def _within(self, moment: int | None, at: int | None, unit: int) -> bool | None:
        """What is written less finely than it may be kept, and lies within one unit of the bound, is open."""
        if moment is None or at is None or (moment != at and abs(moment - at) < unit):
            return None
        return at >= moment if self.name == "since" else at < moment

    def _equals(self, value: str, other: object) -> bool | None:
        """What no id can be is left open: an empty one, other cases of letters, a staff id beyond ASCII (guide §11)."""
        if value == other:
            return True
        if not value or not value.isascii():
            return None
        return None if isinstance(other, str) and value.casefold() == other.casefold() else False


def filters_of(log: str, query: Iterable[tuple[str, str]]) -> tuple[Filter, ...]:
    """Those that the log knows; it ignores the others. A name that stands twice is read in either way."""
    found: dict[str, list[str]] = {}
    for name, value in query:
        found.setdefault(name, []).extend(_readings(value))
    ids = [Filter(name, tuple(found[name])) for name in _IDS[log] if name in found]
    bounds = [
        Filter(name, tuple(found[name]), tuple(_moment(value) for value in found[name]))
        for name in _BOUNDS[log]
        if name in found
    ]
    return (*ids, *bounds)


def nanoseconds(text: str) -> int:
    """Of a moment (RFC 3339), since 1970. Raises ValueError."""
    since = parse_timestamp(text) - _SINCE_1970
    fraction = _fraction(text)
    finer = int(f"{fraction[_MICROSECONDS:]:0<3}"[:3]) if len(fraction) > _MICROSECONDS else 0
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000 + finer


def _fraction(text: str) -> str:
    digits = text.partition(".")[2]
    return digits[: len(digits) - len(digits.lstrip("0123456789"))]


def _unit(text: object) -> int:
    """Of the last digit of a moment, in nanoseconds."""
    return int(10 ** (_NANOSECONDS - len(_fraction(text)))) if isinstance(text, str) else 1


def _readings(value: str) -> Iterator[str]:
    """A plus in a query is a plus or a blank, as one follows RFC 3986 or the encoding of forms."""
    yield value
    if " " in value:
        yield value.replace(" ", "+")


def _moment(text: str) -> int | None:
    try:
        return nanoseconds(text)
    except (ValueError, OverflowError):
        return None


def _agreed(found: Iterable[bool | None]) -> bool | None:
    first, *rest = found
    return first if all(one is first for one in rest) else None
