"""Until there is enough of each kind of exchange: which source comes next, and how long it will take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from harness.model.kinds import ENOUGH

_ROUNDS: Final = 10_000  # of what is foreseen: more than any run has
_LEAST: Final = 0.01  # seconds of a source that took none


@dataclass(frozen=True)
class Gain:
    """What a source made the last time: kind → exchanges, and how many seconds it took."""

    kinds: Mapping[str, int]
    seconds: float

    def of(self, lacking: Mapping[str, int]) -> int:
        """How many of those that lack."""
        return sum(min(count, self.kinds.get(kind, 0)) for kind, count in lacking.items())


def lacking(counts: Mapping[str, int], wanted: Mapping[str, object]) -> dict[str, int]:
    """Kind that is wanted → how many are not there yet; without those of which there are enough."""
    missing = {kind: ENOUGH - counts.get(kind, 0) for kind in wanted}
    return {kind: count for kind, count in missing.items() if count > 0}


def best(missing: Mapping[str, int], gains: Mapping[str, Gain]) -> str | None:
    """The source that makes most of what lacks in a second; None where none makes any."""
    worth = {name: gain.of(missing) / max(gain.seconds, _LEAST) for name, gain in gains.items()}
    name = max(worth, key=lambda name: worth[name], default=None)
    return name if name and worth[name] else None


def foreseen(missing: Mapping[str, int], gains: Mapping[str, Gain]) -> float:
    """Seconds until nothing lacks that some source makes, if each makes as much as the last time."""
    seconds, rest = 0.0, dict(missing)
    for _ in range(_ROUNDS):
        name = best(rest, gains)
        if name is None:
            break
        gain = gains[name]
        seconds += gain.seconds
        rest = {kind: left for kind, n in rest.items() if (left := n - gain.kinds.get(kind, 0)) > 0}
    return seconds
