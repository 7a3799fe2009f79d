"""What the model of the contract said, as results.json has it: rules and their occasions, violations and what follows."""

from collections.abc import Iterable

from harness.contract.texts import bounded, visible
from harness.model.kinds import Few
from harness.model.violation import Violation
from harness.record.blame import Blame, blames, covered
from harness.record.judged import Covered, seen_rate
from harness.record.values import Run
from reports.run.sample_words import few_kinds, few_words, sample_words

_TEXT = 10_000  # characters of one text; the whole is in the journal


def judge_of(run: Run) -> dict[str, object]:
    """The member `judge`; nothing for a run that the model did not judge."""
    if run.judged is None:
        return {}
    return {
        "judge": {
            "rules": [_rule(rule) for rule in covered(run)],
            "kinds": [
                {"kind": _bounded(kind), "exchanges": count, "rate": seen_rate(count)}
                for kind, count in run.judged.kinds.items()
            ],
            "violations": [_blame(blame) for blame in blames(run)],
            "thorough": run.meta.thorough,
            "few": [_few(one, why) for one, why in zip(few_kinds(run), few_words(run), strict=True)],
            "samples": list(sample_words(run)),
        }
    }


def _few(found: Few, why: str) -> dict[str, object]:
    return {"kind": found.kind, "exchanges": found.exchanges, "reason": why}


def _rule(found: Covered) -> dict[str, object]:
    rule = found.rule
    return {
        "id": rule.id,
        "requirement": rule.requirement,
        "see": rule.see,
        "ja": rule.ja,
        "en": rule.en,
        "occasions": found.occasions,
        "untried": list(found.untried),
        "rate": found.rate,
    }


def _blame(blame: Blame) -> dict[str, object]:
    return {
        **_violation(blame.violation),
        "consequences": [_violation(violation) for violation in blame.consequences],
        "scenarios": [_bounded(scenario.scenario.id) for scenario in blame.scenarios],
    }


def _violation(violation: Violation) -> dict[str, object]:
    texts: Iterable[tuple[str, str]] = (
        ("rule", violation.rule),
        ("requirement", violation.requirement),
        ("code", violation.code),
        ("observed", violation.observed),
        ("expected", violation.expected),
        ("where", violation.where),
    )
    return {**{name: _bounded(text) for name, text in texts}, "count": violation.count}


def _bounded(text: str) -> str:
    return visible(bounded(text, _TEXT))
