"""Where failures are kept: on record, and in three files each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from harness.contract.journal import Entry, Journal
from harness.explore.feature import to_feature
from harness.explore.found import Found
from harness.explore.script import to_script
from harness.record.explored import Explored

FOLDER: Final = "exploration"  # in the run folder


def keep(folder: Path, journal: Journal, found: Sequence[Found], own: str) -> list[tuple[Explored, Path]]:
    """Each with the file that `renkei replay` reads; beside it a feature and a script of the same name. `own`: the organisation of the
    gateway."""
    return [_keep(folder / FOLDER, journal, one, own) for one in found]


def _keep(target: Path, journal: Journal, found: Found, own: str) -> tuple[Explored, Path]:
    target.mkdir(mode=0o700, exist_ok=True)
    number = len(list(target.glob("*.json"))) + 1
    told = explored(found, f"{number:02}-{found.violation.requirement}", own)
    journal.write(Entry.FOUND, **told.to_entry())
    for suffix, text in told.texts.items():
        (target / f"{told.name}{suffix}").write_text(text, encoding="utf-8")
    return told, target / f"{told.name}.json"


def explored(found: Found, name: str, own: str) -> Explored:
    """As a record keeps it."""
    violation = found.violation
    return Explored(
        name=name,
        requirement=violation.requirement,
        code=violation.code,
        observed=violation.observed,
        expected=violation.expected,
        where=violation.where,
        seed=found.seed,
        again=found.again,
        times=found.times,
        steps=len(found.story.ops),
        story=found.story.to_document(),
        feature=to_feature(found),
        script=to_script(found, name, own),
        returned=found.returned,
    )
