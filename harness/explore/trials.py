"""A story tried on a gateway: performed with residents of its own, and judged by the entries that came of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Final

from harness.bench.bench import Bench
from harness.bench.faces import Faces
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.contract.journal_entries import AnyEntry, RunEntry, is_north
from harness.contract.messages import parse_timestamp
from harness.contract.organisations import organisations
from harness.explore.cast import pairs
from harness.explore.lanes import MOST, bounded, in_lanes, touches_others
from harness.explore.performing import Performed, perform
from harness.explore.story import Story
from harness.explore.turns import Turns
from harness.model.history.reading import history_of
from harness.model.violation import Violation
from harness.model.weighing import weighed
from harness.record.reader import entries_of
from harness.stimuli.citations import citations
from harness.stimuli.journalled import faces_on_record, restart, stage_on_record
from harness.stimuli.stage import Stage

_NAME: Final = "探索"
_LINE: Final = re.compile(r"（(\d+) 行目）")
_MESSAGE: Final = re.compile(r"電文 (\d+)（")
# Of the lines before a story: the run, what its keys are made of, directories.
_KEPT = (b'"type":"run"', b'"type":"secrets"', b'"directory"')


@dataclass(frozen=True)
class Tried:
    """What came of a story, or of several at the same time: entries of the journal that are about them, and what these break.
    `before`: how many entries the judge had before these, of which he counts."""

    entries: tuple[AnyEntry, ...]
    violations: tuple[Violation, ...]
    performed: tuple[Performed, ...] = ()
    before: int = 0

    @property
    def broken(self) -> frozenset[str]:
        """Requirements."""
        return frozenset(violation.requirement for violation in self.violations)

    def blamed(self, violation: Violation) -> AnyEntry | None:
        """The call or message at which the contract was broken, by the number that the judge names."""
        if line := _LINE.search(violation.where):
            place = int(line[1]) - 1 - self.before
            return self.entries[place] if 0 <= place < len(self.entries) else None
        seq = _MESSAGE.search(violation.where)
        return next((e for e in self.entries if seq and is_north(e) and e["seq"] == int(seq[1])), None)


@dataclass
class Trials:
    """An open bench on which stories are tried, one after the other. `run`: the first entry of its journal; `known`: directories that
    the gateway was given before; `name`: of these among all trials of a run, as residents follow from it: they are new to the gateway."""

    bench: Bench
    journal: Journal
    path: Path
    faces: Faces
    run: RunEntry
    seed: int
    known: list[AnyEntry] = field(default_factory=list)
    tried: int = 0
    exchanges: int = 0
    counting: Lock = field(default_factory=Lock)
    name: str = _NAME

    def try_story(self, story: Story, seed: int | None = None) -> Tried:
        """`seed`: of values, where it is not the run's. Raises InconclusiveError where the network fails."""
        return self._try([[story]], self.seed if seed is None else seed)

    def try_together(self, stories: Sequence[Story]) -> Tried:
        """The same of several at the same time, judged together, but for those that would touch others."""
        alone = [story for story in stories if touches_others(story)]
        return self._try(
            [[story for story in stories if story not in alone], *([one] for one in alone)], self.seed
        )

    def _try(self, groups: Sequence[Sequence[Story]], seed: int) -> Tried:
        start = self.path.stat().st_size
        made: list[Stage] = []

        def one(story: Story, lane: int, turns: Turns) -> Performed:
            stage = self._stage(seed)
            made.append(stage)
            return perform(stage, story, self._restart, lane, turns)

        performed = tuple(told for group in groups for told in in_lanes(group, self.lanes, one))
        entries = tuple(_about(self._since(start), {person.ref for stage in made for person in stage.made}))
        before = [self.run, *self.known]
        history = history_of([*before, *entries])
        self.known += [entry for entry in entries if _is_directory(entry)]
        self.exchanges += sum(entry["type"] in (Entry.POLL, Entry.EXCHANGE) for entry in entries)
        began = parse_timestamp(entries[0]["at"]).timestamp() if entries else history.began
        violations = weighed(replace(history, began=began)).violations
        return Tried(entries, violations, performed, len(before))

    def _stage(self, seed: int) -> Stage:
        with self.counting:
            self.tried += 1
            name = f"{self.name}/{self.tried}"
        return stage_on_record(self.faces, self.journal, seed, name)

    @cached_property
    def lanes(self) -> int:
        """How many stories at the same time."""
        statement = self.bench.statement
        own, declares, contract = (
            organisations()[statement.organisation],
            statement.declares,
            statement.contract,
        )
        return min(MOST, len(pairs(citations(declares.tables, own, contract, asks=False))))

    def _since(self, start: int) -> list[AnyEntry]:
        with self.path.open("rb") as lines:
            lines.seek(start)
            return list(entries_of(lines))

    @property
    def _restart(self) -> Callable[[], None] | None:
        return partial(restart, self.bench, self.faces.south, self.journal) if self.bench.restart else None


@contextmanager
def trials(bench: Bench, journal: Journal, folder: Path, seed: int, name: str = _NAME) -> Iterator[Trials]:
    """On a bench whose journal has its first entry. `name`: where there are several in one run, another for each."""
    path = folder / FILE_NAME
    with path.open("rb") as lines:
        before = list(entries_of(line for line in lines if any(word in line for word in _KEPT)))
    run = next(entry for entry in before if entry["type"] == Entry.RUN)
    with faces_on_record(bench, journal, seed) as faces:
        known = [entry for entry in before if _is_directory(entry) or entry["type"] == Entry.SECRETS]
        yield Trials(bench, journal, path, bounded(faces), run, seed, known, name=name)


def _about(entries: Sequence[AnyEntry], refs: set[str]) -> Iterator[AnyEntry]:
    """Without what is late of an earlier story."""
    for entry in entries:
        if not (is_north(entry) and entry["person"] is not None and entry["person"] not in refs):
            yield entry


def _is_directory(entry: AnyEntry) -> bool:
    return entry["type"] == Entry.ASKED and entry["what"] == "directory"
