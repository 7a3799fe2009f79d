"""Traceability: section → requirement → scenario → last verdict → defect, of checks that were executed."""

import json
from dataclasses import dataclass
from typing import TypedDict

from harness.catalogue.requirements import Requirement, requirements
from harness.catalogue.sources import Section, requirements_from, sections
from harness.catalogue.verdicts import Verdict
from harness.contract.texts import one_line, visible
from harness.record.blame import by_requirement
from harness.record.conclusion import assess
from harness.record.judged import Covered
from harness.record.values import Run, ScenarioRun

FILE_NAME = "trace.json"
VERSION = "1"
NOT_RUN = "未実行"
_TEXT = 300


class DefectRow(TypedDict):
    """A defect in matrix.json, as far as it is read here."""

    name: str
    summary: str
    requirement: str
    own_convicts: bool


class MatrixDocument(TypedDict):
    """matrix.json, as far as it is read here (schema renkei-matrix)."""

    schema: str
    defects: list[DefectRow]


@dataclass(frozen=True)
class TracedDefect:
    """A defect that breaks a requirement, and whether the requirement convicted it when it was last tried."""

    name: str
    summary: str
    convicted: bool


@dataclass(frozen=True)
class TracedRequirement:
    """One requirement: its verdict in the run (未実行 where nothing was checked), the scenarios that were executed
    for it, its defects (None where there is no matrix), and its rules in the model."""

    requirement: Requirement
    verdict: str
    scenarios: tuple[ScenarioRun, ...]
    defects: tuple[TracedDefect, ...] | None
    rules: tuple[Covered, ...] = ()


@dataclass(frozen=True)
class TracedSection:
    """One section of the document with its requirements."""

    section: Section
    requirements: tuple[TracedRequirement, ...]


def trace(run: Run, matrix: MatrixDocument | None = None) -> tuple[TracedSection, ...]:
    """Every section in its order. `matrix`: a document of schema renkei-matrix."""
    results = {result.requirement.id: result for result in assess(run).results}
    defects, rules = _defects(matrix), by_requirement(run)
    traced: dict[str, TracedRequirement] = {}
    for requirement in requirements().values():
        result = results.get(requirement.id)
        executed = tuple(s for s in result.scenarios if s.check) if result else ()
        verdict = str(result.verdict) if result and (executed or _says(result.verdict)) else NOT_RUN
        found = None if defects is None else defects.get(requirement.id, ())
        traced[requirement.id] = TracedRequirement(
            requirement, verdict, executed, found, rules.get(requirement.id, ())
        )
    return tuple(TracedSection(s, tuple(traced[r.id] for r in requirements_from(s))) for s in sections())


def trace_json(run: Run, found: tuple[TracedSection, ...]) -> bytes:
    """trace.json: the same as a document."""
    document = {
        "schema": "renkei-trace",
        "version": VERSION,
        "run_id": _one_line(run.meta.run_id),
        "gateway": _one_line(run.meta.gateway),
        "contract": _one_line(run.meta.contract),
        "started": run.meta.at,
        "sections": [_section(section) for section in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _section(traced: TracedSection) -> dict[str, object]:
    section = traced.section
    return {
        "id": section.id,
        "title": section.title,
        "states": section.states,
        "why": section.why or None,
        "requirements": [_requirement(requirement) for requirement in traced.requirements],
    }


def _requirement(traced: TracedRequirement) -> dict[str, object]:
    requirement = traced.requirement
    return {
        "id": requirement.id,
        "ja": requirement.ja,
        "source": requirement.source,
        "block": requirement.block,
        "verdict": traced.verdict,
        "scenarios": [
            {"id": _one_line(s.scenario.id), "name": _one_line(s.scenario.name), "verdict": s.outcome.verdict}
            for s in traced.scenarios
        ],
        "rules": [
            {"id": c.rule.id, "see": c.rule.see, "occasions": c.occasions, "untried": list(c.untried)}
            for c in traced.rules
        ],
        "defects": None if traced.defects is None else [d.__dict__ for d in traced.defects],
    }


def _says(verdict: Verdict) -> bool:
    return verdict in {Verdict.NOT_APPLICABLE, Verdict.FAIL}


def _defects(matrix: MatrixDocument | None) -> dict[str, tuple[TracedDefect, ...]] | None:
    if matrix is None:
        return None
    found: dict[str, tuple[TracedDefect, ...]] = {}
    for row in matrix["defects"]:
        defect = TracedDefect(_one_line(row["name"]), _one_line(row["summary"]), row["own_convicts"] is True)
        found[row["requirement"]] = (*found.get(row["requirement"], ()), defect)
    return found


def _one_line(text: str) -> str:
    return one_line(visible(text), _TEXT)
