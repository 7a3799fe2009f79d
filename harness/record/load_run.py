"""A load run's folder → LoadRun. Reads line by line; what cannot be understood is counted, never a reason to stop."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from harness.catalogue.findings import findings
from harness.catalogue.load import gate_kinds, load_faults
from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.journal import FILE_NAME, Entry
from harness.contract.journal_entries import Said
from harness.contract.texts import one_line
from harness.record.fields import mapping, rows, text
from harness.record.reader import unbelieved, writer_of

_LONGEST = 300  # characters
_LONGEST_LINE = 1_000_000  # bytes of the first entry
SERIES: Final = MappingProxyType(
    {
        "response": "応答（予定 → 照会応答）",
        "acceptance": "受付（予定 → 202）",
        "service": "処理（送信 → 202）",
        "lag": "遅れ（予定 → 送信）",
    }
)


@dataclass(frozen=True)
class Gate:
    """One gate. `met`: None where it was not judged."""

    name: str
    limit: float | None
    observed: float | None
    met: bool | None

    @property
    def title(self) -> str:
        """What it is called."""
        kind = gate_kinds().get(self.name)
        return kind.ja if kind else self.name

    @property
    def unit(self) -> str:
        """ms, 件 or nothing."""
        kind = gate_kinds().get(self.name)
        return kind.unit if kind else ""

    @property
    def bound(self) -> str:
        """Its limit in words."""
        kind = gate_kinds().get(self.name)
        return f"{shown(self.limit)} {self.unit}{'以上' if kind and kind.at_least else '以下'}"

    @property
    def measured(self) -> str:
        """What was observed, in words."""
        return "測っていない" if self.observed is None else f"{shown(self.observed)} {self.unit}"

    @property
    def part(self) -> str:
        """Which part of the limit was reached; of a least, which multiple."""
        return "-" if not self.limit or self.observed is None else f"{self.observed / self.limit:.1%}"


@dataclass(frozen=True)
class RequestKind:
    """The requests of one use case, information and direction; percentiles: of their answers, ms."""

    name: str
    sent: float | None
    answered: float | None
    errors: float | None
    percentiles: Mapping[str, float | None]


@dataclass(frozen=True)
class LoadRun:
    """Everything that the journal of a load run says. `checked`: answers of the sample; `failed`: those that were not good;
    `end`: None where the run was cut off."""

    first: Said = field(default_factory=dict)
    calibration: Said | None = None
    seconds: tuple[Said, ...] = ()
    histograms: Mapping[str, Said] = field(default_factory=dict)
    effort: Said = field(default_factory=dict)
    kinds: tuple[RequestKind, ...] = ()
    gates: tuple[Gate, ...] = ()
    checked: int = 0
    failed: tuple[Said, ...] = ()
    reconciliation: Said | None = None
    end: Said | None = None
    damaged: int = 0

    @property
    def verdict(self) -> str:
        """合格, 不合格 or 判定不能."""
        known = text((self.end or {}).get("verdict"))
        return known if known in set(Verdict) else Verdict.INCONCLUSIVE

    @property
    def exit_code(self) -> int:
        """Of the run; 4 where it was cut off."""
        code = (self.end or {}).get("exit_code")
        if isinstance(code, int) and not isinstance(code, bool) and code in set(Exit):
            return code
        return Exit.INCONCLUSIVE

    @property
    def code(self) -> str:
        """Why it is not 合格; empty where it is."""
        return fit(self.end.get("code")) if self.end else "NOT_MEASURED"

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        if self.end is None:
            return "実行が途中で切れたため、判定しない。"
        if self.verdict == Verdict.PASS:
            return (
                f"すべてのゲートを守り、失われた応答も二度来た応答もなく、検査した {self.checked:,} 件の応答はすべて正しく、"
                "三つの記録も合う。"
            )
        finding = findings().get(self.code)
        told = [finding.ja] if finding else []
        told += [part for part in (fit(self.end.get("observed")), fit(self.end.get("stopped"))) if part]
        return "。".join(dict.fromkeys(told)) + "。"

    @property
    def measured(self) -> bool:
        """Did it end by itself, or because a gate was lost, so that what was carried until then tells how fast it may be?"""
        return (self.end or {}).get("complete") is True or self.code == "GATE_MISSED"

    @property
    def next(self) -> str:
        """The first thing to do."""
        finding = findings().get(self.code)
        return finding.next if finding else ""

    @property
    def faults(self) -> tuple[tuple[str, int, str], ...]:
        """(what, how many, example) of everything that does not agree."""
        counts = mapping((self.reconciliation or {}).get("counts"))
        return tuple(
            (fault.ja, count, _example(self.reconciliation, name))
            for name, fault in load_faults().items()
            if (count := _count(counts, name)) > 0
        )

    def total(self, name: str) -> int:
        """The sum of a count over all seconds."""
        return sum(_count(second, name) for second in self.seconds)


def read_load_run(folder: Path) -> LoadRun:
    """Of a folder's journal.jsonl. Raises OSError when there is none to read."""
    draft: dict[object, list[Said]] = {}
    damaged = 0
    with (folder / FILE_NAME).open("rb") as lines:
        for line in lines:
            try:
                entry, _ = unbelieved(line)
                draft.setdefault(entry["type"], []).append(entry)
            except (ValueError, LookupError, TypeError):
                damaged += 1
    samples = draft.get(Entry.SAMPLE, [])
    return LoadRun(
        first=_first(draft, Entry.LOAD) or {},
        calibration=_first(draft, Entry.CALIBRATION),
        seconds=tuple(draft.get(Entry.LOAD_SECOND, [])),
        histograms={text(written.get("series")): written for written in draft.get(Entry.LOAD_HISTOGRAM, [])},
        effort=_first(draft, Entry.LOAD_EFFORT) or {},
        kinds=tuple(_kind(written) for written in draft.get(Entry.LOAD_KIND, [])),
        gates=tuple(_gate(written) for written in draft.get(Entry.GATE, [])),
        checked=len(samples),
        failed=tuple(sample for sample in samples if sample.get("verdict") != Verdict.PASS),
        reconciliation=_first(draft, Entry.RECONCILIATION),
        end=_first(draft, Entry.END),
        damaged=damaged,
    )


