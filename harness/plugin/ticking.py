"""Tells again and again where something stands that takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

import pytest

from harness.model.kinds import ENOUGH

_EACH: Final = 1.0  # second
_LINE: Final = 10  # times of that between two lines


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


@contextmanager
def ticking(stand: Callable[[], Stand | None], tell: Tell, each: float = _EACH) -> Iterator[None]:
    """So many seconds apart."""
    over = Event()

    def tick() -> None:
        while not over.wait(each):
            if found := stand():
                tell(found)

    thread = Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def lines(write: Callable[[str], object]) -> Tell:
    """A line each 10 seconds, for whoever has no terminal."""
    told = 0

    def tell(stand: Stand) -> None:
        nonlocal told
        told += 1
        if told % _LINE == 0:
            write(f"{stand.sentence}\n")

    return tell
