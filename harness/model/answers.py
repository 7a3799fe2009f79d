"""One enquiry, one answer (guide §3): what a gateway answered, counted for each correlation over the whole record.

A message again under its own message id is a retry, whatever became of it (guide §4). An enquiry may have been taken
unless it was refused with an error object. Whether an enquiry may share its correlation id with another one is left open
(guide §11): each that was taken may be answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from harness.contract.journal_entries import NorthEntry
from harness.contract.messages import Kind
from harness.model.owners import Owners, header_of, words
from harness.model.violation import Violation

_ONCE = {Kind.ENQUIRY: "NET-03", Kind.NOTICE: "NTC-03"}
_ASKED = frozenset(_ONCE)
_REPLIES = frozenset({Kind.ANSWER, Kind.ERROR, Kind.RECEIPT})
_EXPECTED = {
    Kind.ENQUIRY: "一つの照会依頼に、照会応答又はエラーが一度だけ",
    Kind.NOTICE: "一つの連絡に、受領又はエラーが一度だけ",
}


@dataclass
class _Conversation:
    """Between one partner and the gateway under one correlation id. `asked`: message ids that were taken."""

    kind: str = ""
    asked: set[str] = field(default_factory=set)
    replies: list[NorthEntry] = field(default_factory=list)


def repeated_answers(exchanges: Iterable[NorthEntry], own: str, owners: Owners) -> Iterator[Violation]:
    """Answers beyond the first, answers after an error, and answers to what nobody asked, in the order of the record.
    `own`: code of the organisation whose gateway it is."""
    conversations: dict[tuple[str, str], _Conversation] = {}
    for exchange in exchanges:
        _take(conversations, exchange, own)
    for conversation in conversations.values():
        yield from _judged(conversation, owners)


def _take(conversations: dict[tuple[str, str], _Conversation], exchange: NorthEntry, own: str) -> None:
    header = header_of(exchange)
    kind, correlation_id, message_id = (header.get(n) for n in ("kind", "correlation_id", "message_id"))
    inward = exchange.get("direction") == "to_gateway"
    partner = header.get("from" if inward else "to")
    if not (_is_text(partner) and _is_text(correlation_id) and _is_text(message_id)):
        return
    if inward and kind in _ASKED and _may_be_taken(exchange):
        conversation = conversations.setdefault((partner, correlation_id), _Conversation())
        conversation.kind = conversation.kind or str(kind)
        conversation.asked.add(message_id)
    elif not inward and kind in _REPLIES and header.get("from") == own and not exchange.get("problem"):
        conversations.setdefault((partner, correlation_id), _Conversation()).replies.append(exchange)


def _judged(conversation: _Conversation, owners: Owners) -> Iterator[Violation]:
    """Once as many were taken as were asked for, any further one is one too many, whatever became of it."""
    taken: list[NorthEntry] = []
    known: dict[str, bool] = {}
    for reply in conversation.replies:
        id_ = str(header_of(reply)["message_id"])
        if id_ not in known and len(taken) >= len(conversation.asked):
            yield _violation(conversation, reply, taken, owners)
        if reply.get("status") == 202 and not known.get(id_):
            taken.append(reply)
        known[id_] = known.get(id_, False) or reply.get("status") == 202


def _violation(
    conversation: _Conversation, reply: NorthEntry, taken: list[NorthEntry], owners: Owners
) -> Violation:
    header = header_of(reply)
    asked = (
        Kind.NOTICE if header["kind"] == Kind.RECEIPT or conversation.kind == Kind.NOTICE else Kind.ENQUIRY
    )
    if conversation.asked:
        earlier = "、".join(words(answer) for answer in taken[:3])
        code, observed = "DUPLICATE_ANSWER", f"{words(reply)}の前に、{earlier}を送っている"
    else:
        code, observed = "FORWARDED", f"{words(reply)}が、受け付けたどの{asked}にも対応しない"
    scenario = owners.of_exchange(reply.get("person"), header["correlation_id"])
    return Violation(_ONCE[asked], code, observed, _EXPECTED[asked], words(reply), scenario)


def _may_be_taken(exchange: NorthEntry) -> bool:
    return exchange.get("status") == 202 or not exchange.get("error")


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)
