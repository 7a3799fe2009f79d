"""Where a run stands, from its journal alone: which scenario, in which step, and what was seen of it last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from harness.catalogue.features import feature_path
from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, is_south
from harness.record.reader import read

_NETWORK = "network"
# A gateway that sends again and again to the network makes its entries without the bench going on.
_OF_THE_BENCH = re.compile(rb'^\{"v":\d+,"at":"[^"]*","by":"(?!network")', re.MULTILINE)
_STEP = re.compile(r"\s*(前提|もし|ならば|かつ|しかし|但し|ただし|\*)\s*\S")


@dataclass(frozen=True)
class Standing:
    """A scenario that was begun and has no check: by which process, the last line of it that is done, the last call."""

    by: str
    scenario: str
    file: str
    line: int
    last: str = ""

    def __str__(self) -> str:
        """As the user is told."""
        last = f"、最後の通信は {self.last}" if self.last else ""
        return f"{self.scenario} の手順「{_step_after(self.file, self.line)}」（{self.by}{last}）"


def standing(journal: Path) -> tuple[Standing, ...]:
    """Of every process that is in a scenario."""
    found: dict[str, Standing] = {}
    for entry in read(journal):
        by = entry["by"]
        if entry["type"] == Entry.SCENARIO:
            found[by] = Standing(by, entry["scenario"], entry["file"], entry["line"])
        elif entry["type"] in (Entry.CHECK, Entry.RUN):
            found.pop(by, None)
        elif by in found:
            found[by] = _further(found[by], entry)
    return tuple(found[by] for by in sorted(found))


@dataclass
class Progress:
    """How far a journal that is being written has been read."""

    journal: Path
    read: int = 0

    def made(self) -> bool:
        """Has the bench written anything since this was asked last? Not where the journal is gone: somebody else says so."""
        try:
            with self.journal.open("rb") as lines:
                lines.seek(self.read)
                new = lines.read()
        except OSError:
            return False
        whole = new[: new.rfind(b"\n") + 1]
        self.read += len(whole)
        return _OF_THE_BENCH.search(whole) is not None


def _further(standing: Standing, entry: AnyEntry) -> Standing:
    if entry["type"] == Entry.POLL or entry["type"] == Entry.CONTROL or is_south(entry):
        return replace(standing, last=f"{entry['method']} {entry['path']}"[:120])
    if entry["type"] == Entry.STEP:
        # Steps of a 背景 stand before the scenario: behind the last of them comes its first own step.
        return replace(standing, line=max(standing.line, entry["line"]))
    return standing


def _step_after(file: str, line: int) -> str:
    return next(_steps(feature_path(file), line), "終わり")


def _steps(path: Path, after: int) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for text in lines[after:]:
        if _STEP.match(text):
            yield text.strip()
        elif text.strip().startswith(("@", "シナリオ", "ルール", "例")):
            return
