"""Every judge over a history: what was broken, what followed from it, and how often each rule had an occasion to be."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.model.cases import Breach, Case
from harness.model.history.history import History
from harness.model.judges.batches import row_states
from harness.model.judges.enquiries import enquiries
from harness.model.judges.envelopes import envelopes
from harness.model.judges.keeping import keeping
from harness.model.judges.notices import redelivered
from harness.model.judges.received import received
from harness.model.judges.results import results
from harness.model.judges.rows import rows
from harness.model.judges.sending import sendings
from harness.model.judges.statuses import statuses
from harness.model.judges.unasked import unasked
from harness.model.rules import Rule, rules
from harness.model.violation import Violation

Judge = Callable[[History], Iterator[Case]]
JUDGES: Final[tuple[Judge, ...]] = (
    enquiries,
    unasked,
    statuses,
    results,
    keeping,
    rows,
    row_states,
    redelivered,
    received,
    sendings,
    envelopes,
)


@dataclass(frozen=True)
class Weighed:
    """`violations`: the first of each requirement whose breach follows from no other; `consequences`: the others, in order;
    `occasions`: (rule, alternative) → how many."""

    violations: tuple[Violation, ...]
    consequences: tuple[Violation, ...]
    occasions: Mapping[tuple[str, str], int]


def weighed(history: History, judges: Iterable[Judge] = JUDGES) -> Weighed:
    """A rule that a later version of the contract brought is no rule for a gateway of an earlier one."""
    occasions: Counter[tuple[str, str]] = Counter()
    broken: list[tuple[Rule, Breach]] = []
    for judge in judges:
        for case in judge(history):
            rule = rules()[case.rule]
            if rule.contract > history.declared.contract:
                continue
            occasions[case.rule, case.alternative] += 1
            if case.breach:
                broken.append((rule, case.breach))
    return Weighed(*_blamed(sorted(broken, key=lambda pair: pair[1].moment)), occasions)


def _blamed(broken: list[tuple[Rule, Breach]]) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
    """What comes later about the same message, correlation, subject or session follows from what came first."""
    concerned: set[str] = set()
    convicted: dict[str, Violation] = {}
    consequences: list[Violation] = []
    for rule, breach in broken:
        violation = Violation(
            rule.requirement,
            rule.code,
            f"{breach.observed}（{rule.see}「{rule.ja}」）",
            breach.expected,
            breach.where,
            breach.scenario,
        )
        if rule.requirement in convicted or concerned.intersection(breach.about):
            consequences.append(violation)
        else:
            convicted[rule.requirement] = violation
        concerned.update(breach.about)
    return tuple(convicted.values()), tuple(consequences)
