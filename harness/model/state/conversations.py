"""What partner and gateway said to each other under one correlation id (guide §3): what was asked, what was refused, what went
out in reply. §11 leaves open whether an id may be shared, so that one may have several of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind, parse_timestamp
from harness.model.history.exchanges import Delivery, Sending
from harness.model.history.history import History
from harness.model.history.payloads import payload_of
from harness.model.history.spans import Span

_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})
_REPLYING: Final = frozenset({Kind.ANSWER, Kind.ERROR, Kind.RECEIPT})
_NEVER: Final = float("inf")


@dataclass(slots=True)
class Asked:
    """A 照会依頼 or 連絡 that was accepted, or may have been (not `sure`). The same message delivered again is the same. `span`:
    from its first arrival to the last answer of the inbox; `expires`: in seconds since 1970; `content`: None where it
    is not known as what the gateway read."""

    delivery: Delivery
    kind: str
    partner: str
    span: Span
    sure: bool
    expires: float
    content: Said | None

    @property
    def header(self) -> Said:
        """As it arrived."""
        return self.delivery.header


@dataclass(slots=True)
class Reply:
    """One message under its own id, however often it was sent; `first`: the first time that is on record."""

    message_id: str
    first: Sending
    tries: list[Sending]

    @property
    def kind(self) -> str:
        """照会応答, 受領 or エラー."""
        return str(self.first.header["kind"])

    @property
    def taken(self) -> bool:
        """The network said 202 once."""
        return any(sending.taken for sending in self.tries)

    @property
    def refused(self) -> bool:
        """The network refused it for good."""
        return any(s.error is not None and s.status is not None and s.status < 500 for s in self.tries)


@dataclass(slots=True)
class Conversation:
    """Of one correlation id. `refused`: what the inbox refused; `broken`: replies that are no messages of the contract;
    `accepted` and `sent`: what was asked and what went out by message id."""

    correlation_id: str
    asked: list[Asked] = field(default_factory=list)
    refused: list[Delivery] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    broken: list[Sending] = field(default_factory=list)
    accepted: dict[str, Asked] = field(default_factory=dict)
    sent: dict[str, Reply] = field(default_factory=dict)

    @property
    def about(self) -> tuple[str, ...]:
        """What a breach in it makes wrong."""
        return (f"correlation:{self.correlation_id}",)

    @property
    def only(self) -> Asked | None:
        """The one thing that was asked; None where there is none, or the id is shared."""
        return self.asked[0] if len(self.asked) == 1 else None

    @property
    def plain(self) -> bool:
        """One enquiry that was accepted for certain, whose id is that of its correlation: nothing of it is left open."""
        one = self.only
        return one is not None and one.sure and one.header.get("message_id") == self.correlation_id


@dataclass(frozen=True)
class Conversations:
    """By correlation id, in the order in which they came up. `delivered`: ids of messages that came; `from_others`: without those that
    the gateway had sent before, to its own organisation."""

    by_id: Mapping[str, Conversation]
    delivered: frozenset[str]
    from_others: frozenset[str]

    @classmethod
    def of(cls, history: History) -> Self:
        """As the north face of a history tells."""
        found: dict[str, Conversation] = {}
        for delivery in history.deliveries:
            if (id_ := _correlation(delivery.header, _ASKING)) is not None:
                _ask(found.setdefault(id_, Conversation(id_)), delivery)
        for sending in history.sendings:
            if (id_ := _correlation(sending.header, _REPLYING)) is not None:
                _reply(found.setdefault(id_, Conversation(id_)), sending)
        came, went = _first_of(history.deliveries), _first_of(history.sendings)
        foreign = (id_ for id_, begin in came.items() if begin <= went.get(id_, _NEVER))
        return cls(found, frozenset(came), frozenset(foreign))

    def __iter__(self) -> Iterator[Conversation]:
        return iter(self.by_id.values())


def _first_of(messages: Iterable[Delivery | Sending]) -> Mapping[str, float]:
    """When each message id was there first."""
    found: dict[str, float] = {}
    for message in messages:
        if isinstance(id_ := message.header.get("message_id"), str):
            found[id_] = min(found.get(id_, _NEVER), message.span.begin)
    return found


def _correlation(header: Said, kinds: frozenset[Kind]) -> str | None:
    """Of a message of one of these kinds."""
    kind, id_ = header.get("kind"), header.get("correlation_id")
    return id_ if isinstance(kind, str) and isinstance(id_, str) and kind in kinds else None


def _ask(conversation: Conversation, delivery: Delivery) -> None:
    id_ = str(delivery.header.get("message_id"))
    same = conversation.accepted.get(id_)
    if not (delivery.accepted or delivery.maybe):
        conversation.refused.append(delivery)
        if same is not None and (delivery.error or {}).get("code") == "REPLAYED":
            same.sure = True
        return
    if same is None:
        same = Asked(
            delivery,
            str(delivery.header["kind"]),
            str(delivery.header.get("from")),
            delivery.span,
            delivery.accepted,
            moment_of(delivery.header.get("expires_at"), _NEVER),
            _content(delivery),
        )
        conversation.accepted[id_] = same
        conversation.asked.append(same)
        return
    same.sure = same.sure or delivery.accepted
    begin = min(same.span.begin, delivery.span.begin)
    same.span = Span(begin, max(same.span.end, delivery.span.end))


def _reply(conversation: Conversation, sending: Sending) -> None:
    if sending.problem:
        conversation.broken.append(sending)
        return
    id_ = str(sending.header.get("message_id"))
    same = conversation.sent.get(id_)
    if same is None:
        conversation.sent[id_] = Reply(id_, sending, [sending])
        conversation.replies.append(conversation.sent[id_])
    else:
        same.tries.append(sending)


def moment_of(text: object, otherwise: float) -> float:
    """An RFC 3339 moment in seconds since 1970."""
    try:
        return parse_timestamp(text).timestamp() if isinstance(text, str) else otherwise
    except (ValueError, OverflowError):
        return otherwise


def _content(delivery: Delivery) -> Said | None:
    """What its sender meant; of one that was altered on the way, what the gateway could read."""
    if delivery.alteration is None:
        return delivery.content
    content = payload_of(delivery.inner or "").get("content")
    return content if isinstance(content, dict) and content == delivery.content else None
