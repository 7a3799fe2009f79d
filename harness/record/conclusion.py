"""Verdicts of requirements and the exit code, derived from the checks. Every view takes them from here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from harness.catalogue.requirements import Requirement, all_requirements, requirements
from harness.catalogue.verdicts import Exit, Verdict
from harness.model.violation import Violation
from harness.record.causes import MANDATORY, acquitted, causes, is_of_model
from harness.record.known_failure_states import WRONG, KnownFailureState, states
from harness.record.values import Run, ScenarioRun

UNTAGGED = "要件なし"
INTERCONNECTION = (
    "相互接続"  # in place of a requirement: that two gateways come to the end of what they do together
)
BENCH_ERROR = "BENCH_ERROR"
PREREQUISITE = "PREREQUISITE"
NOT_EXECUTED = "NOT_EXECUTED"
CONSEQUENCE = "CONSEQUENCE"
NOT_CONFORMING = frozenset({Verdict.FAIL, Verdict.KNOWN})
HEADINGS: Mapping[Exit, str] = MappingProxyType({Exit.CONFORMS: "適合", Exit.DOES_NOT_CONFORM: "不適合"})

# What decides a requirement when its scenarios differ, strongest first.
_STRONGEST_FIRST = (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.KNOWN)


@dataclass(frozen=True)
class RequirementResult:
    """What one requirement came to. `code` and `reason` say why where no single check does."""

    requirement: Requirement
    verdict: Verdict
    scenarios: tuple[ScenarioRun, ...]
    code: str = ""
    reason: str = ""

    @property
    def deciding(self) -> tuple[ScenarioRun, ...]:
        """The scenarios whose check has the verdict of the requirement, what the model saw first."""
        found = (s for s in self.scenarios if s.outcome.verdict == self.verdict)
        return tuple(sorted(found, key=lambda s: not is_of_model(s)))

    @property
    def by_model(self) -> bool:
        """Whether the model of the contract saw it itself."""
        return any(is_of_model(s) for s in self.deciding)

    @property
    def mandatory(self) -> bool:
        """Whether it weighs on the exit code."""
        return self.requirement.level == MANDATORY


@dataclass(frozen=True)
class Assessment:
    """A run judged: the requirements that take part, in the catalogue's order, and the exit code."""

    run: Run
    complete: bool
    results: tuple[RequirementResult, ...]
    exit: Exit
    known_failures: tuple[KnownFailureState, ...] = ()

    @property
    def heading(self) -> str:
        """適合, 不適合 or 判定不能."""
        return HEADINGS.get(self.exit, Verdict.INCONCLUSIVE.value)

    @property
    def executed(self) -> int:
        """How many checks were carried out."""
        return executed(self.run.scenarios)

    @property
    def partial(self) -> bool:
        """Whether requirements, scenarios or rows of outlines were left out by the one who started the run. What the
        statement does not declare is 対象外 and leaves the run whole."""
        meta = self.run.meta
        left_out = requirements().keys() - meta.selected.keys()
        return meta.brief or meta.narrowed or meta.chosen or bool(left_out)

    @property
    def wrong_known_failures(self) -> tuple[KnownFailureState, ...]:
        """Entries of the file of known failures that fail the run by themselves."""
        return tuple(result for result in self.known_failures if result.state in WRONG)


def assess(run: Run, *, complete: bool | None = None) -> Assessment:
    """Judges a run. `complete` is for the one who is about to write the end entry; a damaged record stays
    incomplete all the same."""
    whole = run.complete if complete is None else complete and run.whole
    # A run in which nothing at all was checked says something about the bench, nothing about the gateway.
    results = tuple(_results(run, whole and executed(run.scenarios) > 0))
    known_failures = states(run)
    wrong = any(result.state in WRONG for result in known_failures)
    return Assessment(run, whole, results, _exit(run, whole, results, wrong), known_failures)


def exit_code(run: Run, *, complete: bool | None = None) -> Exit:
    """3 the bench broke, else 1 a 必須 requirement is not met or an entry of the known failures is wrong, else 3 the
    bench failed, else 4 incomplete, inconclusive or nothing checked, else 0. `complete` as in assess."""
    return assess(run, complete=complete).exit


def executed(scenarios: Iterable[ScenarioRun]) -> int:
    """How many of these were checked to an end; 対象外 is none."""
    return sum(s.check is not None and s.check.verdict != Verdict.NOT_APPLICABLE for s in scenarios)


def count(verdicts: Iterable[Verdict]) -> dict[Verdict, int]:
    """How often each verdict occurs, those that do not with 0."""
    found = Counter(verdicts)
    return {verdict: found[verdict] for verdict in Verdict}


def _exit(run: Run, whole: bool, results: tuple[RequirementResult, ...], wrong: bool) -> Exit:
    if run.end and run.end.broken:
        return Exit.BENCH_ERROR
    mandatory = {r.verdict for r in results if r.mandatory}
    if wrong or mandatory & NOT_CONFORMING:
        return Exit.DOES_NOT_CONFORM
    if any(s.outcome.code == BENCH_ERROR for s in run.scenarios):
        return Exit.BENCH_ERROR
    if not whole or Verdict.INCONCLUSIVE in mandatory or not executed(run.scenarios):
        return Exit.INCONCLUSIVE
    return Exit.CONFORMS


