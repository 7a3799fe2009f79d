"""Every judge over a history: what was broken, what followed from it, and how often each rule had an occasion to be."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.contract.versions import FIRST
from harness.model.blame import blamed
from harness.model.cases import Breach, Case
from harness.model.history.history import History
from harness.model.judges.batches import row_states
from harness.model.judges.contract_2 import decided
from harness.model.judges.enquiries import enquiries
from harness.model.judges.envelopes import envelopes
from harness.model.judges.imports import imports
from harness.model.judges.inbound import arrivals
from harness.model.judges.keeping import keeping
from harness.model.judges.link_code_requests import link_code_requests
from harness.model.judges.logs import logs
from harness.model.judges.notices import redelivered
from harness.model.judges.portal import portal
from harness.model.judges.received import received
from harness.model.judges.records import records
from harness.model.judges.registration import registering
from harness.model.judges.replies import replies
from harness.model.judges.results import results
from harness.model.judges.rows import rows
from harness.model.judges.sending import sendings
from harness.model.judges.settled_at_once import at_once
from harness.model.judges.settled_batches import rows_by_contract_2
from harness.model.judges.settled_directory import changes_are_known, partners_are_asked_for
from harness.model.judges.settled_file_sets import file_sets
from harness.model.judges.settled_files import files_by_contract_2
from harness.model.judges.settled_numbers import numbers
from harness.model.judges.settled_records import records_by_contract_2
from harness.model.judges.settled_sending import sent_by_contract_2
from harness.model.judges.south_answers import answers
from harness.model.judges.south_http import paths_and_answers
from harness.model.judges.south_refusals import refusals_of_requests
from harness.model.judges.south_secrecy import reasons
from harness.model.judges.south_traces import traces
from harness.model.judges.statuses import statuses
from harness.model.judges.unasked import unasked
from harness.model.rules import Rule, rules
from harness.model.violation import Violation

Judge = Callable[[History], Iterator[Case]]
# Of what shows in the same moment the judge that comes first is heard first: whether a request was to be taken at all comes before what
# was done for it.
JUDGES: Final[tuple[Judge, ...]] = (
    refusals_of_requests,
    registering,
    link_code_requests,
    records,
    imports,
    portal,
    answers,
    paths_and_answers,
    reasons,
    traces,
    arrivals,
    replies,
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
    logs,
)

# Of a gateway of contract 1 nothing of it holds.
CONTRACT_2: Final[tuple[Judge, ...]] = (
    decided,
    sent_by_contract_2,
    rows_by_contract_2,
    records_by_contract_2,
    files_by_contract_2,
    file_sets,
    numbers,
    at_once,
    changes_are_known,
    partners_are_asked_for,
)


@dataclass(frozen=True)
class Weighed:
    """`violations`: the first of each requirement whose breach follows from no other; `consequences`: the others, with the rule that
    they follow from; `occasions`: (rule, alternative) → how many."""

    violations: tuple[Violation, ...]
    consequences: tuple[Violation, ...]
    occasions: Mapping[tuple[str, str], int]


def weighed(history: History, judges: Iterable[Judge] | None = None) -> Weighed:
    """What every judge has to say."""
    occasions: Counter[tuple[str, str]] = Counter()
    broken: list[tuple[Rule, Breach]] = []
    for rule, case in _cases(history, judges_of(history) if judges is None else judges):
        occasions[case.rule, case.alternative] += 1
        if case.breach:
            broken.append((rule, case.breach))
    return Weighed(*blamed(broken), occasions)


def judges_of(history: History) -> tuple[Judge, ...]:
    """All that there are for the contract by which its gateway is judged."""
    return JUDGES if history.declared.contract == FIRST else (*JUDGES, *CONTRACT_2)


def first_breach(history: History, rule: str) -> Breach | None:
    """The first time that this rule was broken, with whom and what it concerns: no report shows that."""
    found = (
        case.breach for _, case in _cases(history, judges_of(history)) if case.rule == rule and case.breach
    )
    return min(found, key=lambda breach: breach.moment, default=None)


def _cases(history: History, judges: Iterable[Judge]) -> Iterator[tuple[Rule, Case]]:
    """A rule that a later version of the contract brought is no rule for a gateway of an earlier one."""
    known, contract = rules(), history.declared.contract
    for judge in judges:
        for case in judge(history):
            rule = known[case.rule]
            if rule.contract <= contract:
                yield rule, case
