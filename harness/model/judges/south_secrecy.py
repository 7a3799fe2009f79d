"""South face: the reason of a refusal never contains personal data."""

import json
from collections.abc import Iterator
from typing import Final

from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.south.outcomes import BATCH_ROW
from harness.model.south.personal import Personal
from harness.model.south.requests import Strange, asked

_RULE: Final = "reason-without-personal-data"
_OTHER: Final = "ほかのパス・メソッド"
_EXPECTED: Final = "個人情報を含まない理由"


def reasons(history: History) -> Iterator[Case]:
    """Of every refusal, and of every row, record or line that is reported."""
    personal = Personal.of(history)
    for call in history.calls:
        for name, text in _refused(call):
            found = personal.found_in(text, call)
            yield Case(_RULE, name, _breach(call, found) if found else None)


def _refused(call: Call) -> Iterator[tuple[str, str]]:
    if call.status is None:
        return
    found = asked(call)
    name = _OTHER if isinstance(found, Strange) else found.request.name
    if call.status >= 400:
        yield name, _text(call.answer)
    elif call.status < 300 and isinstance(call.answer, dict) and not isinstance(found, Strange):
        if found.request.answer == "batch-status":
            for error in _of_rows(call.answer.get("rows")):
                yield BATCH_ROW, _text(error)
        elif found.request.answer in {"bulk-result", "import-result"}:
            for reason in _reasons(call.answer.get("errors")):
                yield name, reason


def _of_rows(rows: object) -> Iterator[object]:
    """Of rows that were refused; what came from elsewhere is passed on as it is."""
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("enquiry_id") is None and row.get("error"):
            yield row["error"]


def _reasons(errors: object) -> Iterator[str]:
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict) and isinstance(error.get("reason"), str):
            yield error["reason"]


def _text(answer: object) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def _breach(call: Call, found: str) -> Breach:
    seen = f"{call.words} を拒否した理由に{found}がある"
    return Breach(seen, _EXPECTED, call.words, call.scenario, call.span.end)
