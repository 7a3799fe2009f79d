"""What a judge of the whole record finds."""

from dataclasses import dataclass
from typing import Self, TypedDict


class ViolationEntry(TypedDict):
    """The same as a journal keeps it."""

    requirement: str
    code: str
    observed: str
    expected: str
    where: str
    scenario: str


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

    def to_entry(self) -> ViolationEntry:
        """As a journal keeps it."""
        return ViolationEntry(
            requirement=self.requirement,
            code=self.code,
            observed=self.observed,
            expected=self.expected,
            where=self.where,
            scenario=self.scenario,
        )

    @classmethod
    def from_entry(cls, entry: ViolationEntry) -> Self:
        """The way back. Raises TypeError for anything else."""
        return cls(**entry)
