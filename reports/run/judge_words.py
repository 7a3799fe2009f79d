"""The model's verdict in words, the same for every reader: what follows from what, and what was not tried."""

from collections.abc import Iterator, Mapping

from harness.catalogue.verdicts import Verdict
from harness.contract.journal import WHOLE_RECORD
from harness.contract.texts import one_line
from harness.languages.choice import Tell
from harness.model.kinds import ENOUGH
from harness.model.rules import rules
from harness.model.violation import Violation
from harness.record.blame import blames, covered
from harness.record.causes import causes
from harness.record.conclusion import RequirementResult
from harness.record.judged import Covered
from harness.record.values import Run
from reports.run.sample_words import few_kinds

_NAME = 120


def consequences(run: Run, tell: Tell) -> dict[str, tuple[str, ...]]:
    """Requirement that the model convicts → what follows from its violation, a line each."""
    return {
        blame.violation.requirement: (
            *(_followed(violation, tell) for violation in blame.consequences),
            *(
                _missed(one_line(s.scenario.name, _NAME), s.requirements, s.outcome.code, tell)
                for s in blame.scenarios
            ),
        )
        for blame in blames(run)
    }


def notes(run: Run, tell: Tell) -> dict[str, tuple[str, str]]:
    """Id of a scenario → label and text: what follows from what it found, or from which violation it follows."""
    follows = consequences(run, tell)
    found = {f"{WHOLE_RECORD}:{id_}": ("帰結", "\n".join(lines)) for id_, lines in follows.items() if lines}
    for id_, cause in causes(run).items():
        found[id_] = ("原因", tell(f"要件 {one_line(cause.requirement, _NAME)} の違反の帰結である"))
    return found


def not_tried(result: RequirementResult, found: Mapping[str, tuple[Covered, ...]]) -> str:
    """Of a requirement that passed: that none of its rules in the model had an occasion, in words; else empty."""
    rules_ = found.get(result.requirement.id, ())
    if result.verdict != Verdict.PASS or not rules_ or any(rule.occasions for rule in rules_):
        return ""
    return f"全記録の規則 {len(rules_)}件は未実施"


def coverage_lines(run: Run) -> Iterator[str]:
    """How much of the model a run tried, in one sentence; nothing where the model was not asked."""
    found = covered(run)
    if found:
        alternatives = sum(len(c.rule.alternatives) for c in found)
        untried = sum(len(c.untried) for c in found)
        never = sum(not c.occasions for c in found)
        yield (
            f"全記録の規則 {len(found)}件（うち未実施 {never}件）、選択肢 {alternatives}件（うち未実施 {untried}件）。"
            "規則ごとの機会と、95%で見つかる誤りの率は、報告（HTML）と results.json にある。"
        )
        yield _few_line(run)


def _few_line(run: Run) -> str:
    """How many kinds of exchange came too seldom, and which option makes them more."""
    declared = sum(not one.lacks for one in few_kinds(run))
    said = f"やり取りの種類のうち、{ENOUGH}回に満たないもの {declared}。標本で済ませたものは、報告（HTML）に挙げる"
    return f"{said}。" if run.meta.thorough else f"{said}（--thorough は、それらを{ENOUGH}回まで繰り返す）。"


def _followed(violation: Violation, tell: Tell) -> str:
    rule = rules().get(violation.rule)
    said = rule.ja if rule else one_line(violation.observed, _NAME)
    see = f"{tell(rule.see)} " if rule else ""
    return f"{one_line(violation.requirement, _NAME)}  {see}「{tell(said)}」 × {violation.count}"


def _missed(name: str, requirements: tuple[str, ...], code: str, tell: Tell) -> str:
    return f"{one_line(' '.join(requirements), _NAME)}  {tell('シナリオ')} {name}（{one_line(code, _NAME)}）"
