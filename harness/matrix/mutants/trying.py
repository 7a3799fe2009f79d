"""Mutants judged: whether the model of the contract finds in the record of one what it does not find in that of the clean gateway."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.contract.journal import FILE_NAME, Entry
from harness.matrix.mutants.answering import Answer, said_otherwise
from harness.matrix.mutants.making import Sounds
from harness.matrix.mutants.marks import marks
from harness.matrix.mutants.sealing import Sealer
from harness.matrix.mutants.slices import Slice, slices
from harness.matrix.mutants.utterances import Place, utterances
from harness.matrix.mutants.wholes import WHOLE, Told
from harness.model.history.history import History
from harness.model.history.reading import history_of
from harness.model.violation import Violation
from harness.model.weighing import weighed
from harness.record.mutants import Judged, Mutant, Reasons
from harness.record.reader import read

_TRIES: Final = 36  # slices in which a mutant is looked at before it is said to survive
_TRIES_OF_FREE: Final = 2  # of a member that the contract leaves free; a whole answer may be wrong elsewhere


@dataclass(frozen=True)
class Share:
    """Every `of`-th mutant from the `first` on, of the record in a run folder. What has no place in it is none."""

    record: Path
    first: int
    of: int


def judged(share: Share) -> list[Judged]:
    """All mutants of the share. Raises ConfigurationError for a record of which none can be made."""
    bench = bench_of(share.record)
    mutants = sorted(bench.sounds.mutants(), key=lambda mutant: mutant.name)
    reasons = Reasons.published()
    rows = (bench.judge(mutant, reasons) for mutant in mutants[share.first - 1 :: share.of])
    return [row for row in rows if row.tries]


def bench_of(folder: Path) -> "Bench":
    """Of the record of a clean whole run."""
    try:
        entries = [entry for entry in read(folder / FILE_NAME) if entry["type"] != Entry.HEARD]
        history = history_of(entries)
        exit_code = next(entry["exit_code"] for entry in reversed(entries) if entry["type"] == Entry.END)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise ConfigurationError(f"{folder}: 実行の記録を読めない（{type(error).__name__}）。") from error
    if exit_code != Exit.CONFORMS:
        raise ConfigurationError(f"{folder}: 適合した実行の記録ではない（終了コード {exit_code}）。")
    return Bench.of(history)


@dataclass(frozen=True)
class Bench:
    """`whole`: the record that the slices are of; `baseline`: by slice, the rules that cutting it out breaks already."""

    whole: History
    sealer: Sealer
    slices: Sequence[Slice]
    sounds: Sounds
    baseline: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History) -> "Bench":
        sealer, cut, marked = Sealer.of(history), slices(history), marks(history)
        told = (
            Told(number, said) for number, one in enumerate(cut) for said in utterances(one, sealer, marked)
        )
        return cls(history, sealer, cut, Sounds.of(told))

    def judge(self, mutant: Mutant, reasons: Reasons) -> Judged:
        """Convicted by the first violation, in the order of time, that the clean record does not have: of a slice, or of the whole, where a
        slice does not show it. That takes seconds, so that it is done for few."""
        tries, free = 0, bool(reasons.of(mutant))
        enough = _TRIES_OF_FREE if free and mutant.member != WHOLE else _TRIES
        for violation in self._violations(mutant):
            tries += 1
            if violation is not None:
                return _row(mutant, tries, violation)
            if tries == enough:
                break
        return _row(mutant, tries, self._of_the_whole(mutant) if tries and not free else None)

    def _violations(self, mutant: Mutant) -> Iterator[Violation | None]:
        for number, answers in self.sounds.answers(mutant):
            said = said_otherwise(self.slices[number].history, answers, self.sealer)
            known, found = self._known(number), weighed(said)
            # what follows from what the cutting broke is new all the same
            yield next((v for v in (*found.violations, *found.consequences) if v.rule not in known), None)

    def _of_the_whole(self, mutant: Mutant) -> Violation | None:
        """With everything that the slices in which it is looked at would have said."""
        said = {call.number: call.answer for call in self.whole.calls}
        answers: dict[tuple[object, ...], Answer] = {}
        for number, found in islice(self.sounds.answers(mutant), _TRIES):
            for one in found:
                utterance = one.utterance
                if (
                    utterance.place is not Place.CALL
                    or utterance.document["answer"] == said[utterance.number]
                ):
                    own = (
                        number if utterance.place is Place.ENTRY else ""
                    )  # entries are counted in each slice
                    answers[utterance.place, own, utterance.number] = one
        violations = weighed(said_otherwise(self.whole, answers.values(), self.sealer)).violations
        return next(iter(violations), None)

    def _known(self, number: int) -> frozenset[str]:
        if number not in self.baseline:
            found = weighed(self.slices[number].history)
            self.baseline[number] = frozenset(v.rule for v in (*found.violations, *found.consequences))
        return self.baseline[number]


def _row(mutant: Mutant, tries: int, violation: Violation | None) -> Judged:
    make = partial(Judged, mutant.way, mutant.member, mutant.change, mutant.narrowed, tries)
    return make(violation.rule, violation.requirement) if violation else make()
