"""What the audit log must tell of, at least once each (guide §7): refusals, decisions of staff, enquiries of staff, look-ups."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from harness.contract.messages import Kind
from harness.contract.refusals import refusals
from harness.model.history.exchanges import Call, Delivery
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.correlations import ACCEPTED, Correlations
from harness.model.state.patience import Patience
from harness.model.state.recorded import SOON
from harness.model.state.signed import Envelopes
from harness.model.state.south_operations import operation_of

DONE, REFUSED = "成功", "拒否"
BY_STAFF: Final = "REFUSED_BY_STAFF"
_UNKNOWN_PERSON: Final = frozenset(
    {"UNAUTHENTICATED", "STAFF_REQUIRED"}
)  # before it is known who acts (guide §2, 1 and 2)
_ENQUIRIES: Final = frozenset({"/v1/enquiries", "/v1/batches"})
_LONGEST_STAFF_ID: Final = 60
_DECIDED: Final = 200


Tells = tuple[tuple[str, str], ...]


class Act(NamedTuple):
    """Something that happened. `tells`: members that its entry has; `span`: within which that is written; `where`, `scenario`: of the
    exchange, `about` for consequences."""

    rule: str
    alternative: str
    tells: Tells
    span: Span
    where: str
    scenario: str
    about: tuple[str, ...]

    @property
    def code(self) -> Tells:
        """Outcome and code of a refusal, empty for anything else."""
        return self.tells[:2] if len(self.tells) > 1 and self.tells[1][0] == "code" else ()


def acts(history: History, known: Correlations) -> Iterator[Act]:
    """In no order. What a kill met is left out: what was refused is not promised to survive it."""
    kills = history.once(Patience.of)
    for act in (*_south(history, known), *_north(history), *_rows(known)):
        if not kills.meets(act.span):
            yield act


def _south(history: History, known: Correlations) -> Iterator[Act]:
    for call in history.calls:
        answer = call.answer if isinstance(call.answer, dict) else {}
        if call.status is None or call.problem:
            continue
        if call.status >= 400 and answer.get("code") in refusals():
            yield from _refused(call, str(answer["code"]))
        elif call.method == "POST" and call.path.startswith("/v1/pending/") and call.status == _DECIDED:
            yield _decided(call, known)
        elif call.method == "POST" and call.path == "/v1/enquiries" and call.status == ACCEPTED:
            tells = (("outcome", DONE), ("correlation_id", str(answer.get("correlation_id"))))
            yield _of_call(call, "audit-enquiry", "オンライン", (*tells, *_staff(call)))
        elif call.path == "/v1/own-information" and call.status == _DECIDED:
            yield _of_call(call, "audit-look-up", "閲覧", (("correlation_id", str(answer.get("lookup_id"))),))


def _refused(call: Call, code: str) -> Iterator[Act]:
    """An unknown path and a method that is not listed are left out: what is said to them is open (guide §11)."""
    operation = operation_of(call)
    if operation is None:
        return
    rule = "audit-refused-enquiry" if operation.path in _ENQUIRIES else "audit-refused-request"
    rule = "audit-refused-undeclared" if code == "NOT_DECLARED" else rule
    alternative = "南側" if code == "NOT_DECLARED" else code
    known = operation.staff and code not in _UNKNOWN_PERSON
    tells = (("outcome", REFUSED), ("code", code), *(_staff(call) if known else ()))
    yield _of_call(call, rule, alternative, tells)


def _decided(call: Call, known: Correlations) -> Act:
    """An approval that found no record may be told by what came of it."""
    id_, decision = call.path.split("/")[3], call.path.rpartition("/")[2]
    ids = (("correlation_id", id_), *_staff(call))
    if decision == "refusal":
        return _of_call(
            call, "audit-refusal-by-staff", "拒否", (("outcome", REFUSED), ("code", BY_STAFF), *ids)
        )
    failed = id_ in known.by_id and Kind.ERROR in known.by_id[id_].kinds
    return _of_call(call, "audit-approval", "承認", ids if failed else (("outcome", DONE), *ids))


def _north(history: History) -> Iterator[Act]:
    envelopes = history.once(Envelopes.of)
    for delivery in history.deliveries:
        code = delivery.error.get("code") if delivery.error else None
        if code not in refusals() or delivery.accepted:
            continue
        ids = _ids(delivery) if envelopes.passed(delivery) is True else ()
        rule, alternative = ("audit-refused-message", str(code))
        if code == "NOT_DECLARED":
            rule, alternative = "audit-refused-undeclared", "北側"
        span = Span(delivery.span.begin, delivery.span.end + SOON)
        scenario = history.scenario_of(delivery.person, delivery.header.get("correlation_id"))
        about = (f"message:{delivery.header.get('message_id')}",)
        tells = (("outcome", REFUSED), ("code", str(code)), *ids)
        yield Act(rule, alternative, tells, span, delivery.words, scenario, about)


def _ids(delivery: Delivery) -> Tells:
    return tuple((name, str(delivery.header.get(name))) for name in ("message_id", "correlation_id"))


def _rows(known: Correlations) -> Iterator[Act]:
    """Of a batch: enquiries that staff submitted as well. Whose it is where somebody else sent it again is open."""
    for row in known.rows:
        who = _told_as(next(iter(row.staff))) if len(row.staff) == 1 else ()
        ids = (("correlation_id", row.correlation_id), *who)
        act = _of_call(row.seen, "audit-enquiry", "バッチ", (("outcome", DONE), *ids))
        yield act._replace(span=Span(row.since, act.span.end))


def _staff(call: Call) -> Tells:
    return _told_as(call.staff.id)


def _told_as(id_: str | None) -> Tells:
    """What is beyond ASCII is open (guide §11)."""
    return (("staff_id", id_),) if id_ and id_.isascii() and len(id_) <= _LONGEST_STAFF_ID else ()


def _of_call(call: Call, rule: str, alternative: str, tells: Tells, id_: str = "") -> Act:
    span = Span(call.span.begin, call.span.end + SOON)
    told = dict(tells)
    about = (f"correlation:{told['correlation_id']}",) if "correlation_id" in told else ()
    return Act(rule, alternative, tells, span, call.words, call.scenario, (f"call:{call.number}", *about))
