"""A story tried on a gateway: performed with residents of its own, and judged by the entries that came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from harness.bench.bench import Bench
from harness.bench.faces import Faces
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.contract.journal_entries import AnyEntry, RunEntry, is_north
from harness.contract.messages import parse_timestamp
from harness.explore.performing import perform
from harness.explore.story import Story
from harness.model.history.reading import history_of
from harness.model.violation import Violation
from harness.model.weighing import weighed
from harness.record.reader import entries_of
from harness.stimuli.journalled import faces_on_record, restart, stage_on_record

# Of the lines before a story: the run, what its keys are made of, directories.
_KEPT = (b'"type":"run"', b'"type":"secrets"', b'"directory"')


@dataclass(frozen=True)
class Tried:
    """What came of a story: entries of the journal that are about it, and what they break."""

    entries: tuple[AnyEntry, ...]
    violations: tuple[Violation, ...]

    @property
    def broken(self) -> frozenset[str]:
        """Requirements."""
        return frozenset(violation.requirement for violation in self.violations)


@dataclass
class Trials:
    """An open bench on which stories are tried, one after the other. `run`: the first entry of its journal; `known`: directories that
    the gateway was given before."""

    bench: Bench
    journal: Journal
    path: Path
    faces: Faces
    run: RunEntry
    seed: int
    known: list[AnyEntry] = field(default_factory=list)
    tried: int = 0
    exchanges: int = 0

    def try_story(self, story: Story, seed: int | None = None) -> Tried:
        """`seed`: of values, where it is not the run's. Raises InconclusiveError where the network fails."""
        self.tried += 1
        start = self.path.stat().st_size
        stage = stage_on_record(
            self.faces, self.journal, self.seed if seed is None else seed, f"探索/{self.tried}"
        )
        perform(stage, story, self._restart)
        entries = tuple(_about(self._since(start), {person.ref for person in stage.made}))
        history = history_of([self.run, *self.known, *entries])
        self.known += [entry for entry in entries if _is_directory(entry)]
        self.exchanges += sum(entry["type"] in (Entry.POLL, Entry.EXCHANGE) for entry in entries)
        began = parse_timestamp(entries[0]["at"]).timestamp() if entries else history.began
        return Tried(entries, weighed(replace(history, began=began)).violations)

    def _since(self, start: int) -> list[AnyEntry]:
        with self.path.open("rb") as lines:
            lines.seek(start)
            return list(entries_of(lines))

    @property
    def _restart(self) -> Callable[[], None] | None:
        return partial(restart, self.bench, self.faces.south, self.journal) if self.bench.restart else None


@contextmanager
def trials(bench: Bench, journal: Journal, folder: Path, seed: int) -> Iterator[Trials]:
    """On a bench whose journal has its first entry."""
    path = folder / FILE_NAME
    with path.open("rb") as lines:
        before = list(entries_of(line for line in lines if any(word in line for word in _KEPT)))
    run = next(entry for entry in before if entry["type"] == Entry.RUN)
    with faces_on_record(bench, journal, seed) as faces:
        known = [entry for entry in before if _is_directory(entry) or entry["type"] == Entry.SECRETS]
        yield Trials(bench, journal, path, faces, run, seed, known)


def _about(entries: Sequence[AnyEntry], refs: set[str]) -> Iterator[AnyEntry]:
    """Without what is late of an earlier story."""
    for entry in entries:
        if not (is_north(entry) and entry["person"] is not None and entry["person"] not in refs):
            yield entry


def _is_directory(entry: AnyEntry) -> bool:
    return entry["type"] == Entry.ASKED and entry["what"] == "directory"