def _results(run: Run, conclusive: bool) -> Iterable[RequirementResult]:
    scenarios = _by_requirement(run)
    catalogue, follows = all_requirements(), causes(run)
    known = [id_ for id_ in catalogue if id_ in scenarios or id_ in run.meta.selected]
    unknown = sorted((scenarios.keys() | run.meta.selected.keys()) - catalogue.keys())
    for id_ in unknown + known if run.meta.side else known + unknown:
        requirement = catalogue.get(id_) or _outside_the_catalogue(id_)
        result = _result(requirement, tuple(scenarios.get(id_, ())), run, follows, conclusive)
        if result is not None:
            yield result


def _result(
    requirement: Requirement,
    scenarios: tuple[ScenarioRun, ...],
    run: Run,
    known: Mapping[str, Violation],
    conclusive: bool,
) -> RequirementResult | None:
    """None for a requirement that was not asked for and that no scenario speaks against: a scenario run for
    the sake of another requirement is no proof of this one. `known`: from what failures of scenarios follow."""
    follows = [known[s.scenario.id] for s in scenarios if _acquitted(s, known)]
    verdicts = {s.outcome.verdict for s in scenarios if not _acquitted(s, known)}
    for verdict in _STRONGEST_FIRST:
        if verdict in verdicts:
            return RequirementResult(requirement, verdict, scenarios)
    if requirement.id not in run.meta.selected or (run.meta.narrowed and not scenarios):
        return None
    if follows:
        return RequirementResult(requirement, Verdict.INCONCLUSIVE, scenarios, CONSEQUENCE, _because(follows))
    return _unopposed(requirement, scenarios, run, conclusive)


def _unopposed(
    requirement: Requirement, scenarios: tuple[ScenarioRun, ...], run: Run, conclusive: bool
) -> RequirementResult:
    """Of a requirement that nothing speaks against."""
    if (reason := run.meta.selected[requirement.id]) is not None:
        return RequirementResult(requirement, Verdict.NOT_APPLICABLE, scenarios, reason=reason)
    if executed(scenarios):
        return RequirementResult(requirement, Verdict.PASS, scenarios)
    return _not_executed(requirement, scenarios, conclusive)


def _acquitted(scenario: ScenarioRun, known: Mapping[str, Violation]) -> bool:
    cause = known.get(scenario.scenario.id)
    return cause is not None and acquitted(scenario, cause)


def _because(causes: Iterable[Violation]) -> str:
    named = "、".join(dict.fromkeys(cause.requirement for cause in causes))
    return f"{named} の違反の帰結であり、この要件については判定できない"


def _not_executed(
    requirement: Requirement, scenarios: tuple[ScenarioRun, ...], conclusive: bool
) -> RequirementResult:
    """A 必須 requirement that a conclusive run did not test is 不合格: what cannot be tested is not met."""
    if conclusive and requirement.level == MANDATORY:
        reason = "この要件の検査が一つも実行されていない"
        return RequirementResult(requirement, Verdict.FAIL, scenarios, PREREQUISITE, reason)
    reason = "検査が実行されていない"
    return RequirementResult(requirement, Verdict.INCONCLUSIVE, scenarios, NOT_EXECUTED, reason)


def _by_requirement(run: Run) -> dict[str, list[ScenarioRun]]:
    found: dict[str, list[ScenarioRun]] = {}
    for scenario in run.scenarios:
        for id_ in scenario.requirements or (INTERCONNECTION if run.meta.side else UNTAGGED,):
            found.setdefault(id_, []).append(scenario)
    return found


def _outside_the_catalogue(id_: str) -> Requirement:
    """必須, so that a failure under an unknown id is not lost."""
    unknown = Requirement(
        id=id_,
        ja="要件カタログにない要件",
        en="Not in the catalogue",
        level=MANDATORY,
        kind="positive",
        source="own",
        role="",
        see="シナリオの @要件 タグ",
        since="",
        function="要件カタログの外",
        block="検証環境",
    )
    if id_ != INTERCONNECTION:
        return unknown
    return replace(
        unknown,
        ja="二つのゲートウェイの間の照会と連絡が、終わりまで進む",
        en="What two gateways ask and tell each other comes to its end",
        source="own（相互接続確認）",
        see="判定不能のときは、二つの側のそれぞれの不合格",
        function="相互接続",
    )


def combined(exits: Iterable[Exit]) -> Exit:
    """Of two gateways against each other: what is worst for either, a fault of the bench after a violation, as for one."""
    found = set(exits)
    order = (Exit.DOES_NOT_CONFORM, Exit.BENCH_ERROR, Exit.INCONCLUSIVE)
    return next((exit_ for exit_ in order if exit_ in found), Exit.CONFORMS)
