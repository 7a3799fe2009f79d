"""Who is blamed for what: each violation of the model with what follows from it, and by which rules a requirement was tried."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.model.violation import Violation
from harness.record.causes import causes
from harness.record.conclusion import RequirementResult
from harness.record.judged import Covered, coverage
from harness.record.values import Run, ScenarioRun


@dataclass(frozen=True)
class Blame:
    """A violation; `consequences`: what the model saw follow; `scenarios`: those that failed because of it."""

    violation: Violation
    consequences: tuple[Violation, ...]
    scenarios: tuple[ScenarioRun, ...]


def blames(run: Run) -> tuple[Blame, ...]:
    """Of every violation, in the order of time."""
    if run.judged is None:
        return ()
    found, judged = causes(run), run.judged
    return tuple(
        Blame(
            violation,
            judged.following(violation.rule),
            tuple(s for s in run.scenarios if found.get(s.scenario.id) is violation),
        )
        for violation in judged.violations
    )


def gravest_first(results: Iterable[RequirementResult], run: Run) -> list[RequirementResult]:
    """必須 before 推奨; what the model saw before what scenarios missed, in the order of time; what no check decides last."""
    seen = run.judged.violations if run.judged else ()
    place = {violation.requirement: number for number, violation in enumerate(seen)}

    def rank(result: RequirementResult) -> tuple[bool, bool, bool, int]:
        id_ = result.requirement.id
        return not result.mandatory, not result.deciding, not result.by_model, place.get(id_, len(place))

    return sorted(results, key=rank)


def covered(run: Run) -> tuple[Covered, ...]:
    """Every rule that holds for the gateway of this run; none where the model was not asked."""
    if run.judged is None:
        return ()
    return coverage(run.judged, run.meta.contract or "1", dict(run.meta.declares))


def by_requirement(run: Run) -> dict[str, tuple[Covered, ...]]:
    """The rules that hold, by the requirement that each belongs to."""
    found: dict[str, tuple[Covered, ...]] = {}
    for rule in covered(run):
        found[rule.rule.requirement] = (*found.get(rule.rule.requirement, ()), rule)
    return found
