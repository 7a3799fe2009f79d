"""Which exchanges are about somebody or something, so that nobody goes through all of them for each question."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

# What is asked for in nearly every question, by which few exchanges are left.
NARROW: Final = ("correlation_id", "message_id", "person")
_SENT: Final = "token"  # of the gateway


@dataclass(frozen=True)
class Places:
    """(name, value) → numbers of the exchanges that have it, in order."""

    numbers: dict[tuple[str, str], deque[int]] = field(default_factory=dict)

    def add(self, number: int, entry: Mapping[str, Any]) -> None:
        """Numbers grow."""
        for key in _keys(entry):
            self.numbers.setdefault(key, deque()).append(number)

    def drop(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """The first ones that are still there."""
        for key in (key for entry in entries for key in _keys(entry)):
            numbers = self.numbers[key]
            numbers.popleft()
            if not numbers:
                del self.numbers[key]

    def about(self, filters: Mapping[str, str]) -> Iterable[int] | None:
        """Numbers of all that may match, and of some that do not; None where any may."""
        name = next((name for name in NARROW if name in filters), None)
        return None if name is None else self.numbers.get((name, filters[name]), ())

    def sent(self, token: str) -> bool:
        """Did the gateway send this message?"""
        return (_SENT, token) in self.numbers


def _keys(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    header = entry.get("header") or {}
    for name in NARROW:
        said = (value for value in (entry.get(name), header.get(name)) if isinstance(value, str))
        yield from ((name, value) for value in dict.fromkeys(said))
    if entry["direction"] == "from_gateway":
        yield _SENT, entry["token"]
