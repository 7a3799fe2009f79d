"""What waits for staff in a story, as far as its operations tell."""

from typing import Final

from harness.explore.cast import Arrived, Cast
from harness.explore.south_moves import scope_key
from harness.explore.story import Story

LONG: Final = 60  # seconds of a message that does not expire within the story


def by_hand(cast: Cast, story: Story) -> set[tuple[str, str]]:
    """Scopes and keys that were 手動 at some time."""
    ops = [op for op in story.ops if op.name == "手動自動" and op.text("mode") == "手動"]
    return {(op.text("scope"), scope_key(cast, op.text("scope"), op)) for op in ops}


def is_by_hand(cast: Cast, message: Arrived, scopes: set[tuple[str, str]]) -> bool:
    """Is it about one of these?"""
    citation = cast.provides[message.kind]
    about = {
        ("subject", cast.at(message.who).local_id),
        ("information", citation.information),
        ("affair", citation.affair),
    }
    return bool(about & scopes)


def may_wait(cast: Cast, story: Story) -> set[str]:
    """Correlation ids of what was taken and decided by nobody; what was answered before anything was switched is among them."""
    scopes = by_hand(cast, story)
    asked = (a for a in cast.arrived if a.taken and a.life == LONG and is_by_hand(cast, a, scopes))
    return {a.correlation_id for a in asked} - set(cast.decided)