def is_load_run(folder: Path) -> bool:
    """Did a load run write the journal of this folder? False where there is none."""
    try:
        with (folder / FILE_NAME).open("rb") as lines:
            return writer_of(lines.readline(_LONGEST_LINE)) == "load"
    except OSError:
        return False


def number(value: object) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def shown(value: float | None) -> str:
    """Small numbers with four digits, others to a tenth."""
    if value is None:
        return "-"
    return f"{value:,.4g}" if abs(value) < 10 else f"{value:,.1f}".removesuffix(".0")


def fit(value: object) -> str:
    """One line, fit to be shown."""
    return one_line(text(value), _LONGEST)


def mix_of(run: LoadRun) -> list[tuple[str, str, str, str]]:
    """(direction, use case, information, part of all) of what was asked."""
    ways = {"north": "照会を受ける", "south": "照会する"}
    found = rows(run.first.get("mix"))
    whole = sum(number(share.get("weight")) or 0.0 for share in found)
    return [
        (
            ways.get(text(share.get("face")), ""),
            fit(share.get("use_case")),
            fit(share.get("information")),
            f"{(number(share.get('weight')) or 0.0) / whole:.2%}" if whole > 0 else "-",
        )
        for share in found
    ]


def _count(counts: Said, name: str) -> int:
    """A whole number of at least 0; 0 for anything else."""
    count = counts.get(name)
    return max(0, int(count)) if isinstance(count, int) else 0


def _first(draft: Mapping[object, list[Said]], entry: Entry) -> Said | None:
    return next(iter(draft.get(entry, [])), None)


def _gate(entry: Said) -> Gate:
    met = entry.get("met")
    limit, observed = number(entry.get("limit")), number(entry.get("observed"))
    return Gate(fit(entry.get("name")), limit, observed, met if isinstance(met, bool) else None)


def _kind(entry: Said) -> RequestKind:
    counts = {name: number(entry.get(name)) for name in ("sent", "answered", "errors")}
    percentiles = {name: number(value) for name, value in mapping(entry.get("percentiles")).items()}
    return RequestKind(fit(entry.get("name")), percentiles=percentiles, **counts)


def _example(reconciliation: Said | None, name: str) -> str:
    found = (reconciliation or {}).get(name)
    return fit(found[0]) if isinstance(found, list) and found else ""
