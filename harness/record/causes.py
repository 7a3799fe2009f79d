"""From which violation the failure of a scenario follows: what a gateway did, as the model saw it, comes before what a scenario missed."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import WHOLE_RECORD
from harness.model.violation import Violation
from harness.record.values import Run, ScenarioRun

MANDATORY: Final = "必須"
# The scenario stumbled on its way to its check: it says that something is broken, not that this requirement is.
IN_PASSING: Final = frozenset({"PREREQUISITE", "PAIRED_POSITIVE_FAILED"})
_MISSED: Final = "NO_ANSWER"
_NONE: Final[Mapping[str, Violation]] = MappingProxyType({})


def causes(run: Run) -> Mapping[str, Violation]:
    """Id of a scenario that failed → the first violation of another requirement about the same persons or correlation ids."""
    if run.judged is None:
        return _NONE
    convicted = {s.scenario.id for s in run.scenarios if is_of_model(s) and s.outcome.verdict == Verdict.FAIL}
    first: dict[str, Violation] = {}
    for violation in run.judged.violations:
        if _name(violation) in convicted:
            for id_ in (violation.scenario, *violation.scenarios):
                first.setdefault(id_, violation)
    return {
        s.scenario.id: first[s.scenario.id]
        for s in run.scenarios
        if s.outcome.verdict == Verdict.FAIL and s.scenario.id in first and not _same(s, first[s.scenario.id])
    }


def is_of_model(scenario: ScenarioRun) -> bool:
    """A check of the whole record."""
    return scenario.scenario.id.startswith(f"{WHOLE_RECORD}:")


def blamed_first(scenarios: Iterable[ScenarioRun]) -> tuple[ScenarioRun, ...]:
    """What was found in the whole record comes before what scenarios found, each in its order."""
    return tuple(sorted(scenarios, key=lambda s: not is_of_model(s)))


def acquitted(scenario: ScenarioRun, cause: Violation) -> bool:
    """Does the failure say no more than that something did not come, where the violation says why? One that weighs less than
    what it would excuse excuses nothing."""
    requirement = all_requirements().get(cause.requirement)
    if requirement is None or requirement.level != MANDATORY:
        return False
    code = scenario.outcome.code
    return code in IN_PASSING or (code == _MISSED and cause.code != _MISSED)


def _same(scenario: ScenarioRun, violation: Violation) -> bool:
    return violation.requirement in scenario.requirements


def _name(violation: Violation) -> str:
    return f"{WHOLE_RECORD}:{violation.requirement}"
