"""The journal of a load run, written as one would."""

from pathlib import Path
from typing import Any

from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.record.load_run import LoadRun, read_load_run
from load.send.latency import Latency, Series
from tests.reports.journal_book import AT

SECOND = {
    "planned": 10,
    "sent": 10,
    "dropped": 0,
    "accepted": 10,
    "errors": 0,
    "answered": 10,
    "up_bytes": 60_000,
    "down_bytes": 20_000,
    "up_queued": 0,
    "down_queued": 0,
    "connections_refused": 0,
    "p50_ms": 20.0,
    "p95_ms": 40.0,
    "p99_ms": 50.0,
    "max_ms": 60.0,
    "lag_p99_ms": 1.0,
}


class LoadBook:
    """One run folder. Every method writes an entry; keywords replace its fields."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.journal = Journal.open(folder / FILE_NAME, "load")

    def write(self, entry: Entry, **fields: Any) -> None:
        self.journal.write(entry, **{"at": AT, **fields})

    def first(self, seconds: int = 40, **fields: Any) -> None:
        values: dict[str, Any] = {
            "run_id": "5a8f0d3e-3f57-4a2e-9a64-3c1f0a6d2b11",
            "seed": 7,
            "gateway": "reference",
            "organisation": "221007",
            "product": "Example Gateway 1.4.0",
            "contract": "1",
            "suite": "0" * 64,
            "versions": {"python": "3.11.7"},
            "workers": 2,
            "residents": 200,
            "profile": {"name": "一斉照会", "summary": "試験", "seconds": seconds, "retries": 3},
            "municipality": {"name": "市町村B", "population": 100_000, "line_kbps": 128},
            "planned": 10 * seconds,
            "mix": [
                {"face": "north", "use_case": "児童扶養手当", "information": "地方税関係情報", "weight": 3.0},
                {"face": "south", "use_case": "", "information": "住民票関係情報", "weight": 1.0},
            ],
            "line": {"kbps": 1000, "latency_seconds": 0.01, "loss": 0.0, "cuts": [[1, 2]], "connections": 8},
            "gates": {"p99_ms": 100},
            "estimate": {"arrivals_per_second": 5.0, "reason": "試験"},
        }
        self.write(Entry.LOAD, **{**values, **fields})

    def second(self, number: int, **fields: Any) -> None:
        self.write(Entry.LOAD_SECOND, second=number, **{**SECOND, **fields})

    def gate(self, name: str = "p99_ms", limit: Any = 100, observed: Any = 50.0, met: Any = True) -> None:
        self.write(Entry.GATE, name=name, limit=limit, observed=observed, met=met)

    def histograms(self) -> None:
        for series in Series:
            latency = Latency()
            for number in range(1, 1000):
                latency.record(number * 100_000)
            self.write(Entry.LOAD_HISTOGRAM, series=series, **latency.to_entry())

    def kind(self, name: str = "照会依頼 児童扶養手当 地方税関係情報", **fields: Any) -> None:
        told: dict[str, Any] = {"sent": 400, "accepted": 400, "errors": 0, "answered": 400}
        told |= {"percentiles": {"50": 20.0, "99": 50.0, "100": 60.0}}
        self.write(Entry.LOAD_KIND, name=name, **{**told, **fields})

    def sample(self, **fields: Any) -> None:
        values = {
            "index": 0,
            "name": "照会依頼 地方税関係情報",
            "correlation_id": "c",
            "verdict": Verdict.PASS,
        }
        self.write(Entry.SAMPLE, **{**values, "code": "", "observed": "", "expected": "", **fields})

    def reconciled(self, **fields: Any) -> None:
        told = {"sent": 400, "accepted": 400, "answered": 400, "counts": {"lost": 0}}
        told |= {"verdict": Verdict.PASS, "code": "", "observed": "", "expected": ""}
        self.write(Entry.RECONCILIATION, **{**told, **fields})

    def end(self, **fields: Any) -> None:
        told = {"exit_code": 0, "complete": True, "seconds": 50.0, "stopped": "", "late": 0}
        told |= {"verdict": Verdict.PASS, "code": "", "observed": "", "expected": ""}
        self.write(Entry.END, **{**told, **fields})

    def passed(self, seconds: int = 40) -> None:
        """A whole run that passes."""
        self.first(seconds)
        self.write(Entry.CALIBRATION, kbps=1000.0, measured_kbps=1000.1, error=0.0001, limit=0.01, good=True)
        for number in range(seconds):
            self.second(number)
        self.histograms()
        self.write(Entry.LOAD_EFFORT, network_p50_ms=4.0, network_p90_ms=40.0, machine=0.97)
        self.kind()
        self.gate()
        self.sample()
        self.reconciled()
        self.end()

    def read(self) -> LoadRun:
        return read_load_run(self.folder)
