"""既知の不適合 of a run: which checks they cover, and which entries themselves are wrong."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType

from harness.catalogue.verdicts import Verdict
from harness.record.known_failures import KnownFailure
from harness.record.values import Check, Run, ScenarioRun


class State(StrEnum):
    """What an entry came to. All but 有効 and 未選択 fail the run."""

    VALID = "有効"
    NOT_SELECTED = "未選択"
    EXPIRED = "期限切れ"
    NO_MATCH = "該当なし"
    PASSES = "合格"


# A day of Japan, which keeps no summer time: a file says until which day an office put up with something.
_JAPAN = timezone(timedelta(hours=9))

WRONG = frozenset({State.EXPIRED, State.NO_MATCH, State.PASSES})


SENTENCES = MappingProxyType(
    {
        State.EXPIRED: "期限が切れている。直すか、期限を改める",
        State.NO_MATCH: "当たる検査がない。対象の綴りを確かめるか、除く",
        State.PASSES: "合格するようになった。除く",
    }
)


@dataclass(frozen=True)
class KnownFailureState:
    """One entry and its state in a run."""

    entry: KnownFailure
    state: State


def applied(run: Run) -> Run:
    """The run with 既知 in place of 不合格 where an entry covers a scenario and has not expired."""
    valid = [entry for entry in run.meta.known_failures if not _expired(entry, run)]
    return replace(run, scenarios=tuple(_known_failure(s, valid) for s in run.scenarios)) if valid else run


def states(run: Run) -> tuple[KnownFailureState, ...]:
    """Every entry with its state."""
    return tuple(KnownFailureState(entry, _state(entry, run)) for entry in run.meta.known_failures)


def day_of(run: Run) -> date:
    """The day in Japan on which the run began, by its record, whenever it is reported; an entry holds until the day
    before it expires."""
    return datetime.fromtimestamp((run.meta.at or 0) / 1000, _JAPAN).date()


def _known_failure(scenario: ScenarioRun, valid: list[KnownFailure]) -> ScenarioRun:
    check: Check | None = scenario.check
    if check is None or check.verdict != Verdict.FAIL or not any(_covers(e, scenario) for e in valid):
        return scenario
    return replace(scenario, check=replace(check, verdict=Verdict.KNOWN))


def _covers(entry: KnownFailure, scenario: ScenarioRun) -> bool:
    return entry.covers(scenario.scenario.id, scenario.requirements)


def _expired(entry: KnownFailure, run: Run) -> bool:
    return entry.expires <= day_of(run)


def _state(entry: KnownFailure, run: Run) -> State:
    if _expired(entry, run):
        return State.EXPIRED
    verdicts = {s.outcome.verdict for s in run.scenarios if _covers(entry, s)}
    if not verdicts:
        return State.NOT_SELECTED if _left_out(entry, run) else State.NO_MATCH
    return State.PASSES if verdicts == {Verdict.PASS} else State.VALID


def _left_out(entry: KnownFailure, run: Run) -> bool:
    """Did the statement, or whoever started the run, leave the target out? A scenario's requirements are not known when
    it did not run, so that any choice may have left it out."""
    meta = run.meta
    chosen = meta.narrowed or meta.brief or not run.complete
    if entry.requirement:
        return chosen or meta.selected.get(entry.requirement, "") is not None
    return chosen or meta.chosen
