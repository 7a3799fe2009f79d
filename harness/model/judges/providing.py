"""What becomes of an enquiry that was accepted (guide §3 Then, §2 Handling and pending): which reply goes out, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harness.contract.items import informations
from harness.contract.messages import Kind
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Delivery
from harness.model.history.spans import EVER, Span
from harness.model.judges.reply_contents import answered_with, error_said
from harness.model.judges.reply_headers import headers
from harness.model.judges.replying import SCOPE_WORDS, Talk, code_of
from harness.model.state.conversations import Reply
from harness.model.state.held import Held
from harness.model.state.holdings import Holding
from harness.model.state.pending import Decision, is_over
from harness.model.state.register import UNKNOWN

_SUBJECT, _RECORD, _STAFF = "SUBJECT_UNKNOWN", "RECORD_NOT_FOUND", "REFUSED_BY_STAFF"
_ANSWER: Final = str(Kind.ANSWER)
AUTOMATIC, APPROVED = "自動", "承認"


@dataclass(frozen=True, slots=True)
class Due:
    """What may go out, by kind or code. `way`: 自動 or 承認; `held`: by the local id that it is held of; `since`: from when on the
    records count; `open`: nothing is known."""

    codes: frozenset[str]
    way: str
    held: tuple[tuple[str, Holding], ...]
    since: float
    open: bool

    @property
    def records(self) -> list[tuple[str, Held]]:
        """Those that may be the one to provide."""
        return [(owner, held) for owner, held in self.held if isinstance(held, Held)]


def provided(talk: Talk) -> Iterator[Case]:
    """Of an enquiry whose id no other has (§11)."""
    if talk.id not in talk.replying.stands:
        return
    yield from said(talk)
    yield from _comes(talk)
    if talk.stand.must_wait and not (talk.replies or talk.conversation.broken):
        yield from _kept_waiting(talk)


def said(talk: Talk) -> Iterator[Case]:
    """What goes out in reply to an enquiry, whenever that is. Raises KeyError where its id is shared."""
    for reply in talk.replies:
        if reply.kind == Kind.RECEIPT:
            continue
        yield from _before_staff(talk, reply)
        due = due_at(talk, reply.first.span.begin)
        yield from _kind_of(talk, due, reply)
        yield from headers(talk, reply, due.since)
        if reply.kind == Kind.ERROR:
            yield from error_said(talk, reply)
        elif due.records and not due.open:
            yield from answered_with(talk, reply, due.records, due.way)


def due_at(talk: Talk, moment: float) -> Due:
    """What may go out at a moment: by whom the link code leads to, what staff decided before, and what was held since."""
    asked = talk.asked
    during = Span(min(asked.span.begin, moment), moment)
    owners = talk.replying.subjects.owner(str(asked.header.get("link_code")), during)
    decided = talk.decided_before(moment)
    approvals = [d for d in decided if d.approves]
    at_once = not talk.stand.must_wait or not decided
    since = asked.span.begin
    if approvals and not at_once:
        since = min(d.call.span.begin for d in approvals)
    codes: set[str] = {_SUBJECT} if None in owners else set()
    codes |= {_STAFF} if any(not d.approves for d in decided) else set()
    held: list[tuple[str, Holding]] = []
    if at_once or approvals:
        held = list(_held(talk, owners, Span(min(since, moment), moment)))
        codes |= {_RECORD} if any(h is None for _, h in held) else set()
        codes |= {_ANSWER} if any(isinstance(h, Held) for _, h in held) else set()
    unknown = UNKNOWN in owners or any(h is UNKNOWN for _, h in held) or asked.content is None
    return Due(frozenset(codes), APPROVED if approvals else AUTOMATIC, tuple(held), since, unknown)


def _held(talk: Talk, owners: tuple[object, ...], during: Span) -> Iterator[tuple[str, Holding]]:
    asked = talk.asked
    key = (asked.content or {}).get("key")
    information = str(asked.header.get("information"))
    for owner in owners:
        if isinstance(owner, str) and isinstance(key, dict):
            for holding in talk.replying.holdings.asked(owner, information, key, during):
                yield owner, holding


def _before_staff(talk: Talk, reply: Reply) -> Iterator[Case]:
    """Nothing goes out of what waits before somebody decides, nor when its time is over."""
    if not talk.stand.must_wait or code_of(reply) == "":
        return
    first = reply.first
    decided = talk.decided_before(first.span.begin)
    broken = None if decided else "職員が決める前に送っている"
    if broken and is_over(talk.asked, first.span.begin):
        expected = "期限を過ぎた照会には何も送らない"
        yield talk.case("expired-sends-nothing", "期限切れ", "期限の後に送っている", expected, first)
        return
    expected = "職員が決めるまで何も送らない"
    for scope in talk.released(first.span.begin):
        again = "自動に戻した後、職員が決める前に送っている" if broken else None
        word = SCOPE_WORDS[scope]
        yield talk.case("pending-stays-pending", word, again, expected, first)
        broken = None
    for scope in talk.stand.manual:
        word = _alone(talk)
        yield talk.case(f"manual-{scope}-waits", word, broken, expected, first)


def _kept_waiting(talk: Talk) -> Iterator[Case]:
    """Nothing went out until the record ends."""
    for scope in talk.stand.manual:
        yield Case(f"manual-{scope}-waits", _alone(talk))
    if is_over(talk.asked, talk.replying.history.ended) and not talk.effective:
        yield Case("expired-sends-nothing", "期限切れ")


def _alone(talk: Talk) -> str:
    return "ほかも手動" if len(talk.stand.manual) > 1 else f"それだけ・{talk.asked.header.get('mode')}"


def _kind_of(talk: Talk, due: Due, reply: Reply) -> Iterator[Case]:
    code = code_of(reply)
    if due.open or not code:
        return
    right = code in due.codes
    if not right and not due.codes:
        return  # before staff decided, which was said already
    if len(due.codes) > 1 and right:
        return
    rule, alternative = _rule_of(talk, due, code)
    expected = "、".join(sorted(due.codes))
    broken = None if right else f"{code} を送っている"
    yield talk.case(rule, alternative, broken, expected, reply.first)


def _rule_of(talk: Talk, due: Due, code: str) -> tuple[str, str]:
    """The sentence that says which reply was due."""
    asked = talk.asked
    information = str(asked.header.get("information"))
    if due.codes == {_SUBJECT}:
        return "unknown-subject-is-answered", _unknown_way(talk)
    if _STAFF in due.codes and not due.held:
        return "refusal-sends", "ほかに何も届かない"
    if code == _STAFF or (code == _SUBJECT and _ANSWER in due.codes):
        rule = "own-record" if code == _SUBJECT else "refusal-sends"
        return rule, due.way if code == _SUBJECT else "ほかに何も届かない"
    owner = due.held[0][0] if due.held else ""
    several = len(talk.replying.holdings.places.get((owner, information), ())) > 1
    several = several and _registered_before(talk, owner, information) > 1
    if _ANSWER in due.codes:
        keyless = information in informations() and not informations()[information].key
        if keyless:
            return "last-registered-is-provided", f"{'幾つもの件' if several else '一件'}・{due.way}"
        return "record-is-provided", f"{'ほかのキーもある' if several else '一件'}・{due.way}"
    return _of_none(talk, owner, way=due.way)


def _of_none(talk: Talk, owner: str, *, way: str) -> tuple[str, str]:
    """There was no record: never, any more, or under this key only."""
    key, information = (talk.asked.content or {}).get("key"), str(talk.asked.header.get("information"))
    if isinstance(key, dict):
        holdings, arrived = talk.replying.holdings, talk.asked.span
        if way == APPROVED and _any_held(holdings.record(owner, information, key, arrived)):
            return "record-at-approval", "削除の後"
        if _any_held(holdings.record(owner, information, key, Span(EVER.begin, arrived.begin))):
            return "deleted-is-gone", way
    others = _registered_before(talk, owner, information)
    return "no-record-error", f"{'ほかのキーの件' if others else '件のない人'}・{way}"


def _registered_before(talk: Talk, owner: str, information: str) -> int:
    """Under how many keys."""
    before = Span(EVER.begin, talk.asked.span.end)
    places = talk.replying.holdings.places.get((owner, information), {})
    return sum(_any_held(place.possible(before)) for place in places.values())


def _any_held(holdings: tuple[Holding, ...]) -> bool:
    return any(isinstance(holding, Held) for holding in holdings)


def _unknown_way(talk: Talk) -> str:
    """Is the affair or the information of somebody unknown switched to 手動?"""
    affair, information = str(talk.asked.header.get("affair")), str(talk.asked.header.get("information"))
    ways = talk.replying.handling.ways("", affair, information, talk.asked.span)
    return "手動" if ways.manual else AUTOMATIC


def _comes(talk: Talk) -> Iterator[Case]:
    """What is due goes out within the time that the guide gives."""
    if not talk.conversation.plain or talk.asked.content is None or UNKNOWN in talk.stand.owners:
        return
    taken = [d for d in talk.decisions if d.taken]
    if talk.stand.nobody or talk.stand.automatic or _is_lost(talk):
        yield from _in_time(talk, _rule_due(talk), talk.asked.span.end, talk.asked.delivery)
    elif taken and not is_over(talk.asked, taken[0].call.span.begin):
        yield from _in_time(talk, _rule_decided(talk, taken[0]), taken[0].call.span.end, taken[0].call)


def _in_time(talk: Talk, rule: tuple[str, str], since: float, where: Call | Delivery) -> Iterator[Case]:
    came = [r.first.span.begin for r in talk.replies] + [s.span.begin for s in talk.conversation.broken]
    broken = None
    if came and talk.replying.lateness.is_late(since, min(came)):
        broken = f"{min(came) - since:.1f} 秒後に送っている"
    elif not came:
        if not talk.replying.lateness.never_came(since, talk.asked.expires):
            return
        broken = "何も送っていない"
    expected = "5秒以内に一つの応答"
    yield talk.case(*rule, broken, expected, where)


def _is_lost(talk: Talk) -> bool:
    """It may wait or not, and is neither answered nor listed where what waits was listed."""
    if talk.stand.must_wait or not talk.stand.may_wait or talk.replies:
        return False
    if talk.seen is not None or talk.effective:
        return False
    due = talk.replying.lateness.due(talk.asked.span.end)
    return any(
        listing.span.begin > due and listing.span.end < talk.asked.expires - 5.0
        for listing in talk.replying.waiting.listings
    )


def _rule_due(talk: Talk) -> tuple[str, str]:
    if talk.stand.nobody:
        return "unknown-subject-is-answered", _unknown_way(talk)
    codes = {code_of(talk.replies[0])} if talk.replies else due_at(talk, talk.asked.span.end).codes
    kind = _RECORD if _RECORD in codes else _ANSWER
    return "enquiry-is-answered", f"{kind}・{talk.asked.header.get('mode')}"


def _rule_decided(talk: Talk, decision: Decision) -> tuple[str, str]:
    if not decision.approves:
        return "refusal-sends", "届く"
    due = due_at(talk, decision.call.span.end)
    return "approval-sends", _RECORD if _RECORD in due.codes else _ANSWER
