"""The record of two gateways against each other, as it is about one of them: an entry of the other is none of it."""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, Said
from harness.contract.journal_tested import Tested
from harness.contract.sides import Side

_TESTED: Final = tuple(Tested.__annotations__)  # of what it inherits, too
Told = TypeVar("Told", bound=Said)


def seen_from(side: str, entry: Told) -> Told | None:
    """The entry as it is about this one; None where it is about the other. Of a run with one gateway everything is about it."""
    if entry.get("side", side) != side:
        return None
    partner = entry.get("partner")
    if side == Side.GATEWAY or entry.get("type") != Entry.RUN or not isinstance(partner, dict):
        return entry
    swapped: Any = {**entry, **partner, "partner": {name: entry.get(name) for name in _TESTED}}
    return swapped  # type: ignore[no-any-return]  # of the same members


def half(entries: Iterable[AnyEntry], side: str) -> list[AnyEntry]:
    """Everything that is about this one, in its order."""
    return [found for entry in entries if (found := seen_from(side, entry)) is not None]
