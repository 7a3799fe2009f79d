"""results.json: the run, a verdict a requirement, a check a scenario. Its schema is results.schema.json."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from harness.contract.texts import bounded, visible
from harness.record.causes import blamed_first
from harness.record.conclusion import Assessment, RequirementResult, assess, count
from harness.record.effect import Effect, Pair, effects, pairs
from harness.record.explored import Explored
from harness.record.known_failure_states import KnownFailureState
from harness.record.values import Pairs, Run, ScenarioRun, Step
from reports.run.interconnection import Half, interconnection_of
from reports.run.judge_view import judge_of

FILE_NAME = "results.json"
VERSION = "1"
_TEXT = 10_000  # characters of one text; the whole is in the journal


def results(run: Run, halves: Sequence[Half] = ()) -> bytes:
    """The JSON document, UTF-8. Texts are made fit to be shown; transcripts stay in the journal. `halves`: of two gateways against each
    other, of which this is about one."""
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
        "scenarios": [_scenario(s) for s in blamed_first(run.scenarios)],
        "known": [_known_failure(state) for state in assessment.known_failures],
        "effects": [{"use_case": name, **_effect(effect)} for name, effect in effects(run)],
        "pairs": [_pair(pair) for pair in pairs(run)],
        **judge_of(run),
        **interconnection_of(halves),
        **({"explored": [_explored(found) for found in run.found]} if run.found else {}),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _run(assessment: Assessment) -> dict[str, object]:
    meta, end = assessment.run.meta, assessment.run.end
    return {
        "run_id": _bounded(meta.run_id),
        "seed": _bounded(meta.seed),
        "gateway": _bounded(meta.gateway),
        "organisation": _bounded(meta.organisation),
        "product": _bounded(meta.product),
        "contract": _bounded(meta.contract),
        "versions": _object(meta.versions),
        "law": _each_bounded(meta.law),
        "declares": {_bounded(name): _each_bounded(values) for name, values in meta.declares},
        "partial": assessment.partial,
        "command": _each_bounded(meta.command),
        "started": meta.at,
        "seconds": end.seconds if end else None,
        "waiting_seconds": end.waiting_seconds if end else None,
        "recorded_exit_code": end.exit_code if end else None,
    }


def _requirement(result: RequirementResult) -> dict[str, object]:
    requirement = result.requirement
    return {
        "id": _bounded(requirement.id),
        "level": requirement.level,
        "block": requirement.block,
        "function": requirement.function,
        "source": requirement.source,
        "ja": requirement.ja,
        "en": requirement.en,
        "verdict": result.verdict,
        "code": result.code or None,
        "reason": _bounded(result.reason) or None,
        "scenarios": [_bounded(s.scenario.id) for s in result.scenarios],
        "deciding": [_bounded(s.scenario.id) for s in result.deciding],
    }


def _scenario(run: ScenarioRun) -> dict[str, object]:
    scenario, check = run.scenario, run.outcome
    return {
        "id": _bounded(scenario.id),
        "use_case": _bounded(scenario.use_case) or None,
        "feature": _bounded(scenario.feature),
        "rule": _bounded(scenario.rule) or None,
        "name": _bounded(scenario.name),
        "example": _object(scenario.example),
        "file": _bounded(scenario.file),
        "line": scenario.line,
        "requirements": _each_bounded(run.requirements),
        "verdict": check.verdict,
        "code": _bounded(check.code) or None,
        "observed": _bounded(check.observed) or None,
        "expected": _bounded(check.expected) or None,
        "see": _bounded(check.see) or None,
        "step": _step(check.step) if check.step else None,
        "correlation_ids": _each_bounded(check.correlation_ids),
        "seconds": check.seconds,
    }


def _explored(found: Explored) -> dict[str, object]:
    """The three texts, as they are: cut they would be no use."""
    return {
        "name": _bounded(found.name),
        "requirement": _bounded(found.requirement),
        "code": _bounded(found.code),
        "sentence": _bounded(found.sentence),
        "where": _bounded(found.where),
        "again": found.again,
        "times": found.times,
        "steps": found.steps,
        "returned": found.returned,
        "texts": {suffix: visible(text) for suffix, text in found.texts.items()},
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {**asdict(effect), "ratio": effect.ratio}


def _pair(pair: Pair) -> dict[str, object]:
    sides = [
        {
            "regime": _bounded(side.regime),
            "scenario": _bounded(side.scenario.scenario.id),
            "decided": _bounded(side.decided) or None,
            "verdict": side.scenario.outcome.verdict,
            "seconds": side.scenario.outcome.seconds,
            "days": side.days,
            "acts": side.acts,
            **_effect(side.effect),
        }
        for side in pair.sides
    ]
    saved = asdict(pair.saved) if pair.saved else None
    return {"name": _bounded(pair.name), "use_case": _bounded(pair.use_case), "sides": sides, "saved": saved}


def _known_failure(known_failure: KnownFailureState) -> dict[str, object]:
    entry = {name: _bounded(str(value)) or None for name, value in known_failure.entry.to_entry().items()}
    return {**entry, "state": known_failure.state}


def _step(step: Step) -> dict[str, object]:
    return {"keyword": _bounded(step.keyword), "text": _bounded(step.text), "line": step.line}


def _object(pairs: Pairs) -> dict[str, str]:
    return {_bounded(name): _bounded(value) for name, value in pairs}


def _each_bounded(texts: tuple[str, ...]) -> list[str]:
    return [_bounded(text) for text in texts]


def _bounded(text: str) -> str:
    return visible(bounded(text, _TEXT))
