"""Writes journals as a run would: a Book is one run folder with its journal."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, Entry, Journal

AT = "2012-08-01T00:00:00.000Z"
FILE = "01_児童扶養手当/署名.feature"


@dataclass(frozen=True)
class Book:
    """One run folder. Every method writes an entry; keywords replace its fields."""

    folder: Path
    journal: Journal

    @classmethod
    def open(cls, folder: Path) -> "Book":
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, Journal.open(folder / FILE_NAME, "bench"))

    @property
    def path(self) -> Path:
        return self.folder / FILE_NAME

    def write(self, entry: Entry, **fields: Any) -> None:
        self.journal.write(entry, **{"at": AT, **fields})

    def run(self, selected: dict[str, str | None] | None = None, **fields: Any) -> None:
        """The run entry; without `selected`, the whole catalogue is tested."""
        everything: dict[str, str | None] = dict.fromkeys(requirements())
        defaults: dict[str, Any] = {
            "run_id": "5a8f0d3e-3f57-4a2e-9a64-3c1f0a6d2b11",
            "seed": 20120801,
            "gateway": "http:http://127.0.0.1:9101/south",
            "organisation": "221007",
            "product": "Example Gateway 1.4.0",
            "statement": {"contract": "1"},
            "versions": {"renkei": "0.1.0"},
            "law": ["2015-09-09"],
            "declares": {"roles": ["照会側", "応答側"]},
            "selected": everything if selected is None else selected,
            "command": ["run"],
        }
        self.write(Entry.RUN, **{**defaults, **fields})

    def scenario(self, line: int, ids: tuple[str, ...], **fields: Any) -> str:
        """A scenario entry; returns the scenario's id."""
        file = fields.get("file", FILE)
        id_ = f"{file}:{line}"
        defaults: dict[str, Any] = {
            "scenario": id_,
            "use_case": "児童扶養手当",
            "feature": "電文の署名",
            "rule": "署名のない電文は受け付けない",
            "name": f"シナリオ{line}",
            "example": {},
            "file": file,
            "line": line,
            "tags": [f"要件:{i}" for i in ids],
            "requirements": list(ids),
        }
        values = {**defaults, **fields}
        self.write(Entry.SCENARIO, **values)
        return str(values["scenario"])

    def step(self, scenario: str, text: str = "照会依頼を送る", outcome: str = "ok", **fields: Any) -> None:
        defaults = {"keyword": "もし", "text": text, "line": 12, "outcome": outcome, "seconds": 0.012}
        self.write(Entry.STEP, scenario=scenario, **{**defaults, **fields})

    def check(self, scenario: str, ids: tuple[str, ...], verdict: Any = Verdict.PASS, **fields: Any) -> None:
        failed = verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)
        step = {"keyword": "ならば", "text": "拒否される", "line": 14}
        defaults: dict[str, Any] = {
            "requirements": list(ids),
            "verdict": verdict,
            "code": "NOT_REFUSED" if failed else None,
            "observed": "POST /v1/inbox に 202" if failed else None,
            "expected": "POST /v1/inbox に 401 SIGNATURE_INVALID（暗号・署名）" if failed else None,
            "see": "電文の外側の署名検証",
            "step": step if failed else None,
            "persons": [],
            "correlation_ids": [],
            "seconds": 0.25,
        }
        self.write(Entry.CHECK, scenario=scenario, **{**defaults, **fields})

    def checked(self, line: int, ids: tuple[str, ...], verdict: Any = Verdict.PASS, **fields: Any) -> str:
        """A whole scenario: announced, one step, checked."""
        id_ = self.scenario(line, ids)
        self.step(id_, outcome="failed" if verdict == Verdict.FAIL else "ok")
        self.check(id_, ids, verdict, **fields)
        return id_

    def south(self, scenario: str, **fields: Any) -> None:
        defaults: dict[str, Any] = {
            "method": "POST",
            "path": "/v1/enquiries",
            "request": {"key": "平成23年"},
            "status": 202,
        }
        self.write(Entry.EXCHANGE, face="south", scenario=scenario, **{**defaults, **fields})

    def north(self, **fields: Any) -> None:
        defaults: dict[str, Any] = {
            "direction": "received",
            "person": None,
            "header": None,
            "content": {"items": {}},
        }
        self.write(Entry.EXCHANGE, face="north", **{**defaults, **fields})

    def everything_passes(self) -> None:
        """A passing scenario for every requirement of the catalogue."""
        for line, id_ in enumerate(requirements(), start=10):
            self.checked(line, (id_,))

    def end(self, **fields: Any) -> None:
        defaults: dict[str, Any] = {"exit_code": 0, "complete": True, "seconds": 8.2, "waiting_seconds": 3.1}
        self.write(Entry.END, **{**defaults, **fields})
