"""What belongs into the access log (guide §7): one entry for each message that was sent and taken, accepted, or refused once it was
known to come from the network."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.model.history.exchanges import Delivery, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.patience import Patience
from harness.model.state.signed import Envelopes

SENT, RECEIVED, REFUSED = "送信", "受信", "拒否"
SOON: Final = 5.0  # seconds: the suite waits so long for what a gateway does because of something (guide §2)
LATE: Final = 2 * SOON  # after the network's 202, which may take as long to arrive as what follows from it
_EVER: Final = float("inf")
_REPLAYED: Final = "REPLAYED"


class Due(NamedTuple):
    """An entry. `span`: within which it is written; `certain`: it must be there, else it may; `code`: of a refusal, None for any;
    `where`: the exchange in words."""

    event: str
    message_id: str
    header: Said
    content: Said | None
    code: str | None
    span: Span
    certain: bool
    where: str
    person: str | None

    @property
    def kind(self) -> str:
        """Of the message."""
        return str(self.header.get("kind"))

    @property
    def correlation_id(self) -> str:
        """Of the message."""
        return str(self.header.get("correlation_id"))


@dataclass(frozen=True)
class Recorded:
    """Every entry that there must or may be. `by_message`: by event and message id; `by_correlation`: by correlation id;
    `messages`: ids of all that were exchanged."""

    dues: tuple[Due, ...]
    by_message: Mapping[tuple[str, str], list[Due]]
    by_correlation: Mapping[str, list[Due]]
    messages: frozenset[str]

    def answers_enquiry(self, due: Due) -> bool:
        """Is all that opened its correlation 照会依頼? An エラー may answer a 連絡 too."""
        opened = {one.kind for one in self.by_correlation[due.correlation_id]} & {Kind.ENQUIRY, Kind.NOTICE}
        return opened == {Kind.ENQUIRY}

    @classmethod
    def of(cls, history: History) -> "Recorded":
        """As the messages of the history leave it."""
        envelopes = history.once(Envelopes.of)
        kills = history.once(Patience.of)
        dues = [due for delivery in history.deliveries for due in _received(delivery, envelopes, kills)]
        dues += _sent(history, kills)
        by_message: dict[tuple[str, str], list[Due]] = defaultdict(list)
        by_correlation: dict[str, list[Due]] = defaultdict(list)
        for due in dues:
            by_message[due.event, due.message_id].append(due)
            by_correlation[due.correlation_id].append(due)
        exchanged: tuple[Delivery | Sending, ...] = (*history.deliveries, *history.sendings)
        messages = frozenset(str(message.header.get("message_id")) for message in exchanged)
        return cls(tuple(dues), by_message, by_correlation, messages)


def _received(delivery: Delivery, envelopes: Envelopes, kills: Patience) -> Iterator[Due]:
    """What was accepted survives a kill; that what was refused does is not promised (guide §2)."""
    id_ = delivery.header.get("message_id")
    if not isinstance(id_, str):
        return
    due = Due(
        RECEIVED,
        id_,
        delivery.header,
        delivery.content,
        None,
        delivery.span,
        True,
        delivery.words,
        delivery.person,
    )
    if delivery.maybe:
        later = due._replace(span=Span(delivery.span.begin, _EVER), certain=False)
        yield later
        yield later._replace(event=REFUSED)
        return
    passed = envelopes.passed(delivery)
    if delivery.accepted:
        yield due._replace(certain=passed is True)
    elif passed is not False and delivery.error is not None:
        met = kills.meets(Span(delivery.span.begin, delivery.span.end + SOON))
        code = str(delivery.error.get("code"))
        yield due._replace(event=REFUSED, code=code, certain=passed is True and not met)


def _sent(history: History, kills: Patience) -> Iterator[Due]:
    """A message that took several attempts is one. One that a kill met between the network's 202 and the entry may lack it."""
    attempts: dict[str, list[Sending]] = defaultdict(list)
    for sending in history.sendings:
        if isinstance(id_ := sending.header.get("message_id"), str):
            attempts[id_].append(sending)
    for id_, tries in attempts.items():
        taken = next((one for one in tries if one.taken), None) or _confirmed(tries)
        if taken is None and not _may_be_taken(tries):
            continue
        shown = taken or tries[0]
        span = Span(tries[0].span.begin, tries[-1].span.end + LATE)
        met = kills.meets(span)
        certain = taken is not None and not met
        if taken is None or met:
            span = _endless(span)
        yield Due(SENT, id_, shown.header, shown.content, None, span, certain, shown.words, shown.person)


def _confirmed(tries: list[Sending]) -> Sending | None:
    """The same bytes again, of which the network says that it has them: they arrived (guide §4)."""
    sent: set[str] = set()
    for one in tries:
        if _is_known(one) and one.token in sent:
            return one
        sent.add(one.token)
    return None


def _is_known(sending: Sending) -> bool:
    return (sending.error or {}).get("code") == _REPLAYED


def _endless(span: Span) -> Span:
    """With no end: it may be at any later time, or never."""
    return Span(span.begin, _EVER)


def _may_be_taken(tries: list[Sending]) -> bool:
    """No proper answer came, or the network said that it has the message already (guide §4): whether the gateway may have sent it
    before, nobody but the gateway knows."""
    return any(one.status is None or _is_known(one) for one in tries)
