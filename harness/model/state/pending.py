"""What waits for staff, and what staff decided (guide §2 Handling and pending)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from harness.contract.messages import CLOCK_SECONDS
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.conversations import Asked, Conversation
from harness.model.state.handling import Handling, unanswered
from harness.model.state.register import UNKNOWN, Unknown
from harness.model.state.subjects import Subjects

_PATH: Final = re.compile(r"/v1/pending/([^/]+)/(approval|refusal)")
APPROVAL: Final = "approval"
Owner = str | Unknown | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Of staff. `taken`: answered with 200; else it may have been taken nevertheless, unless it was refused (`refused`)."""

    call: Call
    correlation_id: str
    approves: bool
    taken: bool
    refused: bool

    @property
    def words(self) -> str:
        """承認 or 拒否, as a finding names it."""
        return "承認" if self.approves else "拒否"


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer of `GET /v1/pending`, its entries by correlation id in their order; `repeated`: ids that stand in it twice."""

    call: Call
    entries: Mapping[str, Mapping[str, object]]
    repeated: frozenset[str]

    @property
    def span(self) -> Span:
        """When it was asked for."""
        return self.call.span


@dataclass(frozen=True)
class Waiting:
    """`decisions` by correlation id, in the order of their ends; `listings` in the order of their begins; `first_seen`: when a
    correlation id was listed first; `standing`: the decisions that were taken, or may have been."""

    decisions: Mapping[str, list[Decision]]
    listings: tuple[Listing, ...]
    first_seen: Mapping[str, Span]
    standing: Mapping[str, list[Decision]]

    @classmethod
    def of(cls, history: History) -> Self:
        """As the south face of a history tells."""
        decisions: dict[str, list[Decision]] = {}
        for decision in sorted(_decisions(history), key=lambda d: d.call.span.end):
            decisions.setdefault(decision.correlation_id, []).append(decision)
        listings = tuple(sorted(_listings(history), key=lambda listing: listing.span.begin))
        first: dict[str, Span] = {}
        for listing in sorted(listings, key=lambda listing: listing.span.end):
            for id_ in listing.entries:
                first.setdefault(id_, listing.span)
        standing = {id_: [d for d in decided if not d.refused] for id_, decided in decisions.items()}
        return cls(decisions, listings, first, standing)

    def of_id(self, correlation_id: str) -> list[Decision]:
        """What staff decided, or tried to."""
        return self.decisions.get(correlation_id, [])

    def effective(self, correlation_id: str) -> list[Decision]:
        """Those that were taken, or may have been."""
        return self.standing.get(correlation_id, [])


@dataclass(frozen=True, slots=True)
class Stand:
    """Of an enquiry, once the gateway has looked at it: whom its link code may lead to; may it, and must it, wait for staff;
    must it be answered without; the scopes that say so."""

    owners: tuple[Owner, ...]
    may_wait: bool
    must_wait: bool
    automatic: bool
    manual: tuple[str, ...]

    @property
    def nobody(self) -> bool:
        """The link code is unknown, for certain."""
        return self.owners == (None,)


def stand_of(asked: Asked, until: float, subjects: Subjects, handling: Handling, *, seen: bool) -> Stand:
    """`until`: when it had been looked at, at the latest; `seen`: it was listed."""
    during = Span(asked.span.begin, max(until, asked.span.begin))
    owners = subjects.owner(str(asked.header.get("link_code")), during)
    affair, information = str(asked.header.get("affair")), str(asked.header.get("information"))
    if UNKNOWN in owners:
        return Stand(owners, may_wait=True, must_wait=False, automatic=False, manual=())
    ways = [handling.ways(o, affair, information, during) for o in owners if isinstance(o, str)]
    by_hand, only_by_hand = any(w.by_hand for w in ways), all(not w.automatic for w in ways)
    known = bool(ways) and None not in owners
    must = known and (only_by_hand or (seen and by_hand))
    manual = (ways[0].manual or ways[0].perhaps) if len(ways) == 1 else ()
    return Stand(owners, bool(ways) and by_hand, must, bool(owners) and not by_hand, manual)


def looked_at(conversation: Conversation, asked: Asked, waiting: Waiting, late: float) -> float:
    """When an enquiry had been looked at, at the latest: it was answered, listed or decided, or its time was over."""
    moments = [asked.span.end + late]
    moments += [reply.first.span.begin for reply in conversation.replies[:1]]
    if (seen := waiting.first_seen.get(conversation.correlation_id)) is not None:
        moments.append(seen.end)
    moments += [d.call.span.end for d in waiting.of_id(conversation.correlation_id) if d.taken]
    return max(min(moments), asked.span.begin)


def may_be_over(asked: Asked, moment: float) -> bool:
    """By the gateway's clock, which may be ahead."""
    return moment > asked.expires - CLOCK_SECONDS


def is_over(asked: Asked, moment: float) -> bool:
    """By the gateway's clock, which may be behind."""
    return moment > asked.expires + CLOCK_SECONDS


def _decisions(history: History) -> Iterator[Decision]:
    for call in history.calls:
        found = _PATH.fullmatch(call.path) if call.method == "POST" else None
        if found:
            taken = call.status == 200
            refused = not taken and not unanswered(call)
            yield Decision(call, found[1], found[2] == APPROVAL, taken, refused)


def _listings(history: History) -> Iterator[Listing]:
    for call in history.calls:
        if call.method != "GET" or call.path != "/v1/pending" or call.status != 200:
            continue
        rows = call.answer.get("pending") if isinstance(call.answer, Mapping) else None
        if isinstance(rows, list):
            yield _listing(call, [row for row in rows if isinstance(row, Mapping)])


def _listing(call: Call, rows: list[Mapping[str, object]]) -> Listing:
    entries: dict[str, Mapping[str, object]] = {}
    repeated: set[str] = set()
    for row in rows:
        if isinstance(id_ := row.get("correlation_id"), str) and entries.setdefault(id_, row) is not row:
            repeated.add(id_)
    return Listing(call, entries, frozenset(repeated))
