"""What a load run is judged by: its gates, and what may be wrong with all that it sent, in the order of their weight."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from harness.contract.resources import toml


@dataclass(frozen=True)
class GateKind:
    """What a gate measures. `at_least`: the limit is the least, not the most; `quantile`: of the `series` of latencies;
    `of_line`: nothing to measure where there is no line."""

    ja: str
    en: str
    unit: str
    at_least: bool = False
    quantile: float | None = None
    series: str = "response"
    of_line: bool = False


@dataclass(frozen=True)
class LoadFault:
    """A kind of message that is not as it should be. `code`: its finding, empty where it is no fault by itself;
    `of_records`: it shows in the access record alone."""

    ja: str
    en: str
    code: str = ""
    expected: str = ""
    of_records: bool = False


@cache
def gate_kinds() -> Mapping[str, GateKind]:
    """All gates that a profile may name, by name."""
    return MappingProxyType({name: GateKind(**row) for name, row in _rows("gates.toml").items()})


@cache
def load_faults() -> Mapping[str, LoadFault]:
    """All of them by the list of a reconciliation that names them, what weighs most first."""
    return MappingProxyType({name: LoadFault(**row) for name, row in _rows("load_faults.toml").items()})


def _rows(name: str) -> dict[str, dict[str, Any]]:
    return toml(name, room=__package__)
