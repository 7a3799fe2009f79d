"""What the workers of a load tell, put together: the sent log, what was dropped, and merged histograms, in one folder."""

import csv
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from load.send.latency import SHOWN, Latency, Series, merged
from load.send.sent import HEAD

SENT, DROPPED, LATENCY = "sent-0.csv", "dropped.csv", "latency.json"
BEGUN, STOP = "begun.json", "stop"
_BEGIN_SECONDS = (
    1.0  # from the order to begin until the first second begins: every worker has heard it by then
)


@dataclass(frozen=True)
class Report:
    """What a worker tells since it last told: lines of the sent log, made one by one, as a second's worth of them takes
    milliseconds in which nothing is sent; (index, planned_ns) of what it dropped. At its end: its histograms (series →
    base64), for the same reason."""

    worker: int
    sent: str
    dropped: list[tuple[int, int]]
    latency: dict[str, str]
    done: bool = False


@dataclass
class Collector:
    """Of one run. workers: how many have to come to their end."""

    folder: Path
    sent: TextIO
    dropped: TextIO
    workers: int = 0
    done: set[int] = field(default_factory=set)
    latency: dict[int, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def into(cls, folder: Path) -> "Collector":
        """Begins the files. Raises OSError."""
        sent = (folder / SENT).open("w", encoding="utf-8", newline="")
        dropped = (folder / DROPPED).open("w", encoding="utf-8", newline="")
        sent.write(HEAD)
        csv.writer(dropped).writerow(("index", "planned_ns"))
        return cls(folder, sent, dropped)

    def begin(self, workers: int) -> int:
        """So many are at work from now on; whoever follows the folder learns when the first second begins (wall clock,
        ns)."""
        self.workers, begin_ns = workers, soon()
        begun = self.folder / f".{BEGUN}"
        begun.write_text(json.dumps({"begin_ns": begin_ns}), encoding="utf-8")
        begun.replace(self.folder / BEGUN)
        return begin_ns

    @property
    def told_to_stop(self) -> bool:
        """Has somebody put a file there that says so?"""
        return (self.folder / STOP).exists()

    def take(self, report: Mapping[str, Any]) -> None:
        """What one worker told, the fields of Report. Lines are written whole, so that whoever follows the file is not
        misled."""
        self.sent.write(report["sent"])
        csv.writer(self.dropped).writerows(report["dropped"])
        self.sent.flush()
        self.dropped.flush()
        if report["done"]:
            self.done.add(report["worker"])
            self.latency[report["worker"]] = report["latency"]
            self._write_latency()

    def over(self, there: int) -> bool:
        """Have all come to their end, or are they gone? `there`: how many still answer."""
        return 0 < self.workers <= len(self.done) + max(0, self.workers - there)

    def summary(self) -> str:
        """Percentiles of all workers in ms, for whoever runs Locust by hand."""
        found = merged(self.latency.values())
        lines = [f"{'ms':>12}" + "".join(f"{p:>11g}%" for p in SHOWN)]
        lines += [f"{name:>12}" + _cells(found[name]) for name in Series if name in found]
        return "\n".join(lines)

    def _write_latency(self) -> None:
        found = {name: latency.encoded() for name, latency in merged(self.latency.values()).items()}
        (self.folder / LATENCY).write_text(json.dumps(found) + "\n", encoding="utf-8")


def read_latency(folder: Path) -> dict[Series, Latency]:
    """Of all workers; nothing where they were killed before they could tell. Raises OSError."""
    path = folder / LATENCY
    if not path.exists():
        return {}
    found = merged([json.loads(path.read_text(encoding="utf-8"))])
    return {Series(name): latency for name, latency in found.items()}


def soon() -> int:
    """When the first second begins, by the clock of this machine (ns)."""
    return time.time_ns() + int(_BEGIN_SECONDS * 1e9)


def as_message(report: Report) -> dict[str, object]:
    """As it goes from worker to master."""
    return dict(vars(report))


def _cells(latency: Latency) -> str:
    return "".join(f"{latency.ms(p) or 0.0:>12,.2f}" for p in SHOWN)
