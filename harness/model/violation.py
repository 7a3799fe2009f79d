"""What a judge of the whole record finds."""

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Violation:
    """One exchange that breaks a requirement. `where`: the exchange in words; `scenario`: id of the scenario that it belongs
    to, empty where it belongs to none. No value of a resident stands in any of them."""

    requirement: str
    code: str
    observed: str
    expected: str
    where: str
    scenario: str = ""

    def to_entry(self) -> dict[str, Any]:
        """As a journal keeps it."""
        return asdict(self)

    @classmethod
    def from_entry(cls, entry: dict[str, Any]) -> Self:
        """The way back. Raises TypeError for anything else."""
        return cls(**entry)
