"""The rows of a バッチ beside what the answer says of each."""

from collections.abc import Mapping
from typing import Final

from harness.contract.refusals import refusals
from harness.model.south.outcomes import TAKEN, Decision
from harness.model.south.requests import Asked

_ERROR: Final = "エラー"


def rows_of(asked_: Asked) -> list[tuple[object, object]]:
    """The rows of a バッチ, each as it was asked for and as it was answered; none where they do not match."""
    body, answer = asked_.call.body, asked_.call.answer
    rows = body.get("rows") if isinstance(body, dict) else None
    states = answer.get("rows") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not isinstance(states, list) or len(rows) != len(states):
        return []
    return list(zip(rows, states, strict=True))


def state_of(state: object, decision: Decision) -> str | None:
    """The code of a row that was refused, TAKEN else: what has an id was taken, and what became of it then is another matter."""
    said_ = state if isinstance(state, dict) else {}
    error = said_.get("error")
    code = error.get("code") if isinstance(error, dict) and said_.get("status") == _ERROR else None
    if not isinstance(code, str):
        return TAKEN
    wanted = decision.first.code if decision.first else None
    refused = code == wanted or ids_of(said_) == {None}
    return (code if code in refusals() else None) if refused else TAKEN


def ids_of(state: Mapping[str, object]) -> set[object]:
    """Of its enquiry."""
    return {state.get("enquiry_id"), state.get("correlation_id")}
