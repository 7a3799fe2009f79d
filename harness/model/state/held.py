"""One record of the 参照用DB as it was registered, and values compared as the contract asks: with their types."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.contract.messages import Value


@dataclass(frozen=True, slots=True)
class Held:
    """Items and reasons by name; `version` None where the source counts none."""

    items: Mapping[str, Value]
    reasons: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


def same_value(one: object, other: object) -> bool:
    """`812000` is neither `"812000"` nor `812000.0`, and `1` is not `true` (guide §2 JSON and text)."""
    return type(one) is type(other) and one == other


def same_members(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """The same names with the same values; the order carries no meaning."""
    return one.keys() == other.keys() and all(same_value(one[name], other[name]) for name in one)
