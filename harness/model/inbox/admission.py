"""Checks 4 to 7: for whom, until when, for the first time, from whom."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from harness.contract.messages import CLOCK_SECONDS, parse_timestamp
from harness.model.inbox.outer import is_unusual
from harness.model.inbox.steps import ANSWERS, Arrival, Step, decided, fails, may_fail
from harness.model.state.directory import Party

EXPIRED: Final = "EXPIRED"
PARTNER_UNKNOWN: Final = "PARTNER_UNKNOWN"
NOT_ADDRESSEE: Final = "NOT_ADDRESSEE"
REPLAYED: Final = "REPLAYED"


def addressee_rule(kind: str) -> str:
    """An answer has a requirement of its own."""
    return "inbox-addressee-answer" if kind in ANSWERS else "inbox-addressee"


def addressee(arrival: Arrival) -> Iterator[Step]:
    """Check 4."""
    if arrival.envelope.text("to") != arrival.inbox.declared.organisation:
        yield fails(addressee_rule(arrival.kind), "他団体宛て", NOT_ADDRESSEE)


def expiry(arrival: Arrival) -> Iterator[Step]:
    """Check 5, by a clock that may be 5 seconds ahead or behind."""
    text, span = arrival.envelope.text("expires_at"), arrival.delivery.span
    try:
        moment = parse_timestamp(text).timestamp()
    except ValueError:
        yield may_fail(EXPIRED)
        return
    if is_unusual(text):
        yield may_fail(EXPIRED, "MALFORMED")
    if moment <= span.begin - CLOCK_SECONDS:
        yield fails("inbox-expired", "時差付きで過ぎている" if has_offset(text) else "過ぎている", EXPIRED)
    elif moment <= span.end + CLOCK_SECONDS:
        yield may_fail(EXPIRED)


def has_offset(text: str) -> bool:
    """Is it written in a zone other than UTC?"""
    return not text.endswith(("Z", "+00:00", "-00:00"))


def replay(arrival: Arrival) -> Iterator[Step]:
    """Check 6, over restarts too."""
    inbox, delivery, id_ = arrival.inbox, arrival.delivery, arrival.envelope.text("message_id")
    earlier = inbox.taken.before(id_, delivery)
    if earlier is None:
        if inbox.taken.perhaps(id_, delivery):
            yield may_fail(REPLAYED)
        return
    if not earlier.span.before(delivery.span):
        yield fails("inbox-twice-at-once", "同時に二つ", REPLAYED)
    elif _killed_between(inbox.restarts, earlier.span.end, delivery.span.begin):
        yield fails("inbox-replayed", "再起動の後", REPLAYED)
    else:
        same = earlier.token == delivery.token
        yield fails("inbox-replayed", "同じ電文" if same else "同じ番号の別の電文", REPLAYED)


def sender(arrival: Arrival) -> Iterator[Step]:
    """Check 7. Whether the network itself counts as being in its directory is left open."""
    code, directory = arrival.envelope.text("from"), arrival.directory
    if code == directory.network.code and code not in directory.organisations:
        settled = fails("contract-2-network-is-no-partner", "送信元", PARTNER_UNKNOWN)
        yield decided(settled, settles=arrival.inbox.settles)
    elif code not in directory.organisations:
        yield fails("inbox-sender", "一覧にない", PARTNER_UNKNOWN)


def party_of(arrival: Arrival) -> Party:
    """Whose key the content has to be signed with, of a sender that passed check 7."""
    return arrival.directory.organisations.get(arrival.envelope.text("from"), arrival.directory.network)


def _killed_between(restarts: tuple[float, ...], begin: float, end: float) -> bool:
    return bisect_right(restarts, begin) < bisect_right(restarts, end)
