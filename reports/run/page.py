"""The HTML report as frozen values: what a reader in a hurry needs first, then everything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby

from harness.catalogue.findings import findings
from harness.catalogue.requirements import Requirement
from harness.catalogue.verdicts import Verdict
from harness.contract.decision_scope import Scope, scope_of
from harness.contract.journal_entries import Said
from harness.contract.law import versions
from harness.contract.law.regimes import Regime, regime
from harness.contract.texts import bounded, one_line, visible
from harness.contract.use_cases import UseCase, use_cases
from harness.languages.choice import Tell
from harness.record.blame import by_requirement, covered, gravest_first
from harness.record.conclusion import Assessment, RequirementResult, assess, count
from harness.record.effect import Effect, Pair, effects, pairs
from harness.record.judged import Covered
from harness.record.values import Check, Run, ScenarioRun
from reports.matrix.block import Proof, proof_of
from reports.run.interconnection import Half
from reports.run.judge_words import not_tried
from reports.run.reasons import MEANS, heading, reasons, where
from reports.run.transcript import transcript

_NAME, _OBSERVED = 200, 4_000  # characters
# Characters of one text in a transcript, for checks that passed and for the others, from the most to the least that
# the page may carry: 1,000 checks must stay below 10 MB.
_LIMITS = ((2_000, 8_000), (400, 4_000), (80, 1_000), (0, 400), (0, 0))
_LARGEST = 7_000_000  # bytes of all transcripts
KINDS: Mapping[Verdict, str] = {
    Verdict.PASS: "pass",
    Verdict.FAIL: "fail",
    Verdict.KNOWN: "known",
    Verdict.INCONCLUSIVE: "unclear",
    Verdict.NOT_APPLICABLE: "none",
}
_ORDER = (Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class Group:
    """Requirements of one function: 責任分解点 and function, then results in the catalogue's order."""

    where: str
    results: tuple[RequirementResult, ...]


@dataclass(frozen=True)
class Case:
    """A use case with its scenarios, how each verdict occurs, and what the linkage saves; effect None where none ran, scope
    where nothing is decided."""

    use_case: UseCase
    scenarios: tuple[ScenarioRun, ...]
    counts: Mapping[Verdict, int]
    effect: Effect | None
    scope: Scope | None = None


