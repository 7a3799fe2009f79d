"""A story: operations, some of them at the same time. As JSON, and as the rows of a table of Gherkin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from harness.explore.vocabulary import OPERATIONS, Choice

COLUMNS: Final = ("回", "操作", "詳細")
_BETWEEN: Final = "、"


class StoryError(Exception):
    """What stands there is no story; says why in one sentence."""


@dataclass(frozen=True)
class Op:
    """One operation: a name of the vocabulary, and a choice for each of its members."""

    name: str
    told: tuple[tuple[str, Choice], ...] = ()

    def number(self, member: str) -> int:
        """Of a member that is one."""
        return int(dict(self.told)[member])

    def text(self, member: str) -> str:
        """The same of a text."""
        return str(dict(self.told)[member])

    def to_document(self) -> dict[str, Choice]:
        """As JSON."""
        return {"op": self.name, **dict(self.told)}

    @classmethod
    def from_document(cls, document: object) -> Self:
        """Raises StoryError for what is no operation. A member that is left out is the simplest."""
        name = str(document.get("op")) if isinstance(document, Mapping) else ""
        if not isinstance(document, Mapping) or name not in OPERATIONS:
            raise StoryError(f"操作 {document}: ある操作は {_BETWEEN.join(OPERATIONS)}")
        choices = OPERATIONS[name].choices
        if unknown := set(document) - {"op", *choices}:
            raise StoryError(f"操作 {name}: {_BETWEEN.join(sorted(map(str, unknown)))} という項目はない")
        told = {member: document.get(member, allowed[0]) for member, allowed in choices.items()}
        for member, value in told.items():
            if value not in choices[member]:
                raise StoryError(f"操作 {name} の {member}: {value} は {choices[member]} のどれでもない")
        return cls(name, tuple(told.items()))


Beat = tuple[Op, ...]  # at the same time


@dataclass(frozen=True)
class Story:
    """Beats, one after the other."""

    beats: tuple[Beat, ...]

    @property
    def ops(self) -> tuple[Op, ...]:
        """All of them."""
        return tuple(op for beat in self.beats for op in beat)

    def without(self, name: str) -> "Story":
        """The same but for the operations of this name."""
        beats = (tuple(op for op in beat if op.name != name) for beat in self.beats)
        return Story(tuple(beat for beat in beats if beat))

    def to_document(self) -> list[list[dict[str, Choice]]]:
        """As JSON."""
        return [[op.to_document() for op in beat] for beat in self.beats]

    @classmethod
    def from_document(cls, document: object) -> Self:
        """Raises StoryError for what is no story."""
        if not isinstance(document, list) or not all(isinstance(beat, list) for beat in document):
            raise StoryError("物語は、操作の列の列である")
        return cls(tuple(tuple(Op.from_document(op) for op in beat) for beat in document))

    def rows(self) -> list[tuple[str, str, str]]:
        """For a table of COLUMNS; what is the simplest is left out."""
        return [
            (str(number), op.name, _BETWEEN.join(f"{name}={value}" for name, value in _beside(op)))
            for number, beat in enumerate(self.beats, 1)
            for op in beat
        ]

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[str]]) -> Self:
        """The way back; rows of one number are at the same time. Raises StoryError."""
        beats: dict[str, list[Op]] = {}
        for number, name, details in rows:
            pairs = [part.partition("=") for part in details.split(_BETWEEN) if part]
            choices = OPERATIONS[name].choices if name in OPERATIONS else {}
            told = {member: _meant(value, choices.get(member, ())) for member, _, value in pairs}
            beats.setdefault(number, []).append(Op.from_document({"op": name, **told}))
        return cls(tuple(map(tuple, beats.values())))


def _beside(op: Op) -> list[tuple[str, Choice]]:
    choices = OPERATIONS[op.name].choices
    return [(name, value) for name, value in op.told if value != choices[name][0]]


def _meant(text: str, choices: Iterable[Choice]) -> Choice:
    return next((choice for choice in choices if str(choice) == text), text)
