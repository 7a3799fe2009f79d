"""What was sent, what the network saw, what the gateway has on record: the three must be one (番号法23条). Nothing may be
lost, nothing may come twice, whether it was in the sample or not."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from harness.catalogue.load import load_faults
from harness.catalogue.verdicts import Verdict
from harness.contract.json_binding import peek
from harness.contract.messages import Kind
from load.judge.access_record import AccessEntry
from load.judge.answers import Answers
from load.judge.sample import Checked
from load.prepare.prepared import NORTH, Prepared
from load.send.sent import Sent

LONGEST_LIST = 100  # ids of each kind that the journal names; the number of all stands beside
_FACTS = ("requester", "provider", "basis", "affair", "information")
Place = tuple[str, str]  # event, message id


@dataclass(frozen=True)
class Reconciliation:
    """Numbers of messages, and the correlation or message ids of those that are not as they should be. given_up: requests
    that were open when the run was stopped; `rejected`: proper requests that the gateway refused; `misjudged`: requests
    of exploration that it answered otherwise than the contract has it; `unsubmitted`: enquiries
    of the gateway that no business system asked for; `unseen`: answers that the gateway took and does not show."""

    sent: int
    accepted: int
    answered: int
    given_up: int = 0
    rejected: tuple[str, ...] = ()
    misjudged: tuple[str, ...] = ()
    unsubmitted: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    recorded_twice: tuple[str, ...] = ()
    recorded_only: tuple[str, ...] = ()
    recorded_wrong: tuple[str, ...] = ()

    def to_entry(self) -> dict[str, object]:
        """As the journal has it: each list cut to LONGEST_LIST, `counts` beside."""
        lists = {name: value for name, value in vars(self).items() if isinstance(value, tuple)}
        numbers = {name: value for name, value in vars(self).items() if isinstance(value, int)}
        counts = {name: len(value) for name, value in lists.items()}
        return {**numbers, **{n: list(v[:LONGEST_LIST]) for n, v in lists.items()}, "counts": counts}


@dataclass(frozen=True)
class Recorded:
    """The gateway's access log of the run: how often each message stands in it, and those with other facts."""

    places: Counter[Place]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What every entry about one kind of request must say; items: of its 照会応答 from the gateway."""

    values: tuple[Any, ...]
    items: tuple[str, ...]


def facts_of(prepared: Iterable[Prepared]) -> dict[str, Facts]:
    """By correlation id, of enquiries of the north: those of one name share theirs."""
    shared: dict[str, Facts] = {}
    found: dict[str, Facts] = {}
    for request in (asked for asked in prepared if asked.face == NORTH and asked.carried):
        if request.name not in shared:
            header = peek(request.body)["header"]
            parties = {"requester": header["from"], "provider": header["to"]}
            values = tuple({**header, **parties}[name] for name in _FACTS)
            shared[request.name] = Facts(values, tuple(sorted(request.expected["items"])))
        found[request.correlation_id] = shared[request.name]
    return found


def recorded(entries: Iterable[AccessEntry], facts: dict[str, Facts]) -> Recorded:
    """The log, counted. What was refused is no message that was carried."""
    places: Counter[Place] = Counter()
    wrong: list[str] = []
    for entry in entries:
        if entry["event"] == "拒否":
            continue
        places[entry["event"], entry["message_id"]] += 1
        known = facts.get(entry["correlation_id"])
        if known and not _agrees(entry, known):
            wrong.append(entry["message_id"])
    return Recorded(places, tuple(wrong))


def _agrees(entry: AccessEntry, facts: Facts) -> bool:
    items = facts.items if entry["kind"] == Kind.ANSWER else ()
    return (
        tuple(entry.get(name) for name in _FACTS) == facts.values and tuple(sorted(entry["items"])) == items
    )


def reconcile(
    sent: Sequence[Sent], answers: Answers, record: Recorded, taken: Set[Place] | None = None
) -> Reconciliation:
    """`taken`: what the gateway was known to have taken when its log was read, all of it where nothing came since. An
    enquiry may have arrived although its HTTP answer was late, or its sender was ended before it could note it: that is
    neither lost nor wrong."""
    ids = answers.ids_of(sent)
    north = set(answers.indexes.values())
    accepted = [row for row in sent if row.accepted]
    must = {("受信", ids[row.index]) for row in accepted if row.index in north}
    must |= answers.taken if taken is None else taken
    came = answers.times.keys() | answers.undelivered.keys()
    may = {("受信", id_) for id_ in answers.indexes} | answers.perhaps | answers.taken
    return Reconciliation(
        sent=len(sent),
        accepted=len(accepted),
        answered=sum(ids[row.index] in answers.times for row in sent),
        given_up=sum(row.given_up for row in sent),
        rejected=tuple(f"{answers.names[row.index]} {row.status}" for row in sent if row.rejected),
        misjudged=tuple(
            f"{answers.names[row.index]} {row.status}（{row.right}）" for row in sent if row.misjudged
        ),
        unsubmitted=_unsubmitted(sent, answers, north),
        lost=tuple(id_ for id_ in (ids[a.index] for a in accepted) if id_ not in came),
        doubled=tuple(id_ for id_, times in answers.times.items() if times > 1),
        errors=tuple(answers.errors),
        refused=tuple(f"{id_} {why}" for id_, why in answers.refused.items()),
        undelivered=tuple(f"{id_} {why}" for id_, why in answers.undelivered.items()),
        unasked=tuple(answers.unasked),
        mistaken=tuple(answers.mistaken),
        unrecorded=_ids(place for place in must if place not in record.places),
        recorded_twice=_ids(place for place, times in record.places.items() if times > 1),
        recorded_only=_ids(place for place in record.places if place not in must and place not in may),
        recorded_wrong=record.wrong,
    )


def _unsubmitted(sent: Sequence[Sent], answers: Answers, north: Set[int]) -> tuple[str, ...]:
    """Correlation ids of the gateway's own enquiries that nobody submitted. A submission whose HTTP answer did not arrive
    may have become one of them."""
    south = [row for row in sent if row.carried and row.index not in north]
    strangers = answers.own - {row.correlation_id for row in south}
    unknown = sum(not row.correlation_id and not row.rejected for row in south)
    return tuple(sorted(strangers)[unknown:])


def _ids(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(sorted(f"{event} {message_id}" for event, message_id in places))


@dataclass(frozen=True)
class Judgement:
    """One verdict about everything that was sent."""

    verdict: Verdict
    code: str = ""
    observed: str = ""
    expected: str = ""


def judge(found: Reconciliation, checked: Sequence[Checked]) -> Judgement:
    """Everything that was sent counts, and every answer of the sample. Nothing executed is no success."""
    if nothing := _nothing(found):
        return nothing
    fault = _fault(found) or _fault_of(checked) or _fault(found, of_records=True)
    if fault:
        return fault
    if not checked:
        return Judgement(Verdict.INCONCLUSIVE, "BENCH_ERROR", "検査した応答がない", "一つ以上の応答の検査")
    return Judgement(Verdict.PASS)


def _nothing(found: Reconciliation) -> Judgement | None:
    """Where there is nothing to look at."""
    if not found.sent:
        return Judgement(Verdict.INCONCLUSIVE, "BENCH_ERROR", "一通も送っていない", "照会を送る")
    if found.given_up == found.sent:
        observed = f"{found.sent} 通とも、応えの来る前に止めた"
        return Judgement(Verdict.INCONCLUSIVE, "NOT_MEASURED", observed, "応えた照会")
    if not found.accepted:
        observed = f"{found.sent} 通のうち、受け付けられたものがない"
        return Judgement(Verdict.FAIL, "UNEXPECTED_STATUS", observed, "正しい照会に 202")
    if not found.answered:
        return Judgement(Verdict.FAIL, "NO_ANSWER", f"受け付けた {found.accepted} 通に応答がない", "照会応答")
    return None


def _fault(found: Reconciliation, *, of_records: bool = False) -> Judgement | None:
    """The first of what weighs most."""
    for name, fault in load_faults().items():
        ids = getattr(found, name)
        if ids and fault.code and fault.of_records is of_records:
            observed = f"{fault.ja} {len(ids):,} 件（{found.sent:,} 通のうち。例 {ids[0]}）"
            return Judgement(Verdict.FAIL, fault.code, observed, fault.expected)
    return None


def _fault_of(checked: Sequence[Checked]) -> Judgement | None:
    failed = [answer for answer in checked if answer.verdict != Verdict.PASS]
    if not failed:
        return None
    observed = f"検査した応答 {len(checked):,} 件のうち {len(failed):,} 件。例 {failed[0].correlation_id} {failed[0].observed}"
    return Judgement(Verdict.FAIL, failed[0].code, observed, failed[0].expected)
