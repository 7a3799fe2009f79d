"""処理状況 (guide §2): which one an errand may have at a moment, as what happened before leaves it. The table of transitions is that
of the contract; here is only when each event took place."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.contract.processing_status import StatusTable, status_tables
from harness.model.history.exchanges import Delivery, Sending
from harness.model.history.spans import Span
from harness.model.likeness import members, same
from harness.model.state.errands import Errand, NetworkSaid, What, answer_to
from harness.model.state.patience import Patience

NEVER: Final = float("inf")
SENT: Final = "sent"
FAILED: Final = "failed"
EXPIRED: Final = "expired"
_TABLES: Final[Mapping[What, str]] = {
    What.ENQUIRY: "enquiry",
    What.ROW: "batch_row",
    What.NOTICE: "notice",
}
_ANSWERS: Final[Mapping[What, tuple[str, str]]] = {
    What.ENQUIRY: (Kind.ANSWER, "answered"),
    What.ROW: (Kind.ANSWER, "answered"),
    What.NOTICE: (Kind.RECEIPT, "acknowledged"),
}


class Event(NamedTuple):
    """`name`: of the table; `begins`: the first moment at which it may have happened; `happened`: the last one, and `shown`: from when on
    it must show, both NEVER where nobody knows whether it happened. `error`: with which an エラー came; `content`: of an answer;
    `network`: it was the network that refused; `closed`: nobody but the gateway can open what came with it."""

    name: str
    begins: float
    happened: float
    shown: float
    error: Said | None = None
    content: Said | None = None
    network: bool = False
    closed: bool = False

    @property
    def is_outcome(self) -> bool:
        """Does it stand?"""
        return self.name != SENT

    def perhaps(self) -> "Event":
        """The same, where nobody knows whether it happened."""
        return self._replace(happened=NEVER, shown=NEVER)


@cache
def table_of(what: What) -> StatusTable:
    """The transitions of such an errand."""
    return status_tables()[_TABLES[what]]


@cache
def statuses_of(what: What) -> frozenset[object]:
    """All that there are."""
    return frozenset(table_of(what).statuses)


@cache
def outcomes_of(what: What) -> frozenset[object]:
    """Those that stand."""
    return frozenset(table_of(what).outcomes)


@cache
def _open_of(what: What) -> frozenset[object]:
    return frozenset(table_of(what).open)


def events_of(errand: Errand, patience: Patience) -> tuple[Event, ...]:
    """All that happened to an errand."""
    expires = errand.expires
    expired = Event(EXPIRED, expires.begin, expires.end, patience.until(expires.end))
    return (*_sent(errand, patience), *_replied(errand, patience), expired)


def _sent(errand: Errand, patience: Patience) -> Iterator[Event]:
    known: set[str] = set()
    first = errand.sendings[0].header.get("message_id") if errand.sendings else None
    for sending in errand.sendings:
        begin, end = sending.span
        sent = Event(SENT, begin, end, patience.until(end))
        failed = Event(FAILED, begin, end, patience.until(end), sending.error, network=True)
        again = sending.header.get("message_id") != first  # whether a refusal of that one counts is left open
        match answer_to(sending):
            case NetworkSaid.TAKEN:
                yield sent
            case NetworkSaid.REPLAYED if sending.token in known:
                yield sent
            case NetworkSaid.REPLAYED:
                yield from (sent.perhaps(), failed.perhaps())
            case NetworkSaid.FINAL:
                yield failed.perhaps() if again or _unheard(sending, errand, patience) else failed
            case NetworkSaid.NONE | NetworkSaid.STRANGE:
                yield sent.perhaps()
        known.add(sending.token)


def _unheard(refused: Sending, errand: Errand, patience: Patience) -> bool:
    """Was it killed since, and sent the same again? The refusal was still on its way."""
    begin = refused.span.begin
    later = (s for s in errand.sendings if s.token == refused.token and s.span.begin > begin)
    return any(patience.between(begin, again.span.begin) for again in later)


def _replied(errand: Errand, patience: Patience) -> Iterator[Event]:
    kind, name = _ANSWERS[errand.what]
    for reply in errand.replies:
        begin, end = reply.span
        due = (begin, end, patience.until(end))
        content, closed = members(reply.content), reply.content is None
        if reply.header.get("kind") == Kind.ERROR:
            event = Event(FAILED, *due, content, closed=closed)
        elif reply.header.get("kind") == kind:
            event = Event(name, *due, None, content, closed=closed)
        else:
            continue
        yield event if reply.accepted and belongs(reply, errand) else event.perhaps()


def belongs(reply: Delivery, errand: Errand) -> bool:
    """Is it from whom, about whom and of what was asked? One that is taken all the same is another rule's."""
    header = reply.header
    if header.get("from") != errand.said.get("to"):
        return False
    codes = {sending.header.get("link_code") for sending in errand.sendings}
    same_information = header.get("information") == errand.said.get("information")
    return header.get("link_code") in codes and (errand.what is What.NOTICE or same_information)


def explained(what: What, status: object, during: Span, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that may have led to a status at some moment of a span; none where nothing explains it. The status with which all
    begins is explained by itself."""
    table = table_of(what)
    events = tuple(events)
    if any(e.is_outcome and e.shown < during.begin for e in events) and status in _open_of(what):
        return ()
    if status == table.begins:
        done = any(e.shown < during.begin for e in events)
        return () if done else (Event("begun", during.begin, during.begin, during.begin),)
    begun = (e for e in events if e.begins <= during.end and table.transitions[e.name].to == status)
    return tuple(e for e in begun if not _too_late(e, events))


def _too_late(event: Event, events: tuple[Event, ...]) -> bool:
    """The first outcome stands."""
    return event.is_outcome and any(o.is_outcome and o.happened < event.begins for o in events)


def due(what: What, during: Span, events: Iterable[Event]) -> Event | None:
    """What must show by the beginning of a span, the outcome before the rest; None for nothing."""
    shown = [e for e in events if e.shown < during.begin]
    outcomes = sorted((e for e in shown if e.is_outcome), key=lambda e: e.happened)
    return next(iter((*outcomes, *shown)), None)


def has_error(event: Event, error: object) -> bool:
    """Is it the error object with which that came, unchanged; null, or absent, where none came?"""
    if event.name == FAILED:
        return isinstance(error, Mapping) if event.closed else same(event.error, error)
    return error is None
