"""results.sarif: what is not as it has to be, as code hosts show it beside the scenarios (SARIF 2.1.0, OASIS)."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Final, TypedDict
from urllib.parse import quote

from harness.catalogue.features import all_scenarios
from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.journal_entries import Said
from harness.contract.texts import bounded, visible
from harness.languages.choice import Tell, in_japanese
from harness.record.causes import blamed_first
from harness.record.conclusion import UNTAGGED, Assessment, assess
from harness.record.values import Run, ScenarioRun
from reports.run.reasons import heading

FILE_NAME = "results.sarif"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_TEXT = 2000  # characters of a message
_ROOT = "features/"  # where scenarios lie in the suite
_REQUIREMENT = "要件:"  # how the tags of a scenario begin that name what it checks
_LEVELS: Final = {Verdict.FAIL: "error", Verdict.INCONCLUSIVE: "warning", Verdict.KNOWN: "note"}


def sarif(run: Run, tell: Tell = in_japanese) -> bytes:
    """The document, UTF-8: one rule a requirement, one result a scenario and requirement that is not met. Scenarios do not lie in the
    vendor's repository: each result is shown at their statement, with the scenario as its logical location, and at no file where no
    statement was given."""
    assessment = assess(run)
    versions = dict(run.meta.versions)
    found = [*_checks(run, tell), *_untested(assessment, tell)]
    driver = {
        "name": "renkei",
        "version": versions.get("renkei", "0"),
        "rules": [_rule(id_, tell) for id_ in sorted({result["ruleId"] for result in found})],
    }
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": f"renkei/{run.meta.organisation or 'unknown'}"},
                "invocations": [{"executionSuccessful": assessment.complete}],
                "results": found,
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


class Result(TypedDict):
    """What is not as it has to be, at its place."""

    ruleId: str
    level: str
    message: dict[str, str]
    locations: list[Said]


def _rule(id_: str, tell: Tell) -> dict[str, object]:
    known = all_requirements().get(id_)
    texts = (known.ja, known.source, known.see) if known else ("要件カタログにない要件", "own", "")
    sentence, source, see = texts
    return {
        "id": id_,
        "shortDescription": {"text": tell(sentence)},
        "help": {"text": tell(f"根拠: {source}　確認先: {see}")},
        "properties": {"tags": [tell(known.function)] if known else []},
    }


def _checks(run: Run, tell: Tell) -> Iterable[Result]:
    for scenario in blamed_first(run.scenarios):
        level = _LEVELS.get(scenario.outcome.verdict)
        if level:
            for id_ in scenario.requirements or (UNTAGGED,):
                place = _place(scenario) if scenario.scenario.file else _place_of(id_)
                yield _result(id_, level, _message(scenario, tell), _locations(run, place))


def _untested(assessment: Assessment, tell: Tell) -> Iterable[Result]:
    for result in assessment.results:
        if result.code and result.verdict in _LEVELS:
            id_, level = result.requirement.id, _LEVELS[result.verdict]
            yield _result(id_, level, tell(result.reason), _locations(assessment.run, _place_of(id_)))


def _result(id_: str, level: str, text: str, locations: list[Said]) -> Result:
    message = {"text": visible(bounded(text, _TEXT))}
    return {"ruleId": id_, "level": level, "message": message, "locations": locations}


def _message(scenario: ScenarioRun, tell: Tell) -> str:
    check = scenario.outcome
    known = findings().get(check.code)
    parts = (
        f"{scenario.scenario.name}: {heading(check.code, tell)}",
        tell(f"観測: {check.observed}"),
        tell(f"期待: {check.expected}") if check.expected else "",
        tell(f"次に: {known.next}") if known else "",
    )
    return "\n".join(part for part in parts if part)


def _locations(run: Run, scenario: str) -> list[Said]:
    """At most one: the statement, and which scenario it was."""
    found: dict[str, object] = {}
    if run.meta.statement_place:
        uri = quote(visible(run.meta.statement_place))  # SARIF 2.1.0 §3.4.3: a URI reference
        found["physicalLocation"] = {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}}
    if scenario:
        found["logicalLocations"] = [{"fullyQualifiedName": scenario, "kind": "function"}]
    return [found] if found else []


def _place(scenario: ScenarioRun) -> str:
    """The step that found it, else the scenario."""
    step = scenario.outcome.step
    return _at(scenario.scenario.file, step.line if step else scenario.scenario.line)


def _place_of(requirement: str) -> str:
    """The first scenario that checks it, for what no scenario found; empty where there is none."""
    first = _first_scenarios().get(requirement)
    return _at(*first) if first else ""


def _at(file: str, line: int) -> str:
    return f"{_ROOT}{visible(file)}:{max(line, 1)}"


@cache
def _first_scenarios() -> dict[str, tuple[str, int]]:
    """Requirement → file and line of the first scenario that checks it."""
    found: dict[str, tuple[str, int]] = {}
    for scenario in all_scenarios():
        for tag in scenario.tags:
            found.setdefault(tag.removeprefix(_REQUIREMENT), (scenario.file, scenario.line))
    return found
