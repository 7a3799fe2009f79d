"""What breaks is found, made small, tried again, and found once; what does not break is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.catalogue.findings import InconclusiveError
from harness.contract.statement import Declares
from harness.explore.keeping import explored
from harness.explore.performing import Performed
from harness.explore.search import _round, again, explore
from harness.explore.story import Story
from harness.explore.trials import Trials, Tried
from harness.explore.vocabulary import DISTURBING, OPERATIONS, RESTART, THEMES
from tests.explore.told import VIOLATION

EVERYTHING = Declares(
    bindings=("json",),
    roles=("照会側", "応答側", "連絡"),
    use_cases=("税務に関する情報提供",),
    modes=("オンライン", "バッチ"),
    handling=("自動", "手動"),
    tables=("2015-09-09",),
    legacy_files=(),
)


@dataclass
class Gateway:
    """One that fails where a story does this to it; `comes`: in how many of ten trials."""

    broken_by: tuple[str, ...] = ()
    comes: int = 10
    failure: InconclusiveError | None = None
    only_together: bool = False
    seed: int = 3
    tried: list[Story] = field(default_factory=list)
    bench: Any = field(
        default_factory=lambda: SimpleNamespace(statement=SimpleNamespace(declares=EVERYTHING), restart=None)
    )

    def try_together(self, stories: Sequence[Story]) -> Tried:
        """As all of them; `only_together`: what one of them alone does not break."""
        tried = [self.try_story(story) for story in stories]
        broken = any(one.violations for one in tried) or self.only_together
        performed = tuple(Performed(story, frozenset()) for story in stories)
        return Tried((), (VIOLATION,) if broken else (), performed)

    def try_story(self, story: Story) -> Tried:
        self.tried.append(story)
        if self.failure:
            raise self.failure
        said = iter([op.name for op in story.ops])
        breaks = self.broken_by and all(name in said for name in self.broken_by)
        return Tried((), (VIOLATION,) if breaks and len(self.tried) % 10 < self.comes else ())


def looks() -> Callable[[], float]:
    """A clock that goes on by a second whenever somebody looks at it: as many trials on any machine."""
    seconds = count()
    return lambda: float(next(seconds))


@dataclass(frozen=True)
class Ticking:
    """A clock on which each story takes a second."""

    gateway: Gateway

    def __call__(self) -> float:
        return float(len(self.gateway.tried))


def trials(gateway: Gateway) -> Trials:
    return cast(Trials, gateway)


def test_what_breaks_is_found_once_and_small() -> None:
    gateway = Gateway(("情報登録", "情報削除"))
    (one,) = explore(trials(gateway), 20.0, 300.0, clock=looks())
    assert [op.name for op in one.story.ops] == ["情報登録", "情報削除"]
    assert (one.violation, one.again, one.times) == (VIOLATION, 5, 5)


def test_no_more_is_found_than_is_wanted() -> None:
    assert explore(trials(Gateway(("情報登録",))), 20.0, 10.0, 0, looks()) == []


def test_what_does_not_break_is_not_found() -> None:
    gateway = Gateway()
    assert explore(trials(gateway), 40.0, 1.0, clock=looks()) == []
    assert gateway.tried


def test_every_operation_that_is_declared_is_tried_but_for_a_restart_that_nobody_can_do() -> None:
    gateway = Gateway()
    explore(trials(gateway), 40.0, 1.0, clock=looks())
    assert {op.name for story in gateway.tried for op in story.ops} == set(OPERATIONS) - {RESTART}


def test_a_round_that_does_not_fit_is_begun_with_what_does() -> None:
    """A run that explores for 3 s was kept for 25: its second round has some forty stories, which wait for what is late."""
    short, long = Gateway(), Gateway()
    clock = Ticking(short)
    explore(trials(short), 3.0, 1.0, clock=clock)
    assert 3.0 <= clock() < 3.0 + 4
    clock = Ticking(long)
    explore(trials(long), 200.0, 1.0, clock=clock)
    assert 200.0 <= clock() < 200.0 + 4
    assert len(long.tried) > 10 * len(short.tried)


def test_a_time_that_is_over_before_the_first_stories_are_drawn_is_no_fault() -> None:
    """A crowded machine takes seconds for it."""
    gateway = Gateway()
    assert explore(trials(gateway), 2.0, 1.0, clock=looks()) == []
    assert gateway.tried


def test_a_failure_that_comes_seldom_says_how_often() -> None:
    gateway = Gateway(("情報登録",), comes=5)
    story = Story.from_document([[{"op": "情報登録"}]])
    found = again(trials(gateway), story, VIOLATION, None, times=20)
    assert (found.again, found.times) == (10, 20)
    assert "再実行 20 回のうち 10 回で再現" in explored(found, "01", "221007").sentence


def test_a_network_that_fails_judges_nothing() -> None:
    gateway = Gateway(("情報登録",), failure=InconclusiveError("NETWORK_FAILED", "なし"))
    with pytest.raises(InconclusiveError):
        explore(trials(gateway), 40.0, 1.0, clock=looks())
    assert len(gateway.tried) == 1


def test_what_no_story_breaks_by_itself_is_no_failure_of_one_and_is_not_looked_for_again() -> None:
    gateway = Gateway(only_together=True)
    assert explore(trials(gateway), 40.0, 100.0, clock=looks()) == []
    (first, *_) = gateway.tried
    assert gateway.tried.count(first) == 2, "once with others, and once by itself"


def test_where_a_gateway_can_be_restarted_every_round_does_so_at_several_places() -> None:
    gateway = Gateway()
    gateway.bench.restart = lambda: None
    explore(trials(gateway), 40.0, 1.0, clock=looks())
    killed = [story for story in gateway.tried if any(op.name == RESTART for op in story.ops)]
    places = {[RESTART in [op.name for op in beat] for beat in story.beats].index(True) for story in killed}
    assert len(killed) > len(gateway.tried) / 5
    assert len(places) > 2


@pytest.mark.parametrize("number", [2, 3])
def test_a_round_has_stories_of_every_theme(number: int) -> None:
    stories = _round(tuple(OPERATIONS), Random(number), first=False)
    told = [{op.name for op in story.ops} - {*DISTURBING} for story in stories]
    for theme in THEMES:
        assert any(names and names <= {*theme} for names in told), theme
