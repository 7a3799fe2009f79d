"""What a scenario has to do with: the south face, the network behind the gateway, and time."""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from harness.bench.network import NetworkControl
from harness.bench.patience import Patience
from harness.gateways.south import SouthFace

T = TypeVar("T")
Look = Callable[[], Any]  # gives a JSON value


class AtOnce(Protocol):
    """Makes several calls; what each gives, in their order."""

    def __call__(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        """Whether at the same time is its own affair."""


def one_by_one(calls: Sequence[Callable[[], T]]) -> list[T]:
    """In their order, as a record has them."""
    return [call() for call in calls]


def together(calls: Sequence[Callable[[], T]], lock: Path | None = None) -> list[T]:
    """All at the same time. `lock`: a file that all who do so at the same gateway share, so that one of them does: a gateway
    need not take more requests at once than one of them sends (guide §2)."""
    if len(calls) == 1 and lock is None:
        return one_by_one(calls)  # a thread of its own takes 0.2 ms
    with _held(lock) if lock else nullcontext(), ThreadPoolExecutor(max(1, len(calls))) as pool:
        return list(pool.map(lambda call: call(), calls))


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    with lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Across:
    """The gateway on the other side: its south face, and a look at whether it went away."""

    south: SouthFace
    gone: Look


@dataclass(frozen=True)
class Faces:
    """Live, or out of a record: the scenario cannot tell. `see` looks at what a record may not keep, as the token of a
    message, whose body the test keys open. `stood_still`: for how many seconds the bench did, since a moment (since_boot).
    `gone`: a look at whether the gateway went away (harness.bench.presence); `at_once`: several calls at the
    same time; `across`: of two gateways against each other, the other one."""

    south: SouthFace
    control: NetworkControl
    patience: Patience
    see: Callable[[Look], Any] = lambda look: look()
    stood_still: Callable[[float], float] = lambda since: 0.0
    gone: Look = lambda: None
    at_once: AtOnce = one_by_one
    across: Across | None = None
