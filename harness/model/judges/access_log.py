"""アクセス記録 (guide §7): one entry for each message, which says what the message said, and nothing else."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from harness.contract.messages import Kind
from harness.model.cases import Breach, Case
from harness.model.history.history import History
from harness.model.judges.access_entries import Told, members
from harness.model.state.log_books import Book, Shown, Sweep, sweeps
from harness.model.state.log_filters import TOLERANCE
from harness.model.state.recorded import RECEIVED, REFUSED, SENT, Due, Recorded

_NANO: Final = 1_000_000_000
_PRESENT: Final = {
    (SENT, Kind.ENQUIRY): "access-sent-enquiry",
    (SENT, Kind.ANSWER): "access-sent-answer",
    (SENT, Kind.ERROR): "access-sent-error",
    (RECEIVED, Kind.ENQUIRY): "access-received-enquiry",
    (RECEIVED, Kind.ANSWER): "access-received-answer",
    (RECEIVED, Kind.ERROR): "access-received-answer",
    (REFUSED, Kind.ENQUIRY): "access-refused-enquiry",
    (REFUSED, Kind.ANSWER): "access-refused-answer",
    (REFUSED, Kind.ERROR): "access-refused-answer",
    (REFUSED, Kind.NOTICE): "access-refused-notice",
    (REFUSED, Kind.RECEIPT): "access-refused-notice",
}
_NOTICES: Final = {SENT: "access-sent-notice", RECEIVED: "access-received-notice"}


def access_log(history: History, book: Book) -> Iterator[Case]:
    """Presence, number, members, order and time of the entries."""
    log = _Log(history, book, Recorded.of(history), defaultdict(list))
    for shown in book.first_shown():
        log.entries[str(shown.said["event"]), str(shown.said["message_id"])].append(shown)
    yield from _missing(log)
    for (event, id_), entries in log.entries.items():
        yield from _judged(log, event, entries, log.recorded.by_message.get((event, id_), []))
    yield from _in_order(log)


@dataclass(frozen=True)
class _Log:
    """`entries`: by event and message id, each once."""

    history: History
    book: Book
    recorded: Recorded
    entries: defaultdict[tuple[str, str], list[Shown]]

    def breach(self, shown: Shown | Sweep, due: Due | None, observed: str, expected: str) -> Breach:
        """About a message, seen in an answer."""
        call = shown.look.call if isinstance(shown, Shown) else shown.call
        id_ = due.message_id if due else str(shown.said["message_id"]) if isinstance(shown, Shown) else ""
        scenario = self.history.scenario_of(due.person, due.correlation_id) if due else ""
        words = f"アクセス記録: {observed}"
        where = f"{call.words}、{due.where}" if due else call.words
        return Breach(words, expected, where, scenario or call.scenario, call.span.end, (f"message:{id_}",))


def _missing(log: _Log) -> Iterator[Case]:
    """What must be there by then: 受信 and 拒否 before the HTTP answer, 送信 after the network's 202."""
    timely = sorted((due for due in log.recorded.dues if due.certain), key=lambda due: due.span.begin)
    begins = [due.span.begin for due in timely]
    numbers = Counter((due.event, due.message_id) for due in timely)
    for sweep in sweeps(log.book):
        there = Counter((str(s.said["event"]), str(s.said["message_id"])) for s in sweep.shown)
        first = bisect_left(begins, sweep.since) if sweep.since > 0 else 0
        last = bisect_left(begins, min(sweep.begin, sweep.until))
        for due in _asked_for(log, sweep, timely[first:last]):
            key = (due.event, due.message_id)
            if there[key] >= numbers[key] or _all_due(log, key, sweep) <= there[key]:
                yield Case(*_presence(due))
                if due.event != SENT:
                    yield Case("access-before-answer", due.event)
            else:
                yield from _absent(log, sweep, due)


def _asked_for(log: _Log, sweep: Sweep, among: list[Due]) -> Iterable[Due]:
    """By the ids of a look where it names some, as most do."""
    if sweep.looks[0].named:
        values = {one.name: one.values[0] for one in sweep.looks[0].named}
        if id_ := values.get("message_id"):
            among = [d for e in (SENT, RECEIVED, REFUSED) for d in log.recorded.by_message.get((e, id_), ())]
        elif id_ := values.get("correlation_id"):
            among = log.recorded.by_correlation.get(id_, [])
    return (
        due
        for due in among
        if due.certain
        and sweep.must_show(due.span)
        and sweep.asks_for({"message_id": due.message_id, "correlation_id": due.correlation_id})
    )


