"""What an operation does: a request of the south face, an instruction to the network, time that passes, or a kill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.bench.network import NetworkControl
from harness.gateways.south import Request

Said = Mapping[str, Any]


def _forget(said: Said) -> None:
    """Nothing comes of it."""


@dataclass(frozen=True)
class Move:
    """One of the four, or none where there is nothing to do it to. `remember` takes the answer, empty where there was none."""

    request: Request | None = None
    instruct: Callable[[NetworkControl], Said] | None = None
    seconds: float = 0.0
    kills: bool = False
    remember: Callable[[Said], None] = _forget


NOTHING = Move()
