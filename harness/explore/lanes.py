"""Several stories on one gateway at the same time, each in a lane of its own."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import BoundedSemaphore
from typing import TypeVar

from harness.bench.faces import Faces
from harness.explore.story import Op, Story
from harness.explore.turns import Turns
from harness.explore.vocabulary import SLOW
from harness.gateways.exchange import Reply
from harness.gateways.transport import Call, Transport
from harness.stimuli.stage import AT_ONCE

MOST = 8  # lanes: what is waited for takes three times as long as what is done, so that two cores are busy
T = TypeVar("T")
Perform = Callable[[Story, int, Turns], T]  # a story in a lane, which takes turns with the others


def in_lanes(stories: Sequence[Story], count: int, perform: Perform[T]) -> list[T]:
    """All of them in so many lanes: one that waits keeps none of the others waiting. What each gave, in their order."""
    free: SimpleQueue[int] = SimpleQueue()
    for lane in range(count):
        free.put(lane)
    turns = Turns()

    def one(story: Story) -> T:
        with _taken(free) as lane:
            return perform(story, lane, turns)

    if len(stories) == 1:
        return [one(stories[0])]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, stories))


@contextmanager
def _taken(free: "SimpleQueue[int]") -> Iterator[int]:
    lane = free.get()
    try:
        yield lane
    finally:
        free.put(lane)


def touches_others(story: Story) -> bool:
    """It switches the information with a key, which all lanes share."""
    return any(map(_touches, story.ops))


def within_its_lane(story: Story) -> Story:
    """The same, but that it switches the information without a key."""
    return Story(tuple(tuple(_within(op) for op in beat) for beat in story.beats))


def _touches(op: Op) -> bool:
    return op.name == "手動自動" and (op.text("scope"), op.number("kind")) == ("information", 1)


def without_slowness(story: Story) -> Story:
    """The same, but that the network is away for a moment in place of slow: a message that waits for it keeps others waiting."""
    return Story(tuple(tuple(_prompt(op) for op in beat) for beat in story.beats))


def _prompt(op: Op) -> Op:
    slow = op.name == "ネットワークの障害" and op.text("answer") in SLOW
    return Op(op.name, tuple(dict(op.told, answer="UNDELIVERED").items())) if slow else op


def _within(op: Op) -> Op:
    return Op(op.name, tuple(dict(op.told, kind=0).items())) if _touches(op) else op


def bounded(faces: Faces) -> Faces:
    """All lanes together ask no more at once than a gateway takes."""
    south = replace(faces.south, transport=_Bounded(faces.south.transport, BoundedSemaphore(AT_ONCE)))
    return replace(faces, south=south)


@dataclass(frozen=True)
class _Bounded:
    transport: Transport
    free: BoundedSemaphore

    def send(self, base: str, call: Call) -> Reply:
        with self.free:
            return self.transport.send(base, call)
