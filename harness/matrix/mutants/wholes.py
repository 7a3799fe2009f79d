"""Mutants in which a gateway says something else altogether, or at another time: an utterance is changed as a whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from harness.contract.refusals import refusals
from harness.matrix.mutants.marks import AGAIN, DECIDED, EARLIER, LIMIT
from harness.matrix.mutants.sealing import LATE, REUSED, Document
from harness.matrix.mutants.utterances import Place, Utterance

WHOLE: Final = "全体"
ABSENT: Final = "なし"
_TWICE: Final = "二度"
_INSTEAD: Final = " の代わりに "
_UNANSWERED: Final = "応答しない"
_BEFORE, _AFTER = "一つ前の答え", "一つ後の答え"
_ANOTHERS: Final = "別のものの答え"
_LATER: Final = "後の誤りで拒否: "
_SAME: Final = "使い回し: "
_MOVED: Final[Mapping[str, float]] = {"六秒遅れて": 6.0, "一分早く": -60.0, "一日遅れて": 86_400.0}  # seconds
_OF_FORM: Final = frozenset({"INVALID_REQUEST", "MALFORMED"})  # what is refused beyond a bound
_MEDIA: Final = "application/json"


@dataclass(frozen=True)
class Told:
    """An utterance in the slice of this number."""

    slice: int
    said: Utterance


@dataclass(frozen=True)
class Wholes:
    """`by_route`: of each route one utterance of each outcome; `questions`: everything that was answered to the same question, in order."""

    by_route: Mapping[str, Mapping[str, Told]]
    questions: Mapping[tuple[int, str], Sequence[Told]]

    @classmethod
    def of(cls, told: Iterable[Told]) -> "Wholes":
        """Of everything that was said."""
        by_route: dict[str, dict[str, Told]] = {}
        questions: dict[tuple[int, str], list[Told]] = {}
        for one in told:
            if one.said.route:
                by_route.setdefault(asked(one.said), {}).setdefault(_outcome(one.said), one)
            if one.said.question:
                questions.setdefault((one.slice, one.said.question), []).append(one)
        for group in questions.values():
            group.sort(key=lambda one: one.said.number)
        return cls(by_route, questions)

    def changes(self, told: Sequence[Told]) -> Iterator[str]:
        """In words, of one way."""
        first = told[0].said
        if first.place in {Place.SENDING, Place.REDEMPTION, Place.ENTRY}:
            yield from (ABSENT, _TWICE)
        if first.place is Place.SENDING:
            yield from _MOVED
            yield from (f"{_SAME}{part}" for part in REUSED)
        if first.route:
            yield _UNANSWERED
            own = _outcome(first)
            yield from (f"{own}{_INSTEAD}{other}" for other in self.by_route[asked(first)] if other != own)
            yield from dict.fromkeys(f"{_LATER}{code}" for one in told for code in one.said.later)
        if first.question:
            yield from (_BEFORE, _AFTER, _ANOTHERS)

    def instead(self, change: str, told: Sequence[Told], turn: int) -> Iterator[tuple[Document, ...]]:
        """In place of the one that has this turn; nothing where the change is none there."""
        one, document = told[turn], told[turn].said.document
        if change in {ABSENT, _TWICE}:
            yield () if change == ABSENT else (document, document)
        elif change in _MOVED:
            yield ({**document, LATE: _MOVED[change]},)
        elif change.startswith(_SAME):
            yield ({**document, change.removeprefix(_SAME): True},)
        elif change == _UNANSWERED:
            yield ({"status": None},)
        elif _INSTEAD in change:
            yield (self.by_route[asked(one.said)][change.partition(_INSTEAD)[2]].said.document,)
        elif change.startswith(_LATER):
            code = change.removeprefix(_LATER)
            yield from ((_refusal(one.said, code),) for known in one.said.later if known == code)
        else:
            other = _another(told, turn) if change == _ANOTHERS else self._beside(one, change)
            yield from ((found.said.document,) for found in other if found.said.document != document)

    def _beside(self, one: Told, change: str) -> Iterator[Told]:
        """What the same question was answered with before, or is next."""
        group = self.questions[one.slice, one.said.question]
        place = next(i for i, other in enumerate(group) if other.said.number == one.said.number)
        place += -1 if change == _BEFORE else 1
        if 0 <= place < len(group):
            yield group[place]


def marked(change: str, told: Sequence[Told]) -> list[str]:
    """What a change is narrowed on, beside what comes in turn: each fault that is overlooked, each bound that is drawn too narrowly, each
    thing that lets a message pass, and what comes after a restart."""
    own, _, other = change.partition(_INSTEAD)
    names = [AGAIN, EARLIER] if change == ABSENT else [AGAIN]
    if other.startswith("2") or (other and own.startswith("2")):
        names.append(DECIDED)
    if other in _OF_FORM and own.startswith("2"):
        names.append(LIMIT)
    words = (f"{n} {v}" for one in told for n, v in one.said.aspects.items() if n.startswith(tuple(names)))
    return list(dict.fromkeys(words))


def asked(said: Utterance) -> str:
    """Whatever a message is, its inbox may be answered in all ways."""
    return "受信" if said.place == Place.DELIVERY else said.route


def _outcome(said: Utterance) -> str:
    return said.way.removeprefix(said.route).strip()


def _another(told: Sequence[Told], turn: int) -> Iterator[Told]:
    """The nearest answer to another question."""
    own = told[turn].said.question
    near = [*told[turn + 1 : turn + 30], *told[max(0, turn - 30) : turn]]
    yield from [other for other in near if other.said.question != own][:1]


def _refusal(said: Utterance, code: str) -> Document:
    refusal = refusals()[code]
    error = {"code": code, "phase": refusal.phase, "reason": refusal.ja}
    if said.place is Place.DELIVERY:
        return {"status": refusal.status, "error": error}
    return {"status": refusal.status, "answer": error, "media": _MEDIA}
