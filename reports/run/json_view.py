"""results.json: the run, a verdict a requirement, a check a scenario. Its schema is results.schema.json."""

import json
from dataclasses import asdict

from harness.contract.texts import bounded, visible
from harness.record.conclusion import Assessment, RequirementResult, assess, count
from harness.record.effect import Effect, Pair, effects, pairs
from harness.record.known_checks import KnownResult
from harness.record.values import Pairs, Run, ScenarioRun, Step

FILE_NAME = "results.json"
VERSION = "1"
_TEXT = 10_000  # characters of one text; the whole is in the journal


def results(run: Run) -> bytes:
    """The JSON document, UTF-8. Texts are made fit to be shown; transcripts stay in the journal."""
    assessment = assess(run)
    document = {
        "schema": "renkei-results",
        "version": VERSION,
        "verdict": assessment.heading,
        "exit_code": int(assessment.exit),
        "complete": assessment.complete,
        "run": _run(assessment),
        "counts": {
            "requirements": count(r.verdict for r in assessment.results),
            "scenarios": count(s.outcome.verdict for s in run.scenarios),
            "executed_checks": assessment.executed,
            "damaged_entries": run.damaged,
        },
        "requirements": [_requirement(r) for r in assessment.results],
        "scenarios": [_scenario(s) for s in run.scenarios],
        "known": [_known(k) for k in assessment.known],
        "effects": [{"use_case": name, **_effect(effect)} for name, effect in effects(run)],
        "pairs": [_pair(pair) for pair in pairs(run)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _run(assessment: Assessment) -> dict[str, object]:
    meta, end = assessment.run.meta, assessment.run.end
    return {
        "run_id": _fit(meta.run_id),
        "seed": _fit(meta.seed),
        "gateway": _fit(meta.gateway),
        "organisation": _fit(meta.organisation),
        "product": _fit(meta.product),
        "versions": _object(meta.versions),
        "law": _fit_all(meta.law),
        "declares": {_fit(name): _fit_all(values) for name, values in meta.declares},
        "partial": assessment.partial,
        "command": _fit_all(meta.command),
        "started": meta.at,
        "seconds": end.seconds if end else None,
        "waiting_seconds": end.waiting_seconds if end else None,
        "recorded_exit_code": end.exit_code if end else None,
    }


def _requirement(result: RequirementResult) -> dict[str, object]:
    requirement = result.requirement
    return {
        "id": _fit(requirement.id),
        "level": requirement.level,
        "block": requirement.block,
        "function": requirement.function,
        "source": requirement.source,
        "ja": requirement.ja,
        "en": requirement.en,
        "verdict": result.verdict,
        "code": result.code or None,
        "reason": _fit(result.reason) or None,
        "scenarios": [_fit(s.scenario.id) for s in result.scenarios],
        "deciding": [_fit(s.scenario.id) for s in result.deciding],
    }


def _scenario(run: ScenarioRun) -> dict[str, object]:
    scenario, check = run.scenario, run.outcome
    return {
        "id": _fit(scenario.id),
        "use_case": _fit(scenario.use_case) or None,
        "feature": _fit(scenario.feature),
        "rule": _fit(scenario.rule) or None,
        "name": _fit(scenario.name),
        "example": _object(scenario.example),
        "file": _fit(scenario.file),
        "line": scenario.line,
        "requirements": _fit_all(run.requirements),
        "verdict": check.verdict,
        "code": _fit(check.code) or None,
        "observed": _fit(check.observed) or None,
        "expected": _fit(check.expected) or None,
        "see": _fit(check.see) or None,
        "step": _step(check.step) if check.step else None,
        "correlation_ids": _fit_all(check.correlation_ids),
        "seconds": check.seconds,
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {**asdict(effect), "ratio": effect.ratio}


def _pair(pair: Pair) -> dict[str, object]:
    sides = [
        {
            "regime": _fit(side.regime),
            "scenario": _fit(side.scenario.scenario.id),
            "decided": _fit(side.decided) or None,
            "verdict": side.scenario.outcome.verdict,
            "seconds": side.scenario.outcome.seconds,
            **_effect(side.effect),
        }
        for side in pair.sides
    ]
    return {"name": _fit(pair.name), "use_case": _fit(pair.use_case), "sides": sides}


def _known(known: KnownResult) -> dict[str, object]:
    entry = {name: _fit(str(value)) or None for name, value in known.entry.to_entry().items()}
    return {**entry, "state": known.state}


def _step(step: Step) -> dict[str, object]:
    return {"keyword": _fit(step.keyword), "text": _fit(step.text), "line": step.line}


def _object(pairs: Pairs) -> dict[str, str]:
    return {_fit(name): _fit(value) for name, value in pairs}


def _fit_all(texts: tuple[str, ...]) -> list[str]:
    return [_fit(text) for text in texts]


def _fit(text: str) -> str:
    return visible(bounded(text, _TEXT))
