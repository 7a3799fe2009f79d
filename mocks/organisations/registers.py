"""What counterparts hold, and how each is to behave about whom."""

from dataclasses import dataclass, field
from typing import Final

from harness.contract.messages import Items

BEHAVIOURS: Final = ("answers", "answers-twice", "silent", "silent-once", "refuses")


@dataclass(frozen=True)
class Behaviour:
    """One of BEHAVIOURS; an alteration (mocks/network/alterations/) spoils what it sends, a delay holds it up."""

    name: str = "answers"
    alteration: str | None = None
    delay_seconds: float = 0.0


@dataclass(frozen=True)
class Subject:
    """Whose information, held by whom."""

    organisation: str
    person: str
    information: str


@dataclass
class Registers:
    """Records and behaviours of all counterparts."""

    records: dict[tuple[Subject, frozenset[tuple[str, str]]], Items] = field(default_factory=dict)
    behaviours: dict[Subject, Behaviour] = field(default_factory=dict)

    def put(self, subject: Subject, key: dict[str, str], items: Items) -> None:
        """Registers or replaces the record of exactly this enquiry key."""
        self.records[(subject, frozenset(key.items()))] = items

    def find(self, subject: Subject, key: dict[str, str]) -> Items | None:
        """The record of exactly this enquiry key."""
        return self.records.get((subject, frozenset(key.items())))

    def behave(self, subject: Subject, behaviour: Behaviour) -> None:
        """From now on."""
        self.behaviours[subject] = behaviour

    def behaviour(self, subject: Subject) -> Behaviour:
        """How to behave; answers where nothing was said."""
        return self.behaviours.get(subject, Behaviour())
