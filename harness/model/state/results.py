"""What the business log must tell of (guide §7): answers given and received, look-ups, what staff said."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from harness.contract.messages import Kind
from harness.model.history.exchanges import Delivery, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.correlations import Correlations
from harness.model.state.patience import Patience
from harness.model.state.recorded import LATE, SOON

_ANSWERS: Final = frozenset({Kind.ANSWER, Kind.ERROR})
_DONE: Final = 200


class Result(NamedTuple):
    """Something to be told under a correlation id. `words`: of staff, None for an answer or a look-up, which tells whom it is about;
    `where`, `scenario`: of the exchange."""

    rule: str
    alternative: str
    correlation_id: str
    words: str | None
    span: Span
    where: str
    scenario: str


def results(history: History, known: Correlations) -> Iterator[Result]:
    """In no order. What a kill met is left out."""
    kills = history.once(Patience.of)
    for result in (*_given(history, known), *_received(history, known), *_called(history)):
        if not kills.meets(result.span):
            yield result


def _given(history: History, known: Correlations) -> Iterator[Result]:
    for sending in history.sendings:
        kind = sending.header.get("kind")
        if sending.taken and kind in _ANSWERS and _of_enquiry(sending, known):
            rule = "business-given" if kind == Kind.ANSWER else "business-given-error"
            yield _result(history, rule, sending)


def _received(history: History, known: Correlations) -> Iterator[Result]:
    for delivery in history.deliveries:
        if delivery.accepted and delivery.header.get("kind") in _ANSWERS and _of_enquiry(delivery, known):
            yield _result(history, "business-received", delivery)


def _of_enquiry(message: Delivery | Sending, known: Correlations) -> bool:
    """What answers a 連絡 is no answer to an enquiry, and may be none at all."""
    one = known.by_id.get(str(message.header.get("correlation_id")))
    return one is not None and Kind.ENQUIRY in one.kinds and Kind.NOTICE not in one.kinds


def _result(history: History, rule: str, message: Delivery | Sending) -> Result:
    id_ = str(message.header.get("correlation_id"))
    span = Span(message.span.begin, message.span.end + LATE)
    scenario = history.scenario_of(message.person, id_)
    return Result(rule, str(message.header.get("kind")), id_, None, span, message.words, scenario)


def _called(history: History) -> Iterator[Result]:
    """Look-ups, and refusals by staff with their words."""
    for call in history.calls:
        if call.method != "POST" or call.status != _DONE:
            continue
        span = Span(call.span.begin, call.span.end + SOON)
        answer, body = call.answer, call.body
        if call.path == "/v1/own-information" and isinstance(answer, dict):
            id_ = str(answer.get("lookup_id"))
            yield Result("business-look-up", "閲覧", id_, None, span, call.words, call.scenario)
        elif (
            call.path.startswith("/v1/pending/") and call.path.endswith("/refusal") and isinstance(body, dict)
        ):
            id_ = call.path.split("/")[3]
            yield Result(
                "business-reason", "拒否", id_, str(body.get("reason")), span, call.words, call.scenario
            )
