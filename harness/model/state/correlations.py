"""What belongs together under one correlation id (or lookup id of the portal): who acted, about whom, and which codes there were."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from harness.contract.messages import Kind
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.register import UNKNOWN, Unknown
from harness.model.state.subjects import Subjects

ACCEPTED: Final = 202
_LOOKED_UP: Final = 200
_SUBMISSIONS: Final = frozenset({"/v1/enquiries", "/v1/notices"})
_BATCHES: Final = "/v1/batches"
_NAMES: Final = frozenset({"correlation_id", "message_id"})
_LATER: Final = float("inf")


@dataclass
class Correlation:
    """From `began`, before which nothing of it was known, to `ended`, with its last message. `staff`: ids of who acted on it;
    `local_ids`: whom it may be about, None for nobody who is registered, UNKNOWN where nobody told whose link code it is;
    `messages`, `kinds`, `link_codes`: of its messages; `codes` of refusals and errors; `unanswered`: nobody knows what was refused."""

    began: float = _LATER
    ended: float = -_LATER
    staff: set[str] = field(default_factory=set)
    local_ids: set[str | Unknown | None] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    unanswered: bool = False
    link_codes: set[str] = field(default_factory=set)

    def name_owners(self, subjects: Subjects, told: frozenset[str]) -> None:
        """Those whom its link codes may have led to while it lasted. `told`: link codes of persons whom the record knows."""
        during = Span(self.began, self.ended if not self.unanswered else _LATER)
        for code in self.link_codes:
            self.local_ids.update(subjects.owner(code, during))
            self.local_ids.update(() if code in told else (UNKNOWN,))


@dataclass(frozen=True)
class Row:
    """An enquiry of a batch, as an answer first named it (`seen`). `staff`: ids of who may have submitted it, `since`: from when on."""

    correlation_id: str
    local_id: str
    staff: frozenset[str]
    since: float
    seen: Call


@dataclass(frozen=True)
class Correlations:
    """`by_id`; `rows` of batches; `unseen`: ids of staff whose submissions, or some rows of them, no answer named."""

    by_id: Mapping[str, Correlation]
    rows: tuple[Row, ...]
    unseen: frozenset[str]

    @classmethod
    def of(cls, history: History, subjects: Subjects) -> "Correlations":
        """As everything in a history tells."""
        found: dict[str, Correlation] = defaultdict(Correlation)
        messages: tuple[Delivery | Sending, ...] = (*history.deliveries, *history.sendings)
        for message in messages:
            _message(found, message)
        unseen: set[str] = set()
        for call in history.calls:
            _call(found, call, unseen)
        _named(found, history)
        rows = tuple(_rows(history, unseen))
        for row in rows:
            one = found[row.correlation_id]
            one.began = min(one.began, row.since)
            one.staff |= row.staff
            one.local_ids.add(row.local_id)
        own = history.declared.organisation
        told = frozenset(person.codes[own] for person in history.persons if own in person.codes)
        for one in found.values():
            one.name_owners(subjects, told)
        return cls(dict(found), rows, frozenset(unseen))


def _message(found: dict[str, Correlation], message: Delivery | Sending) -> None:
    id_, kind, code = (message.header.get(name) for name in ("correlation_id", "kind", "link_code"))
    if not isinstance(id_, str) or not id_:
        return
    one = found[id_]
    one.began, one.ended = min(one.began, message.span.begin), max(one.ended, message.span.end)
    one.messages.add(str(message.header.get("message_id")))
    one.kinds.add(str(kind))
    if isinstance(code, str):
        one.link_codes.add(code)
    one.unanswered |= message.status is None or (isinstance(message, Delivery) and message.maybe)
    errors = (message.error, message.content if kind == Kind.ERROR else None)
    one.codes.update(str(error.get("code")) for error in errors if error)


def _call(found: dict[str, Correlation], call: Call, unseen: set[str]) -> None:
    answer = call.answer if isinstance(call.answer, dict) else {}
    if call.method == "POST" and call.path in _SUBMISSIONS:
        _submitted(found, call, answer, unseen)
    elif call.path == "/v1/own-information" and call.status == _LOOKED_UP:
        _add(found, answer.get("lookup_id"), call, answer.get("local_id"))
    elif call.path == "/v1/pending":
        waiting = answer.get("pending")
        for row in waiting if isinstance(waiting, list) else ():
            _add(found, row.get("correlation_id") if isinstance(row, dict) else None, call, None)


def _submitted(
    found: dict[str, Correlation], call: Call, answer: Mapping[str, object], unseen: set[str]
) -> None:
    body = call.body if isinstance(call.body, dict) else {}
    if call.status == ACCEPTED:
        _add(found, answer.get("correlation_id"), call, body.get("local_id"))
    elif (call.status is None or call.status >= 500) and call.staff.id:
        unseen.add(call.staff.id)


def _named(found: dict[str, Correlation], history: History) -> None:
    """A request may be told with whatever it named, a correlation id, or an enquiry by its own id; and a refusal with its code."""
    enquiries = {
        str(part[name]): str(part["correlation_id"])
        for call in history.calls
        for part in _parts(call.answer)
        for name in ("enquiry_id", "notice_id")
        if name in part and "correlation_id" in part
    }
    for call in history.calls:
        named = [value for name, value in call.query if name in _NAMES]
        parts = call.path.split("/")[3:4]
        named += [enquiries[part] for part in parts if part in enquiries]
        named += parts if call.path.startswith("/v1/pending/") else []
        for id_ in filter(None, named):
            _add(found, id_, call, None)
            found[id_].unanswered |= call.status is None
            if call.status is not None and call.status >= 400:
                found[id_].codes.update(str(part.get("code")) for part in _parts(call.answer))


def _parts(answer: object) -> Iterator[Mapping[str, object]]:
    """An answer, and rows in it."""
    if isinstance(answer, dict):
        rows = answer.get("rows")
        yield answer
        yield from (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _add(found: dict[str, Correlation], id_: object, call: Call, local_id: object) -> None:
    if not isinstance(id_, str) or not id_:
        return
    one = found[id_]
    one.began = min(one.began, call.span.begin)
    if call.staff.id:
        one.staff.add(call.staff.id)
    if isinstance(local_id, str):
        one.local_ids.add(local_id)


@dataclass
class _Batch:
    """`rows`: as they were asked for; `named`: how many ids they have had."""

    began: float
    rows: list[object] = field(default_factory=list)
    staff: set[str] = field(default_factory=set)
    named: int = 0


def _rows(history: History, unseen: set[str]) -> Iterator[Row]:
    """Rows of a batch keep their order, and get new ids when they are sent again."""
    batches: dict[str, _Batch] = {}
    known: set[str] = set()
    for call in sorted((c for c in history.calls if c.path.startswith(_BATCHES)), key=lambda c: c.span.end):
        answer = call.answer if isinstance(call.answer, dict) else {}
        if call.method == "POST" and call.staff.id and (call.status is None or call.status >= 500):
            unseen.add(call.staff.id)
        rows, id_ = answer.get("rows"), answer.get("batch_id")
        if not isinstance(rows, list) or not isinstance(id_, str):
            continue
        batch = batches.setdefault(id_, _Batch(call.span.begin))
        _submit(batch, call)
        for row, wish in zip(rows, batch.rows, strict=False):
            correlation_id = row.get("correlation_id") if isinstance(row, dict) else None
            if isinstance(correlation_id, str) and correlation_id not in known and isinstance(wish, dict):
                known.add(correlation_id)
                batch.named += 1
                yield Row(
                    correlation_id, str(wish.get("local_id")), frozenset(batch.staff), batch.began, call
                )
    for batch in batches.values():
        if batch.named < len(batch.rows):
            unseen |= batch.staff


def _submit(batch: _Batch, call: Call) -> None:
    body = call.body if isinstance(call.body, dict) else {}
    if call.path == _BATCHES and isinstance(wanted := body.get("rows"), list):
        batch.rows[:] = wanted
    if call.method == "POST" and call.staff.id:
        batch.staff.add(call.staff.id)
