"""ctrf-report.json: the checks as CTRF has them (Common Test Report Format, https://ctrf.io), for readers that know nothing of ours."""

import json
from collections import Counter
from types import MappingProxyType

from harness.catalogue.verdicts import Verdict
from harness.contract.texts import bounded, one_line, visible
from harness.languages.choice import Tell, in_japanese
from harness.record.causes import blamed_first
from harness.record.values import Run, ScenarioRun
from reports import facts
from reports.run.reasons import heading

FILE_NAME = "ctrf-report.json"
_TEXT, _NAME = 2000, 300
_ROOT = "features/"  # where scenarios lie in the suite
# `other`: neither passed nor failed, which CTRF counts apart.
_STATUS = MappingProxyType(
    {
        Verdict.PASS: "passed",
        Verdict.FAIL: "failed",
        Verdict.KNOWN: "failed",
        Verdict.INCONCLUSIVE: "other",
        Verdict.NOT_APPLICABLE: "skipped",
    }
)


def ctrf(run: Run, tell: Tell = in_japanese) -> bytes:
    """The document, UTF-8: a test a scenario or row of an outline."""
    tests = [_test(scenario, tell) for scenario in blamed_first(run.scenarios)]
    start = run.meta.at or 0
    found = Counter(str(test["status"]) for test in tests)
    counts = {name: found[name] for name in ("passed", "failed", "pending", "skipped", "other")}
    stop = start + round(run.end.seconds * 1000) if run.end else start
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "results": {
            "tool": {"name": "renkei", "version": facts.suite(run.meta)},
            "summary": {"tests": len(tests), **counts, "start": start, "stop": stop},
            "tests": tests,
            "environment": {
                "appName": one_line(run.meta.product, _NAME),
                "testEnvironment": facts.organisation(run.meta),
            },
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _test(run: ScenarioRun, tell: Tell) -> dict[str, object]:
    scenario, check = run.scenario, run.outcome
    example = "、".join(value for _, value in scenario.example)
    test: dict[str, object] = {
        "name": one_line(f"{scenario.name}［{example}］" if example else scenario.name, _NAME),
        "status": _STATUS[check.verdict],
        "duration": round(check.seconds * 1000),
        "rawStatus": check.verdict,
        "tags": [one_line(id_, _NAME) for id_ in run.requirements],
    }
    if scenario.file:
        test |= {"filePath": visible(_ROOT + scenario.file), "line": max(scenario.line, 1)}
    if check.verdict != Verdict.PASS:
        lines = (("観測", check.observed), ("期待", check.expected), ("確認先", check.see))
        said = [f"{tell(label)}: {tell(value)}" for label, value in lines if value]
        test["message"] = visible(bounded("\n".join([heading(check.code, tell), *said]), _TEXT))
    return test
