"""A run folder → Run. Reads line by line; what cannot be understood is counted, never a reason to stop."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, Entry
from harness.contract.journal_entries import Said
from harness.contract.sides import Side
from harness.record import entries
from harness.record.explored import Explored
from harness.record.fields import text, texts
from harness.record.judged import Judged, judged
from harness.record.known_failure_states import applied
from harness.record.reader import unbelieved
from harness.record.sides import seen_from
from harness.record.values import Check, End, Exchange, Meta, Run, Scenario, ScenarioRun, Step

# Where a scenario was checked more than once, the worst counts: a repetition never mends a failure.
_WORST_FIRST = (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.KNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE)


def read_run(folder: Path, side: Side = Side.GATEWAY) -> Run:
    """The run that a folder's journal.jsonl records; of two gateways against each other what is about this one. Raises OSError when
    there is none to read."""
    with (folder / FILE_NAME).open("rb") as lines:
        return run_of(lines, side)


def read_runs(folder: Path) -> tuple[Run, ...]:
    """The one run of a folder, or the two halves of one with two gateways. Raises OSError."""
    own = read_run(folder)
    return (own, read_run(folder, Side.PARTNER)) if own.meta.side else (own,)


def run_of(lines: Iterable[bytes], side: Side = Side.GATEWAY) -> Run:
    """The run that these lines record. A last line without line feed was cut off by a kill and is passed over."""
    draft = _Draft(side)
    for number, line in enumerate(lines, start=1):
        if line.endswith(b"\n"):
            draft.take(number, line)
    return draft.finish()


@dataclass
class _Part:
    """What the journal says of one scenario, as it comes in."""

    scenario: Scenario
    steps: list[Step] = field(default_factory=list)
    check: Check | None = None
    south: list[Exchange] = field(default_factory=list)
    north: list[Exchange] = field(default_factory=list)

    def judge(self, check: Check) -> None:
        if self.check is None or _rank(check) < _rank(self.check):
            self.check = check

    def begin(self, scenario: Scenario) -> None:
        """Begins anew what was cut off, or came to nothing because the bench was: that said nothing about the gateway."""
        self.scenario, self.steps = scenario, []
        if self.check is None or self.check.verdict == Verdict.INCONCLUSIVE:
            self.check, self.south = None, []

    def correlation_ids(self) -> Iterator[str]:
        yield from self.check.correlation_ids if self.check else ()
        yield from (e.correlation_id for e in self.south if e.correlation_id)

    def finish(self) -> ScenarioRun:
        return ScenarioRun(self.scenario, tuple(self.steps), self.check, tuple(self.south), tuple(self.north))


@dataclass
class _Draft:
    """A run while its journal is read."""

    side: Side
    meta: Meta | None = None
    parts: dict[str, _Part] = field(default_factory=dict)
    north: list[Exchange] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    end: End | None = None
    plan: dict[str, None] = field(default_factory=dict)
    judged: Judged | None = None
    found: list[Explored] = field(default_factory=list)

    def take(self, number: int, line: bytes) -> None:
        try:
            told, plain = unbelieved(line)
            entry = seen_from(self.side, told)
            if entry is not None:
                self._take(entry, plain)
        except (ValueError, RecursionError):
            self.unreadable.append(number)

    def _take(self, entry: Said, line: str) -> None:
        match entry.get("type"):
            case Entry.RUN:
                # A run that is taken up again writes a second one: it has not ended until it says so itself.
                self.meta, self.end = self.meta or entries.meta(entry, self.side), None
            case Entry.PLAN:
                self.plan.update(dict.fromkeys(texts(entry.get("scenarios"))))
            case Entry.OCCASIONS:
                self.judged = judged(entry)  # of a run that was taken up again, the last one is of all of it
            case Entry.FOUND:
                self.found.append(Explored.from_entry(entry))
            case Entry.END:
                self.end = entries.end(entry)
            case Entry.EXCHANGE if entry.get("face") == entries.NORTH:
                self.north.append(entries.exchange(entry, line))
            case (
                Entry.HEALTH
                | Entry.POLL
                | Entry.CONTROL
                | Entry.WAIT
                | Entry.SEEN
                | Entry.PEOPLE
                | Entry.SECRETS
                | Entry.HEARD
                | Entry.ASKED
                | Entry.PREFLIGHT
                | Entry.RESTART
            ):
                pass  # for whoever takes the run up again, derives its verdicts anew, or masks it
            case Entry.SCENARIO | Entry.STEP | Entry.EXCHANGE | Entry.CHECK:
                self._take_part(entry, line)
            case _:
                self.aside.append(line)

    def _take_part(self, entry: Said, line: str) -> None:
        id_ = text(entry.get("scenario"))
        if id_ not in self.parts:
            self.parts[id_] = _Part(entries.scenario({"scenario": id_}))
        part = self.parts[id_]
        match entry["type"]:
            case Entry.SCENARIO:
                part.begin(entries.scenario(entry))
            case Entry.STEP:
                part.steps.append(entries.step(entry))
            case Entry.CHECK:
                part.judge(entries.check(entry))
            case _:
                part.south.append(entries.exchange(entry, line))

    def finish(self) -> Run:
        unclaimed = tuple(self._share_out_north())
        parts = sorted(self.parts.values(), key=lambda p: (p.scenario.file, p.scenario.line, p.scenario.id))
        run = Run(
            meta=self.meta or entries.meta({}),
            scenarios=tuple(part.finish() for part in parts),
            unclaimed=unclaimed,
            aside=tuple(self.aside),
            damaged=len(self.unreadable) + (self.meta is None),
            end=self.end,
            plan=tuple(self.plan),
            unreadable=tuple(self.unreadable),
            judged=self.judged,
            found=tuple(self.found),
        )
        return applied(run)

    def _share_out_north(self) -> Iterator[Exchange]:
        """Gives each north exchange to its scenario, by person first. Yields those that belong to none."""
        persons = {ref: part for part in self.parts.values() if part.check for ref in part.check.persons}
        correlations = {id_: part for part in self.parts.values() for id_ in part.correlation_ids()}
        for exchange in self.north:
            owner = persons.get(exchange.person) or correlations.get(exchange.correlation_id)
            if owner is None:
                yield exchange
            else:
                owner.north.append(replace(exchange, scenario=owner.scenario.id))


def _rank(check: Check) -> int:
    return _WORST_FIRST.index(check.verdict)
