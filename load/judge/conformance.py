"""Conformance of a load run: the answers of the sample, the reconciliation of all of them, one verdict."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from harness.catalogue.findings import NonconformityError
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import Entry
from harness.contract.journal_carried import Collected
from load.judge.access_record import access_entries
from load.judge.answers import Answered, Answers
from load.judge.fetching import PAUSES, fetched, unseen
from load.judge.reconciliation import Judgement, Reconciliation, facts_of, judge, reconcile, recorded
from load.judge.sample import Checked, check_north
from load.prepare.prepared import Prepared, read
from load.send.environment import Environment
from load.send.sent import Sent
from load.send.sent import read as read_sent

QUIET_SECONDS = 10.0  # without any answer: a gateway tries again every 2 s (guide §4)
_CLOCKS = timedelta(seconds=10)  # that the gateway's clock may be off by, and more (guide §9: 5 s)


class Write(Protocol):
    """Writes an entry of the journal."""

    def __call__(self, entry: Entry, **fields: Any) -> None:
        """One entry."""


@dataclass(frozen=True)
class Conclusion:
    """What is known when a load run is over."""

    checked: tuple[Checked, ...]
    reconciliation: Reconciliation
    judgement: Judgement


@dataclass(frozen=True)
class Run:
    """Where a load run left its traces: the folder of prepared requests, the folder of the sent logs; begin_ns: when it
    began by the clock of this machine, 0 for the first request."""

    prepared: Path
    folder: Path
    begin_ns: int = 0

    def sent(self) -> list[Sent]:
        """Everything that was sent."""
        return list(read_sent(self.folder))


def await_answers(
    answers: Answers, run: Run, quiet_seconds: float = QUIET_SECONDS
) -> Iterator[list[Answered]]:
    """What still comes after the last request was sent, until all accepted ones are answered or it has been quiet for so
    long. Raises InconclusiveError when the network is gone."""
    sent = run.sent()
    ids = answers.ids_of(sent)
    wanted = [ids[row.index] for row in sent if row.accepted]
    hoped = [ids[row.index] for row in sent if not row.answered and ids[row.index]]
    yield from answers.await_rest(wanted, hoped, quiet_seconds)


def conclude(environment: Environment, answers: Answers, run: Run, write: Write) -> Conclusion:
    """Checks the sample, reconciles all, writes both to the journal. Raises InconclusiveError when the network is gone."""
    sent = run.sent()
    checked, others = _checked(environment, answers, run, sent)
    for answer in checked:
        write(Entry.SAMPLE, **vars(answer))
    try:
        found, unread = _reconciled(environment, answers, run, sent), None
    except NonconformityError as error:  # the log cannot be read: two records of three
        found, unread = _two_records(answers, sent), error
    found = replace(found, unseen=unseen(others))
    judgement = judge(found, checked)
    if unread and judgement.verdict == Verdict.PASS:
        judgement = Judgement(Verdict.FAIL, unread.finding.code, unread.observed, unread.expected)
    write(Entry.RECONCILIATION, **found.to_entry(), **vars(judgement))
    return Conclusion(checked, found, judgement)


def _checked(
    environment: Environment, answers: Answers, run: Run, sent: list[Sent]
) -> tuple[tuple[Checked, ...], list[Checked]]:
    """Answers of the sample, on both faces; and of every other enquiry of the south that was answered, its status. What has
    no answer is lost, and counted there."""
    north: list[tuple[Prepared, Collected]] = []
    south: list[tuple[Prepared, Sent]] = []
    rest = {row.index: row for row in sent if row.accepted and row.correlation_id in answers.times}
    for asked in read(run.prepared):
        if asked.index not in answers.sample:
            continue
        if asked.index in answers.kept:
            north.append((asked, answers.kept[asked.index]))
        elif asked.index in rest:
            south.append((asked, rest.pop(asked.index)))
    named = [(answers.names[index], row) for index, row in rest.items()]
    results, statuses = fetched(environment.south, south, named, time.sleep)
    found = check_north(environment.statement, north, environment.network.keys)
    return (*found, *results), statuses


def _reconciled(environment: Environment, answers: Answers, run: Run, sent: list[Sent]) -> Reconciliation:
    """Looks again where the records differ: each may follow the message by a moment."""
    facts = facts_of(read(run.prepared))
    since = run.begin_ns or min((row.sent_ns for row in sent), default=time.time_ns())
    start = datetime.fromtimestamp(since / 1e9, UTC) - _CLOCKS
    for pause in (*PAUSES, None):
        answers.collect()
        taken = frozenset(answers.taken)
        log = access_entries(environment.south, start, datetime.now(UTC) + _CLOCKS)
        entries = (entry for entry in log if entry["correlation_id"] not in answers.earlier)
        record = recorded(entries, facts)
        answers.collect()  # a message that comes while the log is read may be in it, or not
        found = reconcile(sent, answers, record, taken)
        if pause is None or not (found.unrecorded or found.recorded_only):
            break
        time.sleep(pause)
    return found


def _two_records(answers: Answers, sent: list[Sent]) -> Reconciliation:
    """Of the sent log and the network's record alone."""
    found = reconcile(sent, answers, recorded((), {}))
    return replace(found, unrecorded=())
