"""What a gateway was asked to send and confirmed: enquiries, rows of a バッチ, 連絡; with all that went out and came back for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeVar

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind, Mode
from harness.contract.refusals import refusals
from harness.contract.schemas import problem_with
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.likeness import in_whole_numbers, members, moment
from harness.model.state.patience import CLOCKS

LIFE: Final = 60  # seconds, where the request names none (guide §2 処理状況)
_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})
_REPLYING: Final = frozenset({Kind.ANSWER, Kind.ERROR, Kind.RECEIPT})
_KINDS: Final = frozenset(Kind)
E = TypeVar("E", Sending, Delivery)


class What(StrEnum):
    """What was asked for."""

    ENQUIRY = "照会"
    ROW = "行"
    NOTICE = "連絡"

    @property
    def side(self) -> str:
        """Whose rules hold: those of enquiries, rows included, or those of 連絡."""
        return "notice" if self is What.NOTICE else "enquiry"


class NetworkSaid(StrEnum):
    """What the network said to a message, as far as it decides what comes next (guide §4)."""

    TAKEN = "202"
    FINAL = "4xx"
    REPLAYED = "REPLAYED"
    UNDELIVERED = "UNDELIVERED"
    FAILED = "5xx"
    UNREADABLE = "解釈できない応答"
    NONE = "応答なし"
    STRANGE = "契約の形でない202"


def answer_to(sending: Sending) -> NetworkSaid:
    """A 4xx without an error object of the contract is one that is not understood."""
    status, error = sending.status, sending.error
    if status is None:
        return NetworkSaid.NONE
    if status == 202:
        return NetworkSaid.STRANGE if sending.strange else NetworkSaid.TAKEN
    if error is None or problem_with("error", dict(error)):
        return NetworkSaid.FAILED if status >= 500 else NetworkSaid.UNREADABLE
    if 400 <= status < 500:
        return NetworkSaid.REPLAYED if error.get("code") == "REPLAYED" else NetworkSaid.FINAL
    return NetworkSaid.UNDELIVERED if error.get("code") == "UNDELIVERED" else NetworkSaid.FAILED


@dataclass(frozen=True)
class Traffic:
    """By correlation id: `sent`, what went out that answers nothing, and `came`, replies that were or may have been accepted;
    each in the order of time."""

    sent: Mapping[str, tuple[Sending, ...]]
    came: Mapping[str, tuple[Delivery, ...]]

    @classmethod
    def of(cls, history: History) -> Self:
        """All of a history."""
        sent: dict[str, list[Sending]] = defaultdict(list)
        came: dict[str, list[Delivery]] = defaultdict(list)
        for sending in history.sendings:
            if sending.header.get("kind") in _ASKING:
                sent[str(sending.header.get("correlation_id"))].append(sending)
        for delivery in history.deliveries:
            if delivery.header.get("kind") in _REPLYING and (delivery.accepted or delivery.maybe):
                came[str(delivery.header.get("correlation_id"))].append(delivery)
        return cls(_in_order(sent), _in_order(came))

    def answered(self, sending: Sending) -> float:
        """From when on a reply may tell that it arrived, so that it need not be sent any more."""
        came = self.came.get(str(sending.header.get("correlation_id")), ())
        return min((reply.span.begin for reply in came), default=float("inf"))


def _in_order(found: Mapping[str, list[E]]) -> dict[str, tuple[E, ...]]:
    return {id_: tuple(sorted(all_, key=lambda e: e.span.begin)) for id_, all_ in found.items()}


@dataclass(frozen=True, slots=True)
class Errand:
    """`openers`: the requests one of which it came of; `said`: the body, or the row; `id`: enquiry_id or notice_id; `first`: the request
    that submitted the row which was resent."""

    what: What
    openers: tuple[Call, ...]
    said: Said
    id: str
    correlation_id: str
    sendings: tuple[Sending, ...]
    replies: tuple[Delivery, ...]
    first: Call | None = None

    @property
    def span(self) -> Span:
        """When it may have been opened."""
        return Span(min(c.span.begin for c in self.openers), max(c.span.end for c in self.openers))

    @property
    def roles(self) -> frozenset[str | None]:
        """Of the staff members who may count as its sender: of a row that was resent whoever submitted it or had it resent."""
        calls = self.openers if self.first is None else (*self.openers, self.first)
        return frozenset(call.staff.role for call in calls)

    @property
    def mode(self) -> str | None:
        """オンライン or バッチ; None where the contract names none."""
        named = {What.ROW: Mode.BATCH, What.NOTICE: None}
        return named[self.what] if self.what in named else _text(self.said.get("mode"))

    @property
    def life(self) -> int:
        """Seconds from the request until it expires."""
        wished = self.said.get("expires_in_seconds")
        return wished if isinstance(wished, int) else LIFE

    @property
    def expires(self) -> Span:
        """When its time passes by the gateway's clock: as its messages say (which of two of a 連絡 is left open), else as it was asked
        for. A row may count from when its turn comes."""
        messages = self.sendings if self.what is What.NOTICE else self.sendings[:1]
        said = [at for sending in messages if (at := moment(sending.header.get("expires_at"))) is not None]
        if said:
            return Span(min(said) - CLOCKS, max(said) + CLOCKS)
        latest = float("inf") if self.what is What.ROW else self.span.end + self.life + CLOCKS
        return Span(self.span.begin + self.life - CLOCKS, latest)

    @property
    def about(self) -> tuple[str, ...]:
        """What a fault of it makes wrong."""
        return (f"correlation:{self.correlation_id}",)

    @property
    def scenario(self) -> str:
        """Whose it is."""
        return self.openers[0].scenario

    @property
    def words(self) -> str:
        """As a finding names it."""
        return f"{self.what}（相関番号 {self.correlation_id[:40]}）"


def errand(
    what: What, openers: tuple[Call, ...], said: Said, ids: tuple[str, str], traffic: Traffic
) -> Errand:
    """With its traffic. `ids`: its own and the correlation id."""
    sent, came = traffic.sent.get(ids[1], ()), traffic.came.get(ids[1], ())
    return Errand(what, openers, members(in_whole_numbers(said)), *ids, sent, came)


def single_errands(history: History, traffic: Traffic) -> Iterator[Errand]:
    """Enquiries and 連絡 that were confirmed, in the order of the record."""
    for call in history.calls:
        # whether it should have been taken is another rule's: what a gateway confirmed it does
        named = _NAMED.get(call.path) if call.method == "POST" and confirmed(call) else None
        if named:
            what, name = named
            answer = members(call.answer)
            ids = (_text(answer.get(name)), _text(answer.get("correlation_id")))
            if ids[0] is not None and ids[1] is not None:
                yield errand(what, (call,), members(call.body), (ids[0], ids[1]), traffic)


_NAMED: Final[Mapping[str, tuple[What, str]]] = {
    "/v1/enquiries": (What.ENQUIRY, "enquiry_id"),
    "/v1/notices": (What.NOTICE, "notice_id"),
}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def confirmed(call: Call) -> bool:
    """Did it say that it is done? By which status is another rule's."""
    return call.status is not None and 200 <= call.status < 300


def refused(call: Call) -> bool:
    """Did it say that nothing is done, with a code of the contract?"""
    return call.status is not None and call.status >= 400 and members(call.answer).get("code") in refusals()


def messages(history: History) -> Iterator[list[Sending]]:
    """Every message that was handed to the network and says what it is, with all attempts."""
    legible = (s for s in history.sendings if s.header.get("message_id") and s.header.get("kind") in _KINDS)
    yield from messages_of(sorted(legible, key=lambda s: s.span.begin)).values()


def repeats_of(history: History) -> Mapping[str, list[Span]]:
    """By token: when bytes that the network had came again, of which it keeps nothing else."""
    found: dict[str, list[Span]] = defaultdict(list)
    for repeat in history.repeats:
        found[repeat.token].append(repeat.span)
    return found


def messages_of(sendings: Iterable[Sending]) -> dict[str, list[Sending]]:
    """By message id, in the order of time: each is one message, however often it was sent."""
    found: dict[str, list[Sending]] = {}
    for sending in sendings:
        found.setdefault(str(sending.header.get("message_id")), []).append(sending)
    return found
