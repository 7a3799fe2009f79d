"""The list of what waits for staff (guide §2 Handling and pending): all of it, nothing else, the oldest first."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from harness.contract.journal_entries import Said
from harness.contract.messages import CLOCK_SECONDS
from harness.model.cases import Case
from harness.model.judges.owning import owns, shown_to_others
from harness.model.judges.reply_headers import APART
from harness.model.judges.replying import SCOPE_WORDS, Replying, Talk
from harness.model.state.conversations import Conversation, moment_of
from harness.model.state.lateness import BUSY_SECONDS
from harness.model.state.patience import WAIT
from harness.model.state.pending import Listing, is_over, may_be_over
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


def listings(replying: Replying) -> Iterator[Case]:
    """Each answer of `GET /v1/pending`, in the order of their begins."""
    coming = [Talk(replying, c) for c in replying.conversations if c.correlation_id in replying.stands]
    coming.sort(key=lambda talk: talk.asked.span.begin, reverse=True)
    refused = [Talk(replying, c) for c in replying.conversations if c.refused and not c.asked]
    refused.sort(key=lambda talk: talk.conversation.refused[0].span.end, reverse=True)
    present: dict[str, Talk] = {}
    for listing in replying.waiting.listings:
        while coming and coming[-1].asked.span.begin <= listing.span.end:
            talk = coming.pop()
            present[talk.id] = talk
        while refused and refused[-1].conversation.refused[0].span.end < listing.span.begin:
            if refused.pop().id not in listing.entries:
                yield Case(_ELSE, "拒否した照会")
        yield from _entries(replying, listing)
        yield from _order(replying, listing)
        for talk in list(present.values()):
            wrong = _wrong_here(talk, listing)
            if wrong is None:
                yield from _expected(talk, listing)
                continue
            del present[talk.id]
            if talk.id not in listing.entries:
                yield Case(*wrong)


def _entries(replying: Replying, listing: Listing) -> Iterator[Case]:
    for id_, entry in listing.entries.items():
        talk = Talk(replying, replying.conversations.by_id.get(id_, Conversation(id_)))
        if not talk.conversation.asked:
            yield from _unasked(talk, listing, entry)
        elif id_ in replying.stands:
            yield from _entry(talk, listing, entry)
            yield from _too_much(talk, listing)
            yield from shown_to_others(talk, listing)


def _unasked(talk: Talk, listing: Listing, entry: Said) -> Iterator[Case]:
    """What an earlier run left may still wait."""
    received = moment_of(entry.get("received_at"), 0.0)
    if talk.conversation.refused or received > talk.replying.history.began + CLOCK_SECONDS:
        broken = "受け付けていない照会が一覧にある"
        yield talk.case(_ELSE, "拒否した照会", broken, _WAITING, listing.call)


def _entry(talk: Talk, listing: Listing, entry: Said) -> Iterator[Case]:
    asked = talk.asked
    header, owners = asked.header, talk.stand.owners
    received = moment_of(entry.get("received_at"), 0.0)
    latest = asked.span.end + APART + WAIT + BUSY_SECONDS
    kept = {
        "from": entry.get("from") == asked.partner,
        **{member: entry.get(member) == header.get(member) for member in _COPIED},
        "local_id": entry.get("local_id") in owners
        or UNKNOWN in owners
        or _is_owner_later(talk, listing, entry),
        "received_at": asked.span.begin - APART <= received <= latest,
    }
    for member, right in kept.items():
        broken = None if right else f"{member} が照会と違う"
        yield talk.case("pending-entry", member, broken, "届いた照会のとおり", listing.call)


def _is_owner_later(talk: Talk, listing: Listing, entry: Said) -> bool:
    """Where somebody was registered anew while the enquiry waits."""
    code = str(talk.asked.header.get("link_code"))
    return entry.get("local_id") in talk.replying.subjects.owner(code, talk.asked.span.until(listing.span))


def _too_much(talk: Talk, listing: Listing) -> Iterator[Case]:
    wrong = _wrong_here(talk, listing)
    if wrong is not None:
        yield talk.case(*wrong, _BROKEN[wrong[0]], _WAITING, listing.call)
    elif talk.id in listing.repeated:
        yield talk.case(_ELSE, "自動の照会", "同じ照会が二度載っている", _WAITING, listing.call)


def _order(replying: Replying, listing: Listing) -> Iterator[Case]:
    """By when they arrived, where that can be told, and by what the list itself says."""
    if len(listing.entries) < 2:
        return
    known = [replying.conversations.by_id.get(id_) for id_ in listing.entries]
    talks = [Talk(replying, c) for c in known if c is not None and c.only is not None]
    latest, late = float("-inf"), None
    for talk in talks:
        late = talk if late is None and talk.asked.span.end < latest else late
        latest = max(latest, talk.asked.span.begin)
    yield _ordered(listing, "届いた順", late)
    said = {id_: moment_of(e.get("received_at"), 0.0) for id_, e in listing.entries.items()}
    known_pairs = [(one, other) for one, other in pairwise(talks) if said[other.id] < said[one.id]]
    yield _ordered(listing, "received_at", known_pairs[0][1] if known_pairs else None)


def _ordered(listing: Listing, alternative: str, late: Talk | None) -> Case:
    if late is None:
        return Case("oldest-first", alternative)
    broken = "後に届いた照会が先にある"
    return late.case("oldest-first", alternative, broken, "届いた順", listing.call)


def _expected(talk: Talk, listing: Listing) -> Iterator[Case]:
    """Of one enquiry that may wait."""
    if not talk.stand.must_wait or _may_have_left(talk, listing):
        return
    if owns(listing.call, talk):
        yield from _must_be_listed(talk, listing, listed=talk.id in listing.entries)
    elif talk.id not in listing.entries:
        yield from shown_to_others(talk, listing)


def _wrong_here(talk: Talk, listing: Listing) -> tuple[str, str] | None:
    """The rule, and which of its alternatives, by which an enquiry is not listed any more; None where it may be."""
    if not talk.stand.may_wait:
        return _ELSE, "対応する者のない照会" if talk.stand.nobody else "自動の照会"
    over = next((d for d in talk.effective if d.taken and d.call.span.before(listing.span)), None)
    if over is not None:
        return "decided-leaves-the-list", over.words
    if is_over(talk.asked, listing.span.begin):
        return "expired-leaves-the-list", "一覧"
    return None


def _must_be_listed(talk: Talk, listing: Listing, *, listed: bool) -> Iterator[Case]:
    broken = None if listed else "待っている照会が一覧にない"
    end, begin = talk.asked.span.end, listing.span.begin
    restarts = talk.replying.history.restarts
    restarted = any(end < r.span.begin and r.span.end < begin for r in restarts)
    released = [SCOPE_WORDS[scope] for scope in talk.released(begin)]
    for word in released:
        gone = "自動に戻した後、一覧にない" if broken else None
        yield talk.case("pending-stays-pending", word, gone, "待ったまま", listing.call)
    words = ["再起動の後"] if restarted else [SCOPE_WORDS[scope] for scope in talk.stand.manual]
    for word in words or ["対象者"] * (not listed and not released):
        yield talk.case("what-waits-is-listed", word, broken, "待っている照会のすべて", listing.call)


def _may_have_left(talk: Talk, listing: Listing) -> bool:
    """Or may not be there yet."""
    asked, begin, end = talk.asked, listing.span.begin, listing.span.end
    if any(d.call.span.begin <= end for d in talk.effective) or may_be_over(asked, end):
        return True
    if not talk.conversation.plain or any(r.first.span.begin <= end for r in talk.replies):
        return True
    listed = talk.seen is not None and talk.seen.before(listing.span)
    return not listed and begin <= talk.replying.lateness.due(asked.span.end)
