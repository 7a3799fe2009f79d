"""One record of the 参照用DB as it was registered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.contract.messages import Value


@dataclass(frozen=True, slots=True)
class Held:
    """Items and reasons by name; `version` None where the source counts none."""

    items: Mapping[str, Value]
    reasons: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
