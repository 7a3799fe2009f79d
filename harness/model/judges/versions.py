"""Which version of a record is taken: the same for every way in (guide §2 Subjects and records)."""

from collections.abc import Sequence
from typing import Final

from harness.model.state.held import Held
from harness.model.state.holdings import Holding, is_stale
from harness.model.state.register import UNKNOWN

STALE: Final = "VERSION_STALE"


def must_be_stale(met: Sequence[Holding], record: Held) -> bool:
    """A later version is registered, whatever the order of what overlaps."""
    return all(is_stale(holding, record) for holding in met)


def may_be_stale(met: Sequence[Holding], record: Held) -> bool:
    """A later version may be registered."""
    if record.version is None:
        return False
    return any(holding is UNKNOWN or is_stale(holding, record) for holding in met)


def relation(met: Sequence[Holding], record: Held, was: bool) -> str:
    """Of a record that has to be taken to what is registered, in words: the alternatives of the rule."""
    registered = met[0]
    if not isinstance(registered, Held):
        return "削除の後" if was else "初めて"
    if record.version is None or registered.version is None:
        return "版のない件へ" if registered.version is None else "版のない要求"
    return "同じ版" if record.version == registered.version else "大きい版"
