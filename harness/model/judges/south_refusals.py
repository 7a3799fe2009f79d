"""South face: which refusal. The first of the list of guide §2 that applies decides, and nothing else is refused."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from harness.contract.versions import FIRST
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.south_settled import settled
from harness.model.south.bodies import is_too_large
from harness.model.south.faults import Fault
from harness.model.south.outcomes import (
    NO_FAULT,
    TAKEN,
    Decision,
    alternative,
    name_of,
    observed,
    rule_about,
    rule_of,
    rule_without,
    said,
)
from harness.model.south.refusals import Refusing, codes_of
from harness.model.south.requests import ROW, Asked, Request, Strange, asked
from harness.model.south.rows import ids_of, rows_of, state_of
from harness.model.south.touched import about

_ORDER: Final = "first-decides"
_TAKEN: Final = "request-taken"
_DONE: Final = "done-status"
_ROW_IDS: Final = "refused-row-has-no-ids"
_DIFFERS: Final = "SCHEMA_MISMATCH"
_BATCHES: Final = "POST /v1/batches"


def refusals_of_requests(history: History) -> Iterator[Case]:
    """Of every request that was answered, and of every row of a バッチ that was taken."""
    refusing = Refusing.of(history)
    later = refusing.by_contract_2() if history.declared.contract != FIRST else None
    for call in history.calls:
        if call.status is None:
            continue
        found = asked(call)
        if isinstance(found, Strange):
            continue
        cases = [] if _is_free(call) else list(_of_request(refusing, found))
        yield from cases
        if later and not any(case.breach for case in cases):
            yield from settled(later, found)


def _of_request(refusing: Refusing, found: Asked) -> Iterator[Case]:
    decision = Decision.of(faults := refusing.faults(found))
    code = said(found.call, decision)
    yield from _judged(found, faults, decision, code, row=False)
    if code == TAKEN:
        yield from _status(found, decision)
        if found.request.name == _BATCHES and TAKEN in decision.permitted:
            yield from _rows(refusing, found)


def _is_free(call: Call) -> bool:
    """A staff id beyond ASCII (§11) may be refused by whoever reads the headers; what a body meets that is too long is open."""
    spelt = all((text or "").isascii() for text in (call.staff.id, call.staff.role))
    return not spelt or is_too_large(call)


def _judged(
    asked_: Asked, faults: list[Fault], decision: Decision, code: str | None, *, row: bool
) -> Iterator[Case]:
    name, group = name_of(asked_.request, row=row), asked_.request.group
    broken = _broken(asked_, decision, code, row=row)
    first = decision.first
    if first and (rule := rule_of(first.code, group, first.variant)):
        yield Case(rule, alternative(name, first.variant), broken.pop("first", None))
        for later in decision.later:
            order = rule_about(_ORDER, first.code, later.code)
            yield Case(order, f"{name}: {first.code} < {later.code}", broken.pop(later.code, None))
    for other, rule, words in _without(asked_, frozenset(fault.code for fault in faults), first, row=row):
        yield Case(rule, words, broken.pop(other, None))
    if first is None:
        yield Case(_TAKEN, name, next(iter(broken.values()), None))


def _broken(asked_: Asked, decision: Decision, code: str | None, *, row: bool) -> dict[str, Breach]:
    """At most one, by what it breaks: the first fault, the order (by the later one's code), a row that does not apply, or no row."""
    if code in decision.permitted:
        return {}
    first, later = decision.first, {fault.code for fault in decision.later}
    listed = ROW if row else codes_of(asked_.request)
    if first is None:
        key = code if code and code in listed else "other"
        return {key: _breach(asked_, decision, code, "UNEXPECTED_STATUS")}
    if code and (code in later or code in listed[: listed.index(first.code)]):
        return {code: _breach(asked_, decision, code, "WRONG_REFUSAL")}
    return {"first": _breach(asked_, decision, code, "NOT_REFUSED" if code == TAKEN else "WRONG_REFUSAL")}


def _without(
    asked_: Asked, wrong: frozenset[str], first: Fault | None, *, row: bool
) -> Iterator[tuple[str, str, str]]:
    """Rows of the list before what decides that certainly do not apply: code, rule, alternative."""
    for code, rule, words in _list_of(asked_.request, row=row):
        if first and code == first.code:
            return
        if code not in wrong:
            yield code, rule, words


@cache
def _list_of(request: Request, *, row: bool) -> tuple[tuple[str, str, str], ...]:
    name = name_of(request, row=row)
    rules = ((code, rule_without(code, request.group)) for code in (ROW if row else codes_of(request)))
    return tuple((code, rule, alternative(name, NO_FAULT)) for code, rule in rules if rule)


def _breach(asked_: Asked, decision: Decision, code: str | None, finding: str) -> Breach:
    touched = about(asked_) if TAKEN in {code, *decision.permitted} else ()
    return _seen(asked_.call, code, decision.words, finding)._replace(about=touched)


def _seen(call: Call, code: str | None, expected: str, finding: str) -> Breach:
    moment = call.span.end
    return Breach(observed(call, code), expected, call.words, call.scenario, moment, (), finding)


def _status(asked_: Asked, decision: Decision) -> Iterator[Case]:
    """Of what was taken, and was to be."""
    call, request = asked_.call, asked_.request
    if TAKEN in decision.permitted:
        wanted, kept = "、".join(map(str, request.done)), call.status in request.done
        yield Case(_DONE, request.name, None if kept else _seen(call, TAKEN, wanted, "UNEXPECTED_STATUS"))


def _rows(refusing: Refusing, asked_: Asked) -> Iterator[Case]:
    """Row by row: what is wrong with one holds up no other."""
    for row, state in rows_of(asked_):
        faults = refusing.row_faults(asked_, row)
        decision = Decision.of(faults)
        code = state_of(state, decision)
        yield from _judged(asked_, faults, decision, code, row=True)
        if code in ROW:
            kept = isinstance(state, dict) and ids_of(state) == {None}
            yield Case(_ROW_IDS, code, None if kept else _breach(asked_, decision, code, _DIFFERS))
