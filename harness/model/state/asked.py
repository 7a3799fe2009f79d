"""What the gateway itself asked and told: its 照会依頼 and 連絡 (guide §3, check 14)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from harness.contract.messages import Kind
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.history.spans import Span


@dataclass(frozen=True, slots=True)
class Question:
    """One message that opens a correlation. `span`: from the beginning of its first attempt to the end of the last; `taken`: the network
    said 202 to one of them."""

    kind: str
    partner: str
    information: str
    link_code: str
    span: Span
    taken: bool


@dataclass(frozen=True)
class Asked:
    """By correlation id, in the order of the record. `submitted`: when the business system asked for it: whether it has left for the
    network since, nobody sees before it arrives there."""

    questions: Mapping[str, tuple[Question, ...]]
    submitted: Mapping[str, float]

    @classmethod
    def of(cls, history: History) -> Self:
        """Attempts with the same message id are one question."""
        by_message: dict[tuple[str, str], Question] = {}
        for sending in history.sendings:
            header = sending.header
            kind, *ids = (header.get(name) for name in ("kind", "correlation_id", "message_id"))
            if str(kind) in {Kind.ENQUIRY, Kind.NOTICE} and all(isinstance(id_, str) for id_ in ids):
                name = (str(ids[0]), str(ids[1]))
                by_message[name] = _joined(by_message.get(name), _question(sending))
        found = defaultdict(list)
        for (correlation_id, _), question in by_message.items():
            found[correlation_id].append(question)
        return cls({id_: tuple(questions) for id_, questions in found.items()}, _submitted(history))

    def under(self, correlation_id: str, until: float) -> tuple[Question, ...]:
        """Those of a correlation that were, or may have been, on their way by a moment."""
        begun = self.submitted.get(correlation_id, until + 1) <= until
        return tuple(q for q in self.questions.get(correlation_id, ()) if begun or q.span.begin <= until)


def _submitted(history: History) -> dict[str, float]:
    """Correlation id → when the request began that the gateway answered with it."""
    begun: dict[str, float] = {}
    for call in history.calls:
        if call.method == "POST" and isinstance(call.answer, dict):
            rows = call.answer.get("rows")
            said = [call.answer, *(rows if isinstance(rows, list) else ())]
            for id_ in (row.get("correlation_id") for row in said if isinstance(row, dict)):
                if isinstance(id_, str):
                    begun.setdefault(id_, call.span.begin)
    return begun


def _question(sending: Sending) -> Question:
    kind, partner, information, link_code = (
        str(sending.header.get(name)) for name in ("kind", "to", "information", "link_code")
    )
    return Question(kind, partner, information, link_code, sending.span, sending.taken)


def _joined(former: Question | None, latter: Question) -> Question:
    if former is None:
        return latter
    return replace(former, span=former.span.until(latter.span), taken=former.taken or latter.taken)
