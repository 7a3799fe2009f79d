"""Ids that a gateway gave: of enquiries, バッチ and 連絡, and what they stand for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.south.requests import Asked, Strange, asked
from harness.model.south.wishes import Wish

ENQUIRY, BATCH, NOTICE = "enquiry", "batch", "notice"
_WHICH: Final = {"enquiries": ENQUIRY, "batches": BATCH, "notices": NOTICE}
_ID: Final = {ENQUIRY: "enquiry_id", BATCH: "batch_id", NOTICE: "notice_id"}


@dataclass(frozen=True)
class Given:
    """`spans`: of the answer that told an id first, by (which, id); `wishes`: what an enquiry asked for, by its id; `rows`: how many a
    バッチ has, by its id."""

    spans: dict[tuple[str, str], Span] = field(default_factory=dict)
    wishes: dict[str, Wish] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History) -> Self:
        """As the answers of the history tell."""
        given = cls()
        for call in sorted(history.calls, key=lambda call: call.span.end):
            if call.status in (200, 202) and isinstance(call.answer, dict):
                found = asked(call)
                if not isinstance(found, Strange) and found.request.group in _WHICH:
                    given._take(found, call, call.answer)
        return given

    def exists(self, which: str, id_: str, during: Span) -> tuple[bool, ...]:
        """May there be such a thing, and may there not?"""
        span = self.spans.get((which, id_))
        if span is None or during.before(span):
            return (False,)
        return (True,) if span.before(during) else (True, False)

    def _take(self, found: Asked, call: Call, answer: Mapping[str, object]) -> None:
        for kind, id_ in _ids(found, answer):
            self.spans.setdefault((kind, id_), call.span)
        body = call.body if isinstance(call.body, dict) else {}
        if found.request.name == "POST /v1/enquiries":
            self.wishes.setdefault(str(answer.get(_ID[ENQUIRY])), Wish.of(body))
        if found.request.name == "POST /v1/batches" and isinstance(body.get("rows"), list):
            self.rows.setdefault(str(answer.get(_ID[BATCH])), len(body["rows"]))


def _ids(found: Asked, answer: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What was asked for by its id is not thereby given."""
    which = _WHICH[found.request.group]
    if found.named is None and isinstance(id_ := answer.get(_ID[which]), str):
        yield which, id_
    rows = answer.get("rows")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row_id := row.get(_ID[ENQUIRY]), str):
            yield ENQUIRY, row_id
