"""Mutants made of what a clean gateway said: each kind of utterance × each member × each nearest other value, for all of them and narrowed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from harness.matrix.mutants.answering import Answer
from harness.matrix.mutants.sealing import Document
from harness.matrix.mutants.texts import TEXTS, rewritten
from harness.matrix.mutants.utterances import Place, Utterance
from harness.matrix.mutants.values import LAST, Path, at, changed, members, others
from harness.matrix.mutants.wholes import ABSENT, WHOLE, Told, Wholes, marked
from harness.record.mutants import Mutant

_T = TypeVar("_T")
EVERY: Final = "すべて"
_TENTH: Final = "十に一つ"
_ANOTHERS: Final = "別のものの値"
_MY_NUMBER: Final = "個人番号"
_RARELY: Final = 10
_SMALLEST: Final = 12  # slices
_OF_EVERY_SIZE: Final = 24  # slices
_AT_ONCE: Final = 40  # of one slice: more of the same show nothing else
_LOOKED_AT: Final = 60  # of one way, for the members that it has
# What no member of the contract is called: names of the parts of an utterance, always there in some form.
_PARTS: Final = frozenset({"outer", "jwe", "inner", "bound", "header", "protected", "payload", "answer"})
# Entries have their own mutants, in all answers alike; an answer of a log has those of its list.
_ENTRY: Final = ("answer", "entries", LAST)
_CARRIED: Final = frozenset({"answer", "content"})  # what holds texts of others


@dataclass(frozen=True)
class Sounds:
    """Everything that was said, by way, the smallest slices first."""

    by_way: dict[str, list[Told]]
    wholes: Wholes

    @classmethod
    def of(cls, told: Iterable[Told]) -> "Sounds":
        by_way: defaultdict[str, list[Told]] = defaultdict(list)
        for one in told:
            by_way[one.said.way].append(one)
        return cls(dict(by_way), Wholes.of(one for group in by_way.values() for one in group))

    def mutants(self) -> Iterator[Mutant]:
        """Each for all of its way, and for a narrower set, in turn over what it can be narrowed on; of a whole utterance for each set that
        a rule of its own decides."""
        for way, told in sorted(self.by_way.items()):
            narrower = _narrowings(told)
            for number, (member, change) in enumerate(self._changes(told)):
                in_turn = narrower[number % len(narrower)] if narrower else EVERY
                further = marked(change, told) if member == WHOLE else ()
                for narrowed in dict.fromkeys((EVERY, in_turn, *further)):
                    yield Mutant(way, member, change, narrowed)

    def answers(self, mutant: Mutant) -> Iterator[tuple[int, list[Answer]]]:
        """Slice and what is said in it, wherever the mutant says something else."""
        told = self.by_way[mutant.way]
        groups = [
            (n, of_slice)
            for n, group in groupby(enumerate(told), key=lambda pair: pair[1].slice)
            if (of_slice := [(t, o) for t, o in group if _is_narrowed_to(mutant.narrowed, t, o.said)])
        ]
        for number, group in _spread_out(groups):
            found = [
                Answer(one.said, documents)
                for turn, one in group[:_AT_ONCE]
                for documents in self._instead(mutant, told, turn)
            ]
            if found:
                yield number, found

    def _changes(self, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
        found: dict[tuple[str, str], None] = dict.fromkeys((WHOLE, c) for c in self.wholes.changes(told))
        for one in told[:_LOOKED_AT]:
            for path, value in _members(one.said):
                for word, _ in _words(path, value, one.said):
                    found[".".join(path), word] = None
        found |= dict.fromkeys((part, word) for one in told for part, word, _ in _on_the_way(one.said))
        return iter(found)

    def _instead(self, mutant: Mutant, told: Sequence[Told], turn: int) -> Iterator[tuple[Document, ...]]:
        """In place of the one that has this turn."""
        said, document = told[turn].said, told[turn].said.document
        if mutant.member == WHOLE:
            yield from self.wholes.instead(mutant.change, told, turn)
            return
        if mutant.change in TEXTS:
            if (new := _on_its_way(said, mutant.member, mutant.change)) is not None:
                yield (new,)
            return
        path = tuple(mutant.member.split("."))
        value = dict(_members(said)).get(path, _PARTS)
        if value is _PARTS:
            return
        if mutant.change == ABSENT:
            yield (_spread(document, path, None, absent=True),)
        elif mutant.change == _ANOTHERS:
            if (another := _another(told, turn, path, value)) is not None:
                yield (_spread(document, path, another),)
        else:
            yield from (
                (_spread(document, path, new),)
                for word, new in _words(path, value, said)
                if word == mutant.change
            )


def _on_the_way(said: Utterance) -> Iterator[tuple[str, str, Document]]:
    """Every text of an answer or a content, as a gateway would hand it on that writes texts in its own way."""
    for part in _CARRIED:
        for word in TEXTS:
            if (new := _on_its_way(said, part, word)) is not None:
                yield part, word, new


def _on_its_way(said: Utterance, part: str, word: str) -> Document | None:
    """One part with its texts written in one way; None where that changes nothing."""
    if part not in _CARRIED or part not in said.document:
        return None
    new = rewritten(said.document[part], TEXTS[word])
    return {**said.document, part: new} if new != said.document[part] else None


def _words(path: Path, value: object, said: Utterance) -> Iterator[tuple[str, object]]:
    yield from others(path[-1], value)
    if isinstance(value, str) and said.secret:
        yield _MY_NUMBER, said.secret
    yield _ANOTHERS, None
    if path[-1] != LAST:
        yield ABSENT, None


def _members(said: Utterance) -> Iterator[tuple[Path, object]]:
    for path, value in members(said.document):
        part = len(path) == 1 and path[0] in _PARTS
        of_log = path[:3] == _ENTRY and "/v1/logs/" in said.way
        numbered = said.place == Place.ENTRY and path[0] in {"seq", "seal"}
        # No answer goes without a status, and what came without media type is not told apart from what is not on record.
        on_wire = path in {("status",), ("media",)}
        if not part and not of_log and not numbered and not on_wire:
            yield path, value


def _spread(document: Document, path: Path, new: object, *, absent: bool = False) -> Document:
    """What the header binds is bound as the header says it, else it would be noticed for another reason."""
    found: Document = changed(document, path, new, absent=absent)
    if path[0] == "header" and len(path) == 2 and path[1] in document.get("bound", {}):
        found = changed(found, ("bound", path[1]), new, absent=absent)
    return found


def _another(told: Sequence[Told], turn: int, path: Path, value: object) -> object:
    """The nearest in the record that says something else there."""
    for other in [*told[turn + 1 : turn + 30], *told[max(0, turn - 30) : turn]]:
        theirs = at(other.said.document, path)
        if theirs is not None and theirs != value:
            return theirs
    return None


def _spread_out(groups: list[_T]) -> Iterator[_T]:
    """The smallest first; then some of every size, as small ones are much alike."""
    yield from groups[:_SMALLEST]
    rest = groups[_SMALLEST:]
    step = max(1, len(rest) // _OF_EVERY_SIZE)
    yield from rest[::-step]


def _is_narrowed_to(word: str, turn: int, said: Utterance) -> bool:
    if word == _TENTH:
        return turn % _RARELY == 0
    return word in {EVERY, *_narrowed(said)}


def _narrowed(said: Utterance) -> Iterator[str]:
    return (f"{name} {value}" for name, value in said.aspects.items())


def _narrowings(told: Sequence[Told]) -> list[str]:
    """What tells some of them from others."""
    counts: dict[str, int] = defaultdict(int)
    for one in told:
        for word in _narrowed(one.said):
            counts[word] += 1
    found = sorted(word for word, count in counts.items() if count < len(told))
    return [_TENTH, *found] if len(told) > _RARELY else found
