"""Latencies as HDR histograms: merged over workers and machines without losing a percentile (three digits)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self, TypedDict

from hdrh.histogram import HdrHistogram

_LOWEST, _HIGHEST, _DIGITS = 1, 3_600_000_000, 3  # µs: up to an hour
SHOWN = (50.0, 90.0, 95.0, 99.0, 99.9, 99.99, 100.0)


class Series(StrEnum):
    """What is measured. response: planned → 照会応答; acceptance: planned → 202; service: sent → 202; lag: planned → sent.
    From the planned moment, because a request that had to wait for its turn is late for whoever waits for it."""

    RESPONSE = "response"
    ACCEPTANCE = "acceptance"
    SERVICE = "service"
    LAG = "lag"


class LatencyEntry(TypedDict):
    """One series as the journal has it. `hdr`: base64, in `unit`; `percentiles`: in ms, null where nothing was recorded."""

    count: int
    unit: str
    hdr: str
    percentiles: dict[str, float | None]


@dataclass
class Latency:
    """One series."""

    histogram: Any = field(default_factory=lambda: HdrHistogram(_LOWEST, _HIGHEST, _DIGITS))

    @classmethod
    def decoded(cls, text: str) -> Self:
        """From its base64. Raises what the library raises for anything else."""
        return cls(HdrHistogram.decode(text))

    @property
    def count(self) -> int:
        """How many were recorded."""
        return int(self.histogram.get_total_count())

    def record(self, nanoseconds: int) -> None:
        """One more; what is longer than an hour counts as an hour."""
        self.histogram.record_value(min(max(nanoseconds // 1000, _LOWEST), _HIGHEST))

    def add(self, other: Self) -> None:
        """All of another."""
        self.histogram.add(other.histogram)

    def ms(self, percentile: float) -> float | None:
        """Milliseconds; None where nothing was recorded."""
        return self.histogram.get_value_at_percentile(percentile) / 1000 if self.count else None

    def encoded(self) -> str:
        """Base64 of the library's own form (V2, compressed), in µs."""
        return str(self.histogram.encode().decode())

    def to_entry(self) -> LatencyEntry:
        """As the journal has it."""
        shown = {f"{p:g}": self.ms(p) for p in SHOWN}
        return {"count": self.count, "unit": "us", "hdr": self.encoded(), "percentiles": shown}


def quantile(ordered: Sequence[float], part: float) -> float | None:
    """The smallest value that at least this part does not exceed, at three decimals; None of nothing."""
    return round(ordered[max(0, math.ceil(part * len(ordered)) - 1)], 3) if ordered else None


def merged(parts: Iterable[Mapping[str, str]]) -> dict[str, Latency]:
    """Series → all that workers recorded, each part being series → base64."""
    found: dict[str, Latency] = {}
    for part in parts:
        for series, text in part.items():
            found.setdefault(series, Latency()).add(Latency.decoded(text))
    return found