def _all_due(log: _Log, key: tuple[str, str], sweep: Sweep) -> int:
    """How many entries of a message there are by then, as the same may be refused several times."""
    return sum(due.certain and sweep.must_show(due.span) for due in log.recorded.by_message[key])


def _absent(log: _Log, sweep: Sweep, due: Due) -> Iterator[Case]:
    """What an earlier answer showed has gone since, which is for the filters to say; a later one shows that it came late."""
    shown = log.entries.get((due.event, due.message_id), [])
    number = _all_due(log, (due.event, due.message_id), sweep)
    if sum(one.look.call.span.before(sweep.call.span) for one in shown) >= number:
        return
    late = len(shown) >= number
    if late and due.event == SENT:
        return
    rule, alternative = ("access-before-answer", due.event) if late else _presence(due)
    observed = f"{due.kind}の{due.event}が{'まだ' if late else ''}ない"
    yield Case(rule, alternative, log.breach(sweep, due, observed, f"{due.event}の記録が1件ある"))


def _presence(due: Due) -> tuple[str, str]:
    """The rule by which an entry must be there, and its alternative."""
    if due.code == "NOT_DECLARED":
        return "access-refused-undeclared", due.kind
    rule = _PRESENT.get((due.event, Kind(due.kind))) if due.kind in set(Kind) else None
    rule = rule or _NOTICES.get(due.event, "access-refused-notice")
    if rule == "access-sent-enquiry":
        return rule, str(due.header.get("mode"))
    by_code = rule == "access-refused-enquiry" or (
        rule == "access-refused-answer" and due.kind == Kind.ANSWER
    )
    return rule, str(due.code) if by_code else due.kind


def _judged(log: _Log, event: str, entries: list[Shown], dues: list[Due]) -> Iterator[Case]:
    """Entries of one event and message, against all that happened to it."""
    own = [shown for shown in entries if dues or _of_this_run(log, shown)]
    for number, shown in enumerate(own, 1):
        begun = [due for due in dues if due.span.begin <= shown.look.call.span.end]
        if not begun:
            observed = f"{shown.said['kind']}の{event}があるが、その電文にそれは起きていない"
            yield Case(
                "access-nothing-else", event, log.breach(shown, None, observed, "起きたことの記録だけ")
            )
            continue
        yield Case("access-nothing-else", event)
        many = number > len(dues)
        observed = f"{begun[0].kind}の{event}が {number} 件ある"
        yield Case(
            "access-once", event, log.breach(shown, begun[0], observed, f"{len(dues)} 件") if many else None
        )
        for told in members(shown.said, begun, log.recorded):
            yield _member(log, shown, begun[0], told)
        yield _in_time(log, shown, begun)


def _member(log: _Log, shown: Shown, due: Due, told: Told) -> Case:
    if told.problem is None:
        return Case(told.rule, told.alternative)
    breach = log.breach(shown, due, f"{due.kind}の{due.event}の {told.problem}", told.expected)
    return Case(told.rule, told.alternative, breach)


def _in_time(log: _Log, shown: Shown, dues: list[Due]) -> Case:
    at = shown.at / _NANO
    early = min(due.span.begin for due in dues) - TOLERANCE
    late = max(due.span.end for due in dues) + TOLERANCE
    if early <= at <= late:
        return Case("access-recorded-at", dues[0].event)
    off = at - early if at < early else at - late
    observed = f"{dues[0].kind}の{dues[0].event}の日時が {off:+.0f} 秒外れている"
    breach = log.breach(shown, dues[0], observed, "その電文の送受信の日時（時計の差は5秒まで）")
    return Case("access-recorded-at", dues[0].event, breach)


def _of_this_run(log: _Log, shown: Shown) -> bool:
    """By its message, or by its time, whatever the difference of the clocks."""
    known = str(shown.said["message_id"]) in log.recorded.messages
    return known or shown.at / _NANO > log.history.began + TOLERANCE


def _in_order(log: _Log) -> Iterator[Case]:
    """What was over before another thing began stands before it."""
    latest, before = float("-inf"), None
    for _, shown in sorted(log.book.entries.items()):
        key = (str(shown.said["event"]), str(shown.said["message_id"]))
        dues = log.recorded.by_message.get(key, [])
        if not dues:
            continue
        if max(due.span.end for due in dues) < latest:
            observed = f"通し番号 {shown.seq} の{key[0]}が、後に起きたことの記録より後ろにある"
            yield Case("access-order", key[0], log.breach(shown, dues[0], observed, f"{before} より前の番号"))
        else:
            yield Case("access-order", key[0])
        if (begin := min(due.span.begin for due in dues)) > latest:
            latest, before = begin, f"通し番号 {shown.seq}"
