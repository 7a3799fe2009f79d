"""Failures made by hand."""

from collections.abc import Sequence
from typing import Any

from harness.contract.journal_entries import AnyEntry
from harness.explore.found import Found
from harness.explore.story import Story
from harness.explore.trials import Tried
from harness.model.violation import Violation

VIOLATION = Violation("STO-18", "UNEXPECTED_STATUS", "古い版が採られた", "409 VERSION_STALE", "南側の PUT")


def found(story: object, entries: Sequence[Any] = ()) -> Found:
    """One that came again four times of five."""
    kept: tuple[AnyEntry, ...] = tuple(entries)
    return Found(Story.from_document(story), VIOLATION, Tried(kept, (VIOLATION,)), 7, 4, 5)
