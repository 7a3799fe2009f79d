"""Mutants made of what a clean gateway said: each kind of utterance × each member × each nearest other value, for all of them and narrowed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final, TypeVar

from harness.matrix.mutants.answering import Answer
from harness.matrix.mutants.sealing import Document
from harness.matrix.mutants.utterances import Place, Utterance
from harness.matrix.mutants.values import LAST, Path, at, changed, members, others
from harness.record.mutants import Mutant

_T = TypeVar("_T")
EVERY: Final = "すべて"
_TENTH: Final = "十に一つ"
_WHOLE: Final = "全体"
_ABSENT: Final = "なし"
_TWICE: Final = "二度"
_ANOTHERS: Final = "別のものの値"
_INSTEAD: Final = "の代わりに"
_RARELY: Final = 10
_SMALLEST: Final = 12  # slices
_OF_EVERY_SIZE: Final = 24  # slices
_AT_ONCE: Final = 40  # of one slice: more of the same show nothing else
# What no member of the contract is called: names of the parts of an utterance, always there in some form.
_PARTS: Final = frozenset({"outer", "jwe", "inner", "bound", "header", "protected", "payload", "answer"})
# Entries have their own mutants, in all answers alike; an answer of a log has those of its list.
_ENTRY: Final = ("answer", "entries", LAST)


@dataclass(frozen=True)
class Told:
    """An utterance in the slice of this number."""

    slice: int
    said: Utterance


@dataclass(frozen=True)
class Sounds:
    """Everything that was said, by way, the smallest slices first."""

    by_way: dict[str, list[Told]]
    by_route: dict[str, dict[str, Told]]

    @classmethod
    def of(cls, told: Iterable[Told]) -> "Sounds":
        by_way: defaultdict[str, list[Told]] = defaultdict(list)
        by_route: defaultdict[str, dict[str, Told]] = defaultdict(dict)
        for one in told:
            by_way[one.said.way].append(one)
            if one.said.route:
                by_route[_asked(one.said)].setdefault(one.said.way.removeprefix(one.said.route).strip(), one)
        return cls(dict(by_way), dict(by_route))

    def mutants(self) -> Iterator[Mutant]:
        """Each for all of its way, and for a narrower set, in turn over what it can be narrowed on."""
        for way, told in sorted(self.by_way.items()):
            narrower = _narrowings(told)
            for number, (member, change) in enumerate(self._changes(way, told)):
                yield Mutant(way, member, change, EVERY)
                if narrower:
                    yield Mutant(way, member, change, narrower[number % len(narrower)])

    def answers(self, mutant: Mutant) -> Iterator[tuple[int, list[Answer]]]:
        """Slice and what is said in it, wherever the mutant says something else."""
        told = self.by_way[mutant.way]
        groups = [(n, list(g)) for n, g in groupby(enumerate(told), key=lambda pair: pair[1].slice)]
        for number, group in _spread_out(groups):
            found = [
                Answer(one.said, documents)
                for turn, one in islice(group, _AT_ONCE)
                if _is_narrowed_to(mutant.narrowed, turn, one.said)
                for documents in self._instead(mutant, told, turn)
            ]
            if found:
                yield number, found

    def _changes(self, way: str, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
        found: dict[tuple[str, str], None] = {}
        if told[0].said.place in {Place.SENDING, Place.REDEMPTION, Place.ENTRY}:
            found |= {(_WHOLE, _ABSENT): None, (_WHOLE, _TWICE): None}
        if told[0].said.route:
            outcomes = self.by_route[_asked(told[0].said)]
            own = way.removeprefix(told[0].said.route).strip()
            found |= {(_WHOLE, f"{own} {_INSTEAD} {outcome}"): None for outcome in outcomes if outcome != own}
        for one in told[:60]:
            for path, value in _members(one.said):
                for word, _ in _words(path, value):
                    found[".".join(path), word] = None
        return iter(found)

    def _instead(self, mutant: Mutant, told: Sequence[Told], turn: int) -> Iterator[tuple[Document, ...]]:
        """In place of the one that has this turn."""
        one = told[turn]
        document = one.said.document
        if mutant.member == _WHOLE:
            if mutant.change == _ABSENT:
                yield ()
            elif mutant.change == _TWICE:
                yield document, document
            else:
                outcome = mutant.change.partition(f"{_INSTEAD} ")[2]
                yield (self.by_route[_asked(one.said)][outcome].said.document,)
            return
        path = tuple(mutant.member.split("."))
        value = dict(_members(one.said)).get(path, _PARTS)
        if value is _PARTS:
            return
        if mutant.change == _ABSENT:
            yield (_spread(document, path, None, absent=True),)
        elif mutant.change == _ANOTHERS:
            if (another := _another(told, turn, path, value)) is not None:
                yield (_spread(document, path, another),)
        else:
            yield from (
                (_spread(document, path, new),) for w, new in others(path[-1], value) if w == mutant.change
            )


def _words(path: Path, value: object) -> Iterator[tuple[str, object]]:
    yield from others(path[-1], value)
    yield _ANOTHERS, None
    if path[-1] != LAST:
        yield _ABSENT, None


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


def _asked(said: Utterance) -> str:
    """Whatever a message is, its inbox may be answered in all ways."""
    return "受信" if said.place == Place.DELIVERY else said.route


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
