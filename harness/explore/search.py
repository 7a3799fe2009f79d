"""Draws stories with hypothesis until one breaks the contract, then makes that one small. Each drawing goes without a random part of the
operations: a long run of one kind is seen more often so (swarm testing)."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from math import ceil
from random import Random
from typing import Final

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from harness.explore.found import Found
from harness.explore.lanes import within_its_lane, without_slowness
from harness.explore.shrinking import shrunk
from harness.explore.story import Beat, Op, Story
from harness.explore.trials import Trials, Tried
from harness.explore.vocabulary import DISTURBING, OPERATIONS, PLACE, RESTART, THEMES, available
from harness.model.violation import Violation

# Of one drawing; a round has one of each theme and one of all operations, so that the first minute with a slow gateway sees all of them.
_STORIES: Final = 5
_THEMED: Final = 16  # the same of a theme alone
_SAME: Final = (
    4  # how much more often a theme is about the first resident and information than about each other
)
_FIRST: Final = 4  # of the first, as there may be little time
_BEATS: Final = 6  # of each of three parts of a story: half of it on the average
_AT_ONCE: Final = 3
_KEPT: Final = 0.5  # of the operations in a drawing
_SELDOM: Final = 0.25  # the same of those that cost time
_RESTARTING: Final = 4  # one story in so many has a restart, which befalls all that are performed then
_TOUCHING: Final = 12  # one story in so many may touch others, which wait for it
_SLOWING: Final = 8  # one in so many meets a slow network: with all of them a gateway with 8 senders had none left to try again in time
MOST: Final = 30  # failures of one exploration
_AGAIN: Final = 5  # how often a failure is tried again
Clock = Callable[[], float]  # seconds
_QUIET: Final = settings(
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
    report_multiple_bugs=False,
    print_blob=False,
)


def explore(
    trials: Trials,
    seconds: float,
    shrinking_seconds: float,
    most: int = MOST,
    clock: Clock = time.monotonic,
) -> list[Found]:
    """For so long, and for each of at most so many failures so much longer, until it is small. A requirement is broken once. Raises
    InconclusiveError where the network fails."""
    names = names_for(trials)
    until = clock() + seconds
    exploring = Exploring(trials, shrinking_seconds, clock)
    number = 0
    while clock() < until and len(exploring.found) < most:
        number += 1
        draw = Random(f"{trials.seed}/{number}")  # noqa: S311  # chance that comes again
        stories = _round(names, draw, first=number == 1)
        until += exploring.look(stories[: exploring.fitting(until - clock())])
    return exploring.found


@dataclass
class Exploring:
    """`found`: failures made small, each of another requirement; `vain`: what no story breaks by itself; `stories`: how many were
    tried together with others so far, in how many `seconds`."""

    trials: Trials
    shrinking_seconds: float
    clock: Clock = time.monotonic
    stories: int = 0
    seconds: float = 0.0
    found: list[Found] = field(default_factory=list)
    vain: set[str] = field(default_factory=set)

    def look(self, stories: Sequence[Story]) -> float:
        """Tries them together; how many seconds were spent on what is new of their failures."""
        known = self.vain | {v.requirement for one in self.found for v in one.tried.violations}
        begun = self.clock()
        tried = self.trials.try_together(stories)
        self.stories, self.seconds = self.stories + len(stories), self.seconds + self.clock() - begun
        broken = tried.broken - known
        if not broken:
            return 0.0
        begun = self.clock()
        looking = _Looking(self.trials, begun + self.shrinking_seconds, broken, self.clock)
        smallest = looking.smallest_of(_suspects(tried))
        if smallest and looking.violation:
            self.found.append(again(self.trials, smallest, looking.violation, looking.tried))
        else:
            self.vain |= broken  # it comes of several stories at once: the whole record tells of it
        return self.clock() - begun

    def fitting(self, seconds: float) -> int:
        """How many stories more these seconds are enough for, at the pace so far; a whole round takes some 15 s."""
        return max(_FIRST, ceil(seconds * self.stories / (self.seconds or 1.0)))


def names_for(trials: Trials) -> tuple[str, ...]:
    """Operations in which the gateway can take part."""
    names = available(trials.bench.statement.declares, restarts=trials.bench.restart is not None)
    # Before its first drawing hypothesis reads every module there is, for a second or more: no gateway has that time.
    drawn(names, 0, 1)
    return names


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


def _suspects(tried: Tried) -> list[Story]:
    """Those first whom a violation names, or the call or message at which it was seen."""
    said = "\n".join(f"{v.where} {v.observed} {tried.blamed(v)}" for v in tried.violations)
    ordered = sorted(tried.performed, key=lambda one: not any(name in said for name in one.names))
    return [one.story for one in ordered]


@dataclass
class _Looking:
    """Tells whether a story breaks what is wanted, until the time is over. Of what one story breaks, the first is followed."""

    trials: Trials
    until: float
    wanted: frozenset[str]
    clock: Clock
    seen: dict[Story, bool] = field(default_factory=dict)
    violation: Violation | None = None
    tried: Tried | None = None

    def smallest_of(self, stories: Iterable[Story]) -> Story | None:
        """The first that fails by itself, made small."""
        story = next((story for story in stories if self.fails(story)), None)
        return story and shrunk(story, self.fails)

    def fails(self, story: Story) -> bool:
        """Also where there is no time left: then only what is known."""
        if story not in self.seen and story.beats and self.clock() < self.until:
            self.seen[story] = self._fails(story)
        return self.seen.get(story, False)

    def _fails(self, story: Story) -> bool:
        tried = self.trials.try_story(story)
        broken = next((v for v in tried.violations if v.requirement in self.wanted), None)
        if broken:
            self.wanted = frozenset({broken.requirement})
            self.violation, self.tried = broken, tried
        return broken is not None


def drawn(names: Sequence[str], number: int, count: int, same: int = 1) -> list[Story]:
    """So many stories of these operations; the same for the same number. `same`: how often the first place is put in beside all."""
    stories: list[Story] = []

    @seed(number)
    @settings(_QUIET, max_examples=count)
    @given(_stories(names, same))
    def draw(story: Story) -> None:
        stories.append(story)

    draw()
    return [story for story in stories if story.beats]


def _without_some(names: Sequence[str], draw: Random) -> list[str]:
    kept = [name for name in names if draw.random() < (_SELDOM if OPERATIONS[name].seldom else _KEPT)]
    return kept or [names[0]]


def _round(names: Sequence[str], draw: Random, *, first: bool) -> list[Story]:
    """The stories of several drawings, each without other operations; themes in any order, as restarts come to each at another place."""
    stories = list(drawn(_without_some(names, draw), draw.getrandbits(32), _FIRST if first else _STORIES))
    of_each = [] if first else themes(names)
    draw.shuffle(of_each)
    for theme in of_each:
        stories += drawn(_disturbed(names, theme, draw), draw.getrandbits(32), _STORIES, _SAME)
    return _spared(stories, restarts=RESTART in names)


def themes(names: Sequence[str]) -> list[list[str]]:
    """Those of which a gateway with these operations can do something."""
    return [found for theme in THEMES if (found := [name for name in theme if name in names])]


def themed(names: Sequence[str], theme: Sequence[str], draw: Random) -> list[Story]:
    """Stories of one theme."""
    stories = drawn(_disturbed(names, theme, draw), draw.getrandbits(32), _THEMED, _SAME)
    return _spared(stories, restarts=RESTART in names)


def _disturbed(names: Sequence[str], theme: Sequence[str], draw: Random) -> list[str]:
    """Operations of one theme, and some of those that disturb any."""
    return [*theme, *(name for name in DISTURBING if name in names and draw.random() < _KEPT)]


def _spared(stories: Sequence[Story], *, restarts: bool) -> list[Story]:
    kept = [_sparing(number, story, restarts=restarts) for number, story in enumerate(stories)]
    return [story for story in kept if story.beats]


def _sparing(number: int, story: Story, *, restarts: bool) -> Story:
    """What costs the others time is seldom kept. A restart comes at another place each time: first, between, or last of all, and every
    other time while something is done."""
    story = story.without(RESTART)
    if restarts and number % _RESTARTING == 0:
        story = _restarting(story, number // _RESTARTING)
    story = story if number % _SLOWING == 0 else without_slowness(story)
    return story if number % _TOUCHING == 0 else within_its_lane(story)


def _restarting(story: Story, number: int) -> Story:
    place = number % (len(story.beats) + 1)
    before, after = story.beats[:place], story.beats[place:]
    during, behind = (after[:1], after[1:]) if number % 2 else ((), after)
    beat = (*(op for meanwhile in during for op in meanwhile), Op(RESTART))
    return Story((*before, beat, *behind))


def _stories(names: Sequence[str], same: int = 1) -> st.SearchStrategy[Story]:
    """Three lists in a row: one that may be empty is drawn short."""
    beats = st.lists(_beats(names, same), max_size=2 * _BEATS)
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


def _beats(names: Sequence[str], same: int) -> st.SearchStrategy[Beat]:
    return st.lists(st.one_of(*(_ops(name, same) for name in names)), min_size=1, max_size=_AT_ONCE).map(
        tuple
    )


@cache
def _ops(name: str, same: int) -> st.SearchStrategy[Op]:
    """One drawing for all members: hypothesis takes a millisecond for each. The simplest comes twice as often as each other, so that
    what is done meets."""
    choices = OPERATIONS[name].choices
    often = {member: same if member in PLACE else 1 for member in choices}
    told = product(*((*allowed[:1] * often[member], *allowed) for member, allowed in choices.items()))
    return st.sampled_from([Op(name, tuple(zip(choices, values, strict=True))) for values in told])
