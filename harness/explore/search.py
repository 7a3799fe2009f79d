"""Draws stories with hypothesis until one breaks the contract, then makes that one small. Each round goes without a random part of the
operations: a long run of one kind is seen more often so (swarm testing)."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from random import Random
from typing import Final

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from harness.catalogue.findings import InconclusiveError
from harness.explore.found import Found
from harness.explore.shrinking import shrunk
from harness.explore.story import Beat, Op, Story
from harness.explore.trials import Trials, Tried
from harness.explore.vocabulary import OPERATIONS, available
from harness.model.violation import Violation

_STORIES: Final = 12  # of one round
_BEATS: Final = 6  # of each of three parts of a story: half of it on the average
_AT_ONCE: Final = 3
_KEPT: Final = 0.5  # of the operations in a round
_SELDOM: Final = 0.12  # the same of those that cost time
_MOST: Final = 30  # failures of one exploration
_AGAIN: Final = 5  # how often a failure is tried again
Clock = Callable[[], float]  # seconds
_QUIET: Final = settings(
    database=None,
    deadline=None,
    max_examples=_STORIES,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
    report_multiple_bugs=False,
    print_blob=False,
)


class _BrokenError(Exception):
    """What hypothesis takes for a failure."""


def explore(
    trials: Trials,
    seconds: float,
    shrinking_seconds: float,
    most: int = _MOST,
    clock: Clock = time.monotonic,
) -> list[Found]:
    """For so long, and for each of at most so many failures so much longer, until it is small. A requirement is broken once. Raises
    InconclusiveError where the network fails."""
    names = available(trials.bench.statement.declares, restarts=trials.bench.restart is not None)
    # Before its first drawing hypothesis reads every module there is, for a second or more: no gateway has that time.
    _round(_Looking(trials, float("-inf"), 0.0, frozenset(), clock), names, 0)
    until = clock() + seconds
    found: list[Found] = []
    number = 0
    while clock() < until and len(found) < most:
        number += 1
        known = frozenset(violation.requirement for one in found for violation in one.tried.violations)
        draw = Random(f"{trials.seed}/{number}")  # noqa: S311  # chance that comes again
        looking = _Looking(trials, until, shrinking_seconds, known, clock)
        begun = clock()
        _round(looking, _without_some(names, draw), draw.getrandbits(32))
        if looking.failure:
            raise looking.failure
        if looking.smallest and looking.violation:
            shrunk(looking.smallest, looking.fails)
            found.append(again(trials, looking.smallest, looking.violation, looking.tried))
            until += clock() - begun
    return found


def again(
    trials: Trials, story: Story, violation: Violation, tried: Tried | None, times: int = _AGAIN
) -> Found:
    """How often a failure comes again."""
    count, last = 0, tried
    for _ in range(times):
        once = trials.try_story(story)
        if violation.requirement in once.broken:
            count, last = count + 1, once
    return Found(story, violation, last or Tried((), ()), trials.seed, count, times)


@dataclass
class _Looking:
    """Tells whether a story fails; the same of the same story, as hypothesis takes what changes for a fault of the test."""

    trials: Trials
    until: float
    shrinking_seconds: float
    known: frozenset[str]
    clock: Clock
    seen: dict[Story, bool] = field(default_factory=dict)
    smallest: Story | None = None
    violation: Violation | None = None
    tried: Tried | None = None
    failure: InconclusiveError | None = None

    def fails(self, story: Story) -> bool:
        """Also where there is no time left: then only what is known."""
        if story in self.seen:
            return self.seen[story]
        if self.failure or self.clock() > self.until or not story.beats:
            return False
        self.seen[story] = self._fails(story)
        return self.seen[story]

    def _fails(self, story: Story) -> bool:
        try:
            tried = self.trials.try_story(story)
        except InconclusiveError as failure:
            self.failure = failure
            return False
        wanted = {self.violation.requirement} if self.violation else tried.broken - self.known
        broken = next((v for v in tried.violations if v.requirement in wanted), None)
        if broken is None:
            return False
        if self.violation is None:
            self.until = self.clock() + self.shrinking_seconds
        self.smallest, self.violation, self.tried = story, broken, tried
        return True


def _round(looking: _Looking, names: Sequence[str], number: int) -> None:
    @seed(number)
    @_QUIET
    @given(_stories(names))
    def attempt(story: Story) -> None:
        if looking.fails(story):
            raise _BrokenError

    try:
        attempt()
    except _BrokenError:
        return


def _without_some(names: Sequence[str], draw: Random) -> list[str]:
    kept = [name for name in names if draw.random() < (_SELDOM if OPERATIONS[name].seldom else _KEPT)]
    return kept or [names[0]]


def _stories(names: Sequence[str]) -> st.SearchStrategy[Story]:
    """Three lists in a row: one that may be empty is drawn short."""
    beats = st.lists(_beats(names), max_size=2 * _BEATS)
    return st.tuples(beats, beats, beats).map(
        lambda parts: _costly_once(beat for part in parts for beat in part)
    )


def _costly_once(beats: Iterable[Beat]) -> Story:
    """What costs time comes once in a story."""
    kept: list[list[Op]] = []
    had: set[str] = set()
    for beat in beats:
        kept.append([])
        for op in beat:
            if op.name not in had:
                kept[-1].append(op)
            if OPERATIONS[op.name].seldom:
                had.add(op.name)
    return Story(tuple(tuple(beat) for beat in kept if beat))


def _beats(names: Sequence[str]) -> st.SearchStrategy[Beat]:
    return st.lists(st.one_of(*map(_ops, names)), min_size=1, max_size=_AT_ONCE).map(tuple)


@cache
def _ops(name: str) -> st.SearchStrategy[Op]:
    """One drawing for all members: hypothesis takes a millisecond for each. The simplest comes twice as often as each other, so that
    what is done meets."""
    choices = OPERATIONS[name].choices
    told = product(*((allowed[0], *allowed) for allowed in choices.values()))
    return st.sampled_from([Op(name, tuple(zip(choices, values, strict=True))) for values in told])
