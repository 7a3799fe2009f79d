"""South face: what contract 2 decides of a request, and of a row of a バッチ, where contract 1 permits more than one answer (guide §12)."""

from collections.abc import Iterator, Sequence

from harness.model.cases import Breach, Case
from harness.model.south.faults import Fault
from harness.model.south.outcomes import TAKEN, Decision, alternative, name_of, observed, said
from harness.model.south.refusals import Refusing
from harness.model.south.requests import Asked
from harness.model.south.rows import rows_of, state_of
from harness.model.south.touched import about


def settled(refusing: Refusing, asked_: Asked) -> Iterator[Case]:
    """Of one request that was answered as contract 1 permits."""
    decision = Decision.of(faults := refusing.faults(asked_))
    code = said(asked_.call, decision)
    yield from _tried(asked_, faults, decision, code, row=False)
    if code == TAKEN and TAKEN in decision.permitted and asked_.request.answer == "batch-status":
        for row, state in rows_of(asked_):
            decision = Decision.of(faults := refusing.row_faults(asked_, row))
            yield from _tried(asked_, faults, decision, state_of(state, decision), row=True)


def _tried(
    asked_: Asked, faults: Sequence[Fault], decision: Decision, code: str | None, *, row: bool
) -> Iterator[Case]:
    """Whatever contract 2 decides before what certainly refuses it, that included."""
    kept, name = code in decision.permitted, name_of(asked_.request, row=row)
    for fault in faults:
        on_trial = bool(fault.row) and (fault.there or kept or code == fault.code)
        if on_trial and not kept:
            yield Case(fault.row, alternative(name, fault.variant), _breach(asked_, decision, code))
            return
        if on_trial and (not fault.there or decision.permitted == {fault.code}):
            yield Case(fault.row, alternative(name, fault.variant))
        if fault == decision.first:
            return


def _breach(asked_: Asked, decision: Decision, code: str | None) -> Breach:
    call = asked_.call
    touched = about(asked_) if TAKEN in {code, *decision.permitted} else ()
    finding = "NOT_REFUSED" if code == TAKEN else "WRONG_REFUSAL"
    return Breach(
        observed(call, code), decision.words, call.words, call.scenario, call.span.end, touched, finding
    )