@dataclass(frozen=True)
class CheckLine:
    """One check: its requirements as far as they are known, and the functions that they belong to."""

    scenario: ScenarioRun
    requirements: tuple[Requirement, ...]
    functions: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Everything that the template shows."""

    assessment: Assessment
    reasons: tuple[str, ...]
    counts: tuple[tuple[Verdict, int], ...]
    urgent: tuple[RequirementResult, ...]
    groups: tuple[Group, ...]
    cases: tuple[Case, ...]
    pairs: tuple[Pair, ...]
    laws: tuple[Regime, ...]
    lines: tuple[CheckLine, ...]
    transcripts: Mapping[str, list[dict[str, object]]]
    proof: Proof | None = None
    rules: tuple[Covered, ...] = ()
    untried: Mapping[str, str] = field(default_factory=dict)
    halves: tuple[Half, ...] = ()

    @property
    def means(self) -> str:
        """What the verdict says, and what it does not."""
        return MEANS[self.assessment.heading]

    @property
    def not_applicable(self) -> Mapping[str, tuple[str, ...]]:
        """Why requirements are 対象外 → which."""
        found: dict[str, tuple[str, ...]] = {}
        for result in self.assessment.results:
            if result.verdict == Verdict.NOT_APPLICABLE:
                found[result.reason] = (*found.get(result.reason, ()), result.requirement.id)
        return found

    @property
    def run(self) -> Run:
        """The run that it is about."""
        return self.assessment.run


def page_of(run: Run, matrix: Said | None = None, halves: Sequence[Half] = ()) -> Page:
    """A run as a page, with what matrix.json says of the suite; `halves`: of two gateways against each other."""
    assessment, rules = assess(run), by_requirement(run)
    found = count(result.verdict for result in assessment.results)
    return Page(
        assessment=assessment,
        reasons=tuple(reasons(assessment)),
        counts=tuple((verdict, found[verdict]) for verdict in _ORDER),
        urgent=tuple(_urgent(assessment)),
        groups=tuple(
            Group(place, tuple(group))
            for place, group in groupby(assessment.results, key=lambda r: where(r.requirement))
        ),
        cases=tuple(_cases(run)),
        pairs=pairs(run),
        laws=tuple(regime(name) for name in run.meta.law if name in versions()),
        lines=tuple(_lines(assessment)),
        transcripts=_transcripts(run),
        proof=proof_of(matrix),
        rules=covered(run),
        untried={r.requirement.id: not_tried(r, rules) for r in assessment.results},
        halves=tuple(halves),
    )


def anchor(scenario_id: str) -> str:
    """What a deep link to a check is called: the same in every run."""
    return "c" + blake2b(scenario_id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def next_step(check: Check, tell: Tell) -> str:
    """直し方: the first thing to do about a finding, "" where the code is none of ours, or 確認先 says it already."""
    finding = findings().get(check.code)
    return "" if not finding or finding.next in check.see else tell(finding.next)


def fit(value: object) -> str:
    """One line, fit to be shown."""
    return one_line(str(value), _NAME)


def whole(value: object) -> str:
    """An observation in its own lines, fit to be shown."""
    return visible(bounded(str(value), _OBSERVED))


def meaning(check: Check, tell: Tell) -> str:
    """What the code of a check means."""
    return heading(check.code, tell) if check.code else ""


def _urgent(assessment: Assessment) -> list[RequirementResult]:
    """What to look at first: 必須 before 推奨, what a check observed before what none did, failures before the rest, and of these
    what the model saw."""
    bad = [r for r in assessment.results if r.verdict in (Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE)]
    first = gravest_first(bad, assessment.run)
    return sorted(first, key=lambda r: (not r.mandatory, not r.deciding, _ORDER.index(r.verdict)))


def _lines(assessment: Assessment) -> Iterable[CheckLine]:
    known = {result.requirement.id: result.requirement for result in assessment.results}
    for scenario in assessment.run.scenarios:
        found = tuple(known[id_] for id_ in scenario.requirements if id_ in known)
        yield CheckLine(scenario, found, tuple(dict.fromkeys(map(where, found))))


def _cases(run: Run) -> Iterable[Case]:
    saved = dict(effects(run))
    for name, use_case in use_cases().items():
        scenarios = tuple(s for s in run.scenarios if s.scenario.use_case == name)
        if scenarios:
            verdicts = count(s.outcome.verdict for s in scenarios)
            yield Case(use_case, scenarios, verdicts, saved.get(name), scope_of(name))


def _transcripts(run: Run) -> dict[str, list[dict[str, object]]]:
    *larger, smallest = _LIMITS
    fitting = (found for limits in larger if (found := _within(run, limits, _LARGEST)) is not None)
    return next(fitting, None) or _within(run, smallest, None) or {}


def _within(run: Run, limits: tuple[int, int], most: int | None) -> dict[str, list[dict[str, object]]] | None:
    """None as soon as they are more than that, in bytes."""
    for_passed, for_others = limits
    found, size = {}, 0
    for scenario in run.scenarios:
        limit = for_passed if scenario.outcome.verdict == Verdict.PASS else for_others
        exchanges = transcript(scenario, limit)
        found[anchor(scenario.scenario.id)] = exchanges
        size += _size(exchanges) if most is not None else 0
        if most is not None and size > most:
            return None
    return found


def _size(exchanges: list[dict[str, object]]) -> int:
    return sum(len(repr(exchange)) for exchange in exchanges) * 2  # Japanese takes three bytes a character
