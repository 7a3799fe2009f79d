"""What a judge of the whole record finds."""

from dataclasses import dataclass, replace
from typing import NotRequired, Self, TypedDict


class ViolationEntry(TypedDict):
    """The same as a journal keeps it."""

    requirement: str
    code: str
    observed: str
    expected: str
    where: str
    scenario: str
    rule: NotRequired[str]
    cause: NotRequired[str]
    count: NotRequired[int]
    scenarios: NotRequired[tuple[str, ...]]


@dataclass(frozen=True)
class Violation:
    """One exchange that breaks a requirement. `where`: the exchange in words; `scenario`: id of the scenario that it belongs
    to, empty where it belongs to none. `rule`: of the model, empty for what is looked for in bytes; `cause`: the rule from whose breach
    it follows; `count`: how often it was seen, in which `scenarios`. No value of a resident stands in any of them."""

    requirement: str
    code: str
    observed: str
    expected: str
    where: str
    scenario: str = ""
    rule: str = ""
    cause: str = ""
    count: int = 1
    scenarios: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What was observed, and how often more."""
        return f"{self.observed}（ほか {self.count - 1} 件）" if self.count > 1 else self.observed

    def to_entry(self) -> ViolationEntry:
        """As a journal keeps it."""
        return ViolationEntry(
            requirement=self.requirement,
            code=self.code,
            observed=self.observed,
            expected=self.expected,
            where=self.where,
            scenario=self.scenario,
            rule=self.rule,
            cause=self.cause,
            count=self.count,
            scenarios=self.scenarios,
        )

    @classmethod
    def from_entry(cls, entry: ViolationEntry) -> Self:
        """The way back. Raises TypeError for anything else."""
        return replace(cls(**entry), scenarios=tuple(entry.get("scenarios", ())))
