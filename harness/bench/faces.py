"""What a scenario has to do with: the south face, the network behind the gateway, and time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from harness.bench.network import NetworkControl
from harness.bench.patience import Patience
from harness.gateways.exchange import Reply
from harness.gateways.south import SouthFace

Look = Callable[[], Any]  # gives a JSON value
Calls = Sequence[Callable[[], Reply]]


def one_by_one(calls: Calls) -> list[Reply]:
    """In their order, as a record has them."""
    return [call() for call in calls]


def together(calls: Calls) -> list[Reply]:
    """All at the same time."""
    with ThreadPoolExecutor(max(1, len(calls))) as pool:
        return list(pool.map(lambda call: call(), calls))


@dataclass(frozen=True)
class Faces:
    """Live, or out of a record: the scenario cannot tell. `see` looks at what a record may not keep, as the token of a
    message, whose body the test keys open. `stood_still`: for how many seconds the bench did, since a moment (since_boot).
    `gone`: a look at whether the gateway went away (harness.bench.presence); `at_once`: several calls of the
    south face at the same time."""

    south: SouthFace
    control: NetworkControl
    patience: Patience
    see: Callable[[Look], Any] = lambda look: look()
    stood_still: Callable[[float], float] = lambda since: 0.0
    gone: Look = lambda: None
    at_once: Callable[[Calls], list[Reply]] = one_by_one
