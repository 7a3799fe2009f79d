"""The judge's verdict on a record derived anew: whole from a run folder, of a bundle what a masked record shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.certificate.refused import Objection
from harness.contract.journal import FILE_NAME, WHOLE_RECORD, Entry
from harness.contract.journal_entries import AnyEntry, CheckEntry
from harness.model.judge import followed, looked_through, whole
from harness.model.violation import Violation
from harness.record.reader import read

_COMPARED = ("code", "observed", "expected")


@dataclass(frozen=True)
class Rejudged:
    """`derived`: requirements whose conviction by the whole record was come to again; `believed`: those that only the run folder
    shows; `objections`: where the record says something else."""

    derived: tuple[str, ...]
    believed: tuple[str, ...]
    objections: tuple[Objection, ...] = ()


def of_folder(folder: Path) -> Rejudged:
    """Everything that the model said of a run folder, anew. Raises ConfigurationError where it cannot be judged."""
    try:
        entries = list(read(folder / FILE_NAME))
        before = _before_the_end(folder, entries)
        found = (*looked_through(before), *whole(before).violations, *followed(before))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise ConfigurationError(f"{folder}: 実行の記録を判定できない（{type(error).__name__}）。") from error
    derived: dict[str, Violation] = {}
    for violation in found:
        derived.setdefault(violation.requirement, violation)
    said = _said(entries)
    return Rejudged(tuple(sorted(derived.keys() & said.keys())), (), tuple(_differing(said, derived)))


def of_bundle(entries: Sequence[AnyEntry]) -> Rejudged:
    """What of it a masked record shows, and what was believed: it holds neither bytes nor residents."""
    derived = {violation.requirement for violation in followed(entries)}
    said = _said(entries).keys()
    return Rejudged(tuple(sorted(said & derived)), tuple(sorted(said - derived)))


def _before_the_end(folder: Path, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
    """What the model had before it when it spoke."""
    places = [number for number, entry in enumerate(entries) if entry["type"] == Entry.OCCASIONS]
    if not places:
        raise ConfigurationError(f"{folder}: 全記録の判定がない。終わりまで実行した実行フォルダーを示す。")
    return list(entries[: places[-1]])


def _said(entries: Sequence[AnyEntry]) -> dict[str, CheckEntry]:
    """Requirement → the check by which the whole record convicts it."""
    return {
        entry["scenario"].partition(":")[2]: entry
        for entry in entries
        if entry["type"] == Entry.CHECK
        and entry["scenario"].startswith(f"{WHOLE_RECORD}:")
        and entry["verdict"] == Verdict.FAIL
    }


def _differing(said: Mapping[str, CheckEntry], derived: Mapping[str, Violation]) -> Iterator[Objection]:
    for id_ in sorted(said.keys() ^ derived.keys()):
        was, is_ = ("不合格", "違反なし") if id_ in said else ("違反なし", "不合格")
        yield Objection("VERDICT_DIFFERS", f"全記録による {id_} の判定 {was}", is_)
    for id_ in sorted(said.keys() & derived.keys()):
        now = {**derived[id_].to_entry(), "observed": derived[id_].told}
        check = said[id_]
        for name in _COMPARED:
            if check.get(name) != now[name]:
                yield Objection(
                    "RECORD_DIFFERS", f"{id_} の {name} {check.get(name)!s:.80}", f"{now[name]!s:.80}"
                )
