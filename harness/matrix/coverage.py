"""Which scenarios a defect can change: those that call what it does otherwise. Every other one runs as it does on the
clean gateway, so that running it again would say nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.catalogue.features import CONTRACT_TAG, REQUIREMENT_TAG, TIME_TAG, all_scenarios
from harness.contract.journal import FILE_NAME, Entry
from harness.contract.messages import parse_timestamp
from harness.gateways.reference import CALLS_FILE
from harness.record.reader import read

# What a gateway does because of a scenario it may do a moment later; the next scenario is then counted in as well.
_AFTER_SECONDS, _BEFORE_SECONDS = 0.05, 0.02


@dataclass(frozen=True)
class Coverage:
    """Of each scenario of a clean run: its requirements, and the function.methods that were called meanwhile. `long`: those
    that take long."""

    requirements: Mapping[str, tuple[str, ...]]
    calls: Mapping[str, frozenset[str]]
    long: frozenset[str] = frozenset()

    def affected(self, methods: Iterable[str], requirement: str) -> tuple[str, ...]:
        """Scenarios that call one of these methods, and all of the requirement itself. What takes long calls nearly everything
        once more: it is run for its own requirement alone."""
        wanted = frozenset(methods)
        return tuple(
            id_
            for id_, ids in self.requirements.items()
            if requirement in ids or (id_ not in self.long and wanted & self.calls[id_])
        )


def later_scenarios(requirement: str) -> tuple[str, ...]:
    """Those about a requirement that a later version of the contract brought."""
    tag = f"{REQUIREMENT_TAG}{requirement}"
    return tuple(
        id_
        for scenario in all_scenarios()
        if tag in scenario.tags and any(t.startswith(CONTRACT_TAG) for t in scenario.tags)
        for id_ in scenario.ids
    )


def read_coverage(run_folder: Path) -> Coverage | None:
    """Of a run of one worker against `reference:calls`; None where there is no such record."""
    try:
        lines = [line.split() for line in (run_folder / CALLS_FILE).read_text(encoding="utf-8").splitlines()]
        called = sorted((float(moment), name) for moment, name in lines)
        windows = _windows(run_folder / FILE_NAME)
    except (OSError, ValueError):
        return None
    moments = [moment for moment, _ in called]
    calls = {}
    for id_, window in windows.items():
        first = bisect_left(moments, window.start - _BEFORE_SECONDS)
        calls[id_] = frozenset(
            name for _, name in called[first : bisect_right(moments, window.end + _AFTER_SECONDS)]
        )
    requirements = {id_: window.requirements for id_, window in windows.items()}
    return Coverage(requirements, calls, frozenset(id_ for id_, window in windows.items() if window.long))


@dataclass(frozen=True)
class _Window:
    """A scenario in time, in seconds since 1970."""

    start: float
    end: float
    requirements: tuple[str, ...]
    long: bool


def _windows(journal: Path) -> dict[str, _Window]:
    starts: dict[str, tuple[float, bool]] = {}
    windows = {}
    for entry in read(journal):
        moment = parse_timestamp(entry["at"]).timestamp()
        if entry["type"] == Entry.SCENARIO:
            long = any(tag.startswith(TIME_TAG) for tag in entry["tags"])
            starts[entry["scenario"]] = moment, long
        elif entry["type"] == Entry.CHECK:
            start, long = starts[entry["scenario"]]
            windows[entry["scenario"]] = _Window(start, moment, tuple(entry["requirements"]), long)
    return windows
