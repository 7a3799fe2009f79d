"""Tells again and again where something stands that takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

import pytest

from harness.model.kinds import ENOUGH

LINE_SECONDS: Final = 10.0  # between two lines, for whoever has no terminal
_EACH: Final = 1.0  # second
_LOOKS: Final = round(LINE_SECONDS / _EACH)


@dataclass(frozen=True)
class Stand:
    """`enough`: kinds of exchange of which there are enough, of `kinds`; `exchanges`: those that count; `left`: seconds, None where
    nobody knows yet."""

    enough: int
    kinds: int
    exchanges: int
    left: float | None

    @property
    def wanted(self) -> int:
        """Exchanges."""
        return self.kinds * ENOUGH

    @property
    def sentence(self) -> str:
        """For whoever waits."""
        left = "計っている" if self.left is None else f"約 {self.left:,.0f} 秒"
        return f"徹底: 足りた種類 {self.enough}/{self.kinds}、やり取り {self.exchanges:,}/{self.wanted:,}、残り {left}"


Tell = Callable[[Stand], None]
TELL = pytest.StashKey[Tell]()  # whoever shows it otherwise than by lines


class Ticker:
    """Calls something every so many seconds, on a thread of its own, until it is left."""

    def __init__(self, tick: Callable[[], None], seconds: float = LINE_SECONDS) -> None:
        self.tick, self.seconds = tick, seconds
        self.over = Event()
        self.thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.over.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.over.wait(self.seconds):
            self.tick()


@contextmanager
def ticking(stand: Callable[[], Stand | None], tell: Tell, each: float = _EACH) -> Iterator[None]:
    """Where something stands, as soon as that is known."""

    def tick() -> None:
        if found := stand():
            tell(found)

    with Ticker(tick, each):
        yield


def lines(write: Callable[[str], object]) -> Tell:
    """A line each 10 seconds, where nobody else shows it."""
    told = 0

    def tell(stand: Stand) -> None:
        nonlocal told
        told += 1
        if told % _LOOKS == 0:
            write(f"{stand.sentence}\n")

    return tell
