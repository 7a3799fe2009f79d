"""Gates: what a load run must keep to, checked before it starts, judged at its end, and given up early when it is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.catalogue.load import GateKind, gate_kinds
from load.send.latency import Series


class GateError(ValueError):
    """A gate that is none; the message is one sentence."""


@dataclass(frozen=True)
class Gate:
    """One gate and its limit: milliseconds, a ratio or a number, as its name says."""

    name: str
    limit: float

    @property
    def kind(self) -> GateKind:
        """What it measures."""
        return gate_kinds()[self.name]

    def met(self, observed: float | None) -> bool | None:
        """Is it kept? None where nothing was measured: that is no success."""
        if observed is None:
            return None
        return observed >= self.limit if self.kind.at_least else observed <= self.limit


@dataclass(frozen=True)
class Judged:
    """A gate at the end. `observed`: None where nothing was measured."""

    name: str
    limit: float
    observed: float | None
    met: bool | None


@dataclass(frozen=True)
class Arrivals:
    """Of the whole run, and what went wrong with them so far."""

    planned: int
    errors: int
    dropped: int


@dataclass(frozen=True)
class SoFar:
    """What can no longer change while a run goes on. every: all arrivals; carried: those alone of which an answer is to come; slow:
    gate → what is above it."""

    every: Arrivals
    carried: Arrivals
    slow: Mapping[str, int]


def read_gates(table: Any, where: str) -> tuple[Gate, ...]:
    """Of a profile; its schema checks the limits. Raises GateError for a gate that there is not."""
    if not isinstance(table, Mapping):
        raise GateError(f"{where}: [gates] に、ゲートの名前と限度を書く。")
    if unknown := [name for name in table if name not in gate_kinds()]:
        raise GateError(f"{where}: ゲート {'、'.join(unknown)} はない（ある: {'、'.join(gate_kinds())}）。")
    return tuple(Gate(name, limit) for name, limit in table.items())


def judge(
    gates: tuple[Gate, ...], observed: Mapping[str, float | None], *, cut: bool = False
) -> tuple[Judged, ...]:
    """Every gate, with what was observed. cut: the run was stopped before its end, which is why less was achieved than
    planned: that is not judged."""
    return tuple(_judged(gate, observed.get(gate.name), cut=cut) for gate in gates)


def _judged(gate: Gate, observed: float | None, *, cut: bool) -> Judged:
    met = gate.met(observed)
    if cut and gate.kind.at_least and not met:
        met = None
    return Judged(gate.name, gate.limit, observed, met)


def lost(gates: tuple[Gate, ...], so_far: SoFar) -> Gate | None:
    """The first gate that cannot be met any more, whatever else comes."""
    return next((gate for gate in gates if _is_lost(gate, so_far)), None)


def _is_lost(gate: Gate, so_far: SoFar) -> bool:
    every, carried = so_far.every, so_far.carried
    if gate.name == "dropped":
        return every.dropped > gate.limit
    if gate.name == "error_ratio":
        return every.errors > gate.limit * every.planned
    if gate.name == "achieved_rate":
        return carried.planned - carried.errors - carried.dropped < gate.limit * carried.planned
    if gate.kind.quantile is not None:
        # All others may still be answered in no time: more than this part of all cannot be.
        timed = every if gate.kind.series == Series.LAG else carried
        return so_far.slow.get(gate.name, 0) > (1 - gate.kind.quantile) * timed.planned + 1
    return False
