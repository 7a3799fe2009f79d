"""The list of what waits for staff (guide §2 Handling and pending): all of it, nothing else, the oldest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from harness.contract.messages import CLOCK_SECONDS
from harness.model.cases import Breach, Case
from harness.model.history.spans import Span
from harness.model.judges.replying import SCOPE_WORDS, Replying
from harness.model.state.conversations import Asked, Conversation, moment_of
from harness.model.state.lateness import BUSY_SECONDS, WAIT_SECONDS
from harness.model.state.pending import Decision, Listing, Stand, is_over, may_be_over
from harness.model.state.register import UNKNOWN

_ELSE: Final = "nothing-else-is-listed"
_WAITING: Final = "手動応答を待つ照会だけ"
_COPIED: Final = ("affair", "information")
_BROKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        _ELSE: "待っていない照会が一覧にある",
        "decided-leaves-the-list": "職員が決めた照会が一覧にある",
        "expired-leaves-the-list": "期限を過ぎた照会が一覧にある",
    }
)


@dataclass(slots=True)
class _Round:
    """While the lists are gone through in their order. `coming`: enquiries that arrive later; `open`: those of which more
    is to be said."""

    coming: list[Conversation]
    open: dict[str, Conversation] = field(default_factory=dict)


def listings(replying: Replying) -> Iterator[Case]:
    """Each answer of `GET /v1/pending`."""
    coming = [c for c in replying.conversations if c.correlation_id in replying.stands]
    coming.sort(key=lambda c: c.asked[0].span.begin, reverse=True)
    state = _Round(coming)
    for listing in replying.waiting.listings:
        while state.coming and state.coming[-1].asked[0].span.begin <= listing.span.end:
            conversation = state.coming.pop()
            state.open[conversation.correlation_id] = conversation
        yield from _entries(replying, listing)
        yield from _order(replying, listing)
        for conversation in list(state.open.values()):
            yield from _expected(replying, listing, conversation)
            if _is_gone(replying, conversation, listing):
                del state.open[conversation.correlation_id]


def _entries(replying: Replying, listing: Listing) -> Iterator[Case]:
    for id_, entry in listing.entries.items():
        conversation = replying.conversations.by_id.get(id_)
        if conversation is None or not conversation.asked:
            yield from _unasked(replying, listing, conversation or Conversation(id_), entry)
        elif (asked := conversation.only) is not None and id_ in replying.stands:
            yield from _entry(replying, listing, conversation, asked, entry)
            wrong = _wrong_here(replying, listing, conversation)
            if wrong is not None:
                broken = _BROKEN[wrong[0]]
                yield replying.case(*wrong, broken, _WAITING, listing.call, conversation)
            elif id_ in listing.repeated:
                broken = "同じ照会が二度載っている"
                yield replying.case(_ELSE, "自動の照会", broken, _WAITING, listing.call, conversation)


def _unasked(
    replying: Replying, listing: Listing, conversation: Conversation, entry: Mapping[str, object]
) -> Iterator[Case]:
    """What an earlier run left may still wait."""
    received = moment_of(entry.get("received_at"), 0.0)
    if received < replying.history.began + CLOCK_SECONDS and not conversation.refused:
        return
    broken = "受け付けていない照会が一覧にある"
    yield replying.case(_ELSE, "拒否した照会", broken, _WAITING, listing.call, conversation)


def _entry(
    replying: Replying,
    listing: Listing,
    conversation: Conversation,
    asked: Asked,
    entry: Mapping[str, object],
) -> Iterator[Case]:
    header, owners = asked.header, replying.stands[conversation.correlation_id].owners
    later = replying.subjects.owner(str(header.get("link_code")), asked.span.until(listing.span))
    received = moment_of(entry.get("received_at"), 0.0)
    begin, end = asked.span
    kept = {
        "from": entry.get("from") == asked.partner,
        **{member: entry.get(member) == header.get(member) for member in _COPIED},
        "local_id": UNKNOWN in owners or entry.get("local_id") in (*owners, *later),
        "received_at": begin - CLOCK_SECONDS <= received <= end + CLOCK_SECONDS + WAIT_SECONDS + BUSY_SECONDS,
    }
    for member, right in kept.items():
        broken = None if right else f"{member} が照会と違う"
        yield replying.case("pending-entry", member, broken, "届いた照会のとおり", listing.call, conversation)


def _order(replying: Replying, listing: Listing) -> Iterator[Case]:
    """By when they arrived, where that can be told, and by what the list itself says."""
    known = [(id_, replying.conversations.by_id.get(id_)) for id_ in listing.entries]
    arrived = [(id_, c.only) for id_, c in known if c is not None and c.only is not None]
    latest, broken = float("-inf"), ""
    for id_, asked in arrived:
        if asked.span.end < latest:
            broken = broken or id_
        latest = max(latest, asked.span.begin)
    received = [(id_, moment_of(e.get("received_at"), 0.0)) for id_, e in listing.entries.items()]
    by_words = next((later for (_, a), (later, b) in pairwise(received) if b < a), "")
    if len(listing.entries) > 1:
        for alternative, found in (("届いた順", broken), ("received_at", by_words)):
            said = "後に届いた照会が先にある" if found else None
            yield _of_list(replying, listing, "oldest-first", alternative, said, "届いた順", found)


def _of_list(
    replying: Replying,
    listing: Listing,
    rule: str,
    alternative: str,
    said: str | None,
    expected: str,
    id_: str,
) -> Case:
    if said is None:
        return Case(rule, alternative)
    call = listing.call
    scenario = call.scenario or replying.history.scenario_of(id_)
    return Case(rule, alternative, Breach(said, expected, call.words, scenario, call.span.end))


def _expected(replying: Replying, listing: Listing, conversation: Conversation) -> Iterator[Case]:
    """Of one enquiry that arrived before the list was asked for."""
    stand = replying.stands[conversation.correlation_id]
    listed = conversation.correlation_id in listing.entries
    wrong = _wrong_here(replying, listing, conversation)
    if wrong is not None:
        if not listed:
            yield Case(*wrong)
        return
    decided = replying.waiting.effective(conversation.correlation_id)
    if stand.must_wait and not _may_have_left(replying, listing, conversation, decided):
        yield from _must_be_listed(replying, listing, conversation, stand, listed=listed)


def _wrong_here(replying: Replying, listing: Listing, conversation: Conversation) -> tuple[str, str] | None:
    """The rule, and which of its alternatives, by which an enquiry is not listed; None where it may be."""
    asked, stand = conversation.asked[0], replying.stands[conversation.correlation_id]
    if not stand.may_wait:
        return _ELSE, "対応する者のない照会" if stand.nobody else "自動の照会"
    over = _over_by(replying.waiting.effective(conversation.correlation_id), listing.span)
    if over is not None:
        return "decided-leaves-the-list", over.words
    if is_over(asked, listing.span.begin):
        return "expired-leaves-the-list", "一覧"
    return None


def _must_be_listed(
    replying: Replying, listing: Listing, conversation: Conversation, stand: Stand, *, listed: bool
) -> Iterator[Case]:
    broken = None if listed else "待っている照会が一覧にない"
    expected = "待っている照会のすべて"
    rule, end = "what-waits-is-listed", conversation.asked[0].span.end
    restarts = replying.history.restarts
    restarted = any(end < r.span.begin and r.span.end < listing.span.begin for r in restarts)
    words = ["再起動の後"] if restarted else [SCOPE_WORDS[scope] for scope in stand.manual]
    for word in words or ["対象者"] * (not listed):
        yield replying.case(rule, word, broken, expected, listing.call, conversation)


def _over_by(decided: list[Decision], during: Span) -> Decision | None:
    """The decision that was taken before something began."""
    return next((d for d in decided if d.taken and d.call.span.before(during)), None)


def _may_have_left(
    replying: Replying, listing: Listing, conversation: Conversation, decided: list[Decision]
) -> bool:
    """Or may not be there yet."""
    asked, begin, end = conversation.asked[0], listing.span.begin, listing.span.end
    if any(d.call.span.begin <= end for d in decided) or may_be_over(asked, end):
        return True
    if not conversation.plain or any(r.first.span.begin <= end for r in conversation.replies):
        return True
    seen = replying.waiting.first_seen.get(conversation.correlation_id)
    listed = seen is not None and seen.before(listing.span)
    return not listed and begin <= replying.lateness.due(asked.span.end)


def _is_gone(replying: Replying, conversation: Conversation, listing: Listing) -> bool:
    """Nothing more is to be said of it."""
    asked, stand = conversation.asked[0], replying.stands[conversation.correlation_id]
    if not stand.may_wait or is_over(asked, listing.span.begin):
        return True
    decided = replying.waiting.effective(conversation.correlation_id)
    return _over_by(decided, listing.span) is not None
