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
from harness.model.judges.replying import SCOPE_WORDS, Replying, code_of
from harness.model.state.conversations import Asked, Conversation, Reply
from harness.model.state.held import Held
from harness.model.state.holdings import Holding
from harness.model.state.pending import Decision, Stand, is_over
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


def outcomes(replying: Replying, conversation: Conversation) -> Iterator[Case]:
    """Of an enquiry whose id no other has (§11)."""
    asked = conversation.only
    stand = replying.stands.get(conversation.correlation_id)
    if asked is None or stand is None:
        return
    for reply in conversation.replies:
        yield from _before_staff(replying, conversation, asked, stand, reply)
        due = due_at(replying, conversation, stand, reply.first.span.begin)
        yield from _kind_of(replying, conversation, due, reply)
        yield from headers(replying, conversation, asked, reply, due.since)
        if reply.kind == Kind.ERROR:
            yield from error_said(replying, conversation, asked, reply)
        elif reply.kind == Kind.ANSWER and due.records and UNKNOWN not in dict(due.held).values():
            yield from answered_with(replying, conversation, asked, reply, due.records, due.way)
    yield from _comes(replying, conversation, asked, stand)


def due_at(replying: Replying, conversation: Conversation, stand: Stand, moment: float) -> Due:
    """What may go out at a moment: by whom the link code leads to, what staff decided before, and what was held since."""
    asked = conversation.asked[0]
    during = Span(min(asked.span.begin, moment), moment)
    owners = replying.subjects.owner(str(asked.header.get("link_code")), during)
    decided = replying.decided_before(conversation, moment)
    approvals = [d for d in decided if d.approves]
    at_once = not stand.must_wait or not decided
    since = asked.span.begin
    if approvals and not at_once:
        since = min(d.call.span.begin for d in approvals)
    codes: set[str] = {_SUBJECT} if None in owners else set()
    codes |= {_STAFF} if any(not d.approves for d in decided) else set()
    held: list[tuple[str, Holding]] = []
    if at_once or approvals:
        held = list(_held(replying, asked, owners, Span(min(since, moment), moment)))
        codes |= {_RECORD} if any(h is None for _, h in held) else set()
        codes |= {_ANSWER} if any(isinstance(h, Held) for _, h in held) else set()
    unknown = UNKNOWN in owners or any(h is UNKNOWN for _, h in held) or asked.content is None
    return Due(frozenset(codes), APPROVED if approvals else AUTOMATIC, tuple(held), since, unknown)


def _held(
    replying: Replying, asked: Asked, owners: tuple[object, ...], during: Span
) -> Iterator[tuple[str, Holding]]:
    key = (asked.content or {}).get("key")
    information = str(asked.header.get("information"))
    for owner in owners:
        if isinstance(owner, str) and isinstance(key, dict):
            for holding in replying.holdings.asked(owner, information, key, during):
                yield owner, holding


def _before_staff(
    replying: Replying, conversation: Conversation, asked: Asked, stand: Stand, reply: Reply
) -> Iterator[Case]:
    """Nothing goes out of what waits before somebody decides, nor when its time is over."""
    if not stand.must_wait or code_of(reply) == "":
        return
    first = reply.first
    decided = replying.decided_before(conversation, first.span.begin)
    broken = None if decided else "職員が決める前に送っている"
    if broken and is_over(asked, first.span.begin):
        expected = "期限を過ぎた照会には何も送らない"
        yield replying.case(
            "expired-sends-nothing", "期限切れ", "期限の後に送っている", expected, first, conversation
        )
        return
    expected = "職員が決めるまで何も送らない"
    for scope in _released(replying, asked, stand, first.span.begin):
        again = "自動に戻した後、職員が決める前に送っている" if broken else None
        word = SCOPE_WORDS[scope]
        yield replying.case("pending-stays-pending", word, again, expected, first, conversation)
        broken = None
    for scope in stand.manual:
        word = _alone(stand, asked)
        yield replying.case(f"manual-{scope}-waits", word, broken, expected, first, conversation)


def _released(replying: Replying, asked: Asked, stand: Stand, before: float) -> Iterator[str]:
    """Scopes that were switched back while the enquiry waited."""
    keys = {
        "subject": next((o for o in stand.owners if isinstance(o, str)), ""),
        "affair": str(asked.header.get("affair")),
        "information": str(asked.header.get("information")),
    }
    for scope, key in keys.items():
        if replying.handling.automatic_again(scope, key, asked.span.end, before):
            yield scope


def _alone(stand: Stand, asked: Asked) -> str:
    return "ほかも手動" if len(stand.manual) > 1 else f"それだけ・{asked.header.get('mode')}"


def _kind_of(replying: Replying, conversation: Conversation, due: Due, reply: Reply) -> Iterator[Case]:
    code = code_of(reply)
    if due.open or not code:
        return
    right = code in due.codes
    if not right and not due.codes:
        return  # before staff decided, which was said already
    if len(due.codes) > 1 and right:
        return
    rule, alternative = _rule_of(replying, conversation, due, code)
    expected = "、".join(sorted(due.codes))
    broken = None if right else f"{code} を送っている"
    yield replying.case(rule, alternative, broken, expected, reply.first, conversation)


def _rule_of(replying: Replying, conversation: Conversation, due: Due, code: str) -> tuple[str, str]:
    """The sentence that says which reply was due."""
    asked = conversation.asked[0]
    information = str(asked.header.get("information"))
    if due.codes == {_SUBJECT}:
        return "unknown-subject-is-answered", unknown_way(replying, asked)
    if _STAFF in due.codes and not due.held:
        return "refusal-sends", "ほかに何も届かない"
    if code == _STAFF or (code == _SUBJECT and _ANSWER in due.codes):
        rule = "own-record" if code == _SUBJECT else "refusal-sends"
        return rule, due.way if code == _SUBJECT else "ほかに何も届かない"
    owner = due.held[0][0] if due.held else ""
    several = len(replying.holdings.places.get((owner, information), ())) > 1
    if _ANSWER in due.codes:
        keyless = information in informations() and not informations()[information].key
        if keyless:
            return "last-registered-is-provided", f"{'幾つもの件' if several else '一件'}・{due.way}"
        return "record-is-provided", f"{'ほかのキーもある' if several else '一件'}・{due.way}"
    return _of_none(replying, asked, owner, several=several, way=due.way)


def _of_none(replying: Replying, asked: Asked, owner: str, *, several: bool, way: str) -> tuple[str, str]:
    """There was no record: never, any more, or under this key only."""
    key, information = (asked.content or {}).get("key"), str(asked.header.get("information"))
    if isinstance(key, dict):
        before = Span(EVER.begin, asked.span.begin)
        if any(isinstance(h, Held) for h in replying.holdings.record(owner, information, key, before)):
            return "deleted-is-gone", way
    places = replying.holdings.places.get((owner, information), ())
    return "no-record-error", f"{'ほかのキーの件' if several or places else '件のない人'}・{way}"


def unknown_way(replying: Replying, asked: Asked) -> str:
    """Is the affair or the information of somebody unknown switched to 手動?"""
    affair, information = str(asked.header.get("affair")), str(asked.header.get("information"))
    ways = replying.handling.ways("", affair, information, asked.span)
    return "手動" if ways.manual else AUTOMATIC


def _comes(replying: Replying, conversation: Conversation, asked: Asked, stand: Stand) -> Iterator[Case]:
    """What is due goes out within the time that the guide gives."""
    if not conversation.plain or asked.content is None or UNKNOWN in stand.owners:
        return
    taken = [d for d in replying.waiting.of_id(conversation.correlation_id) if d.taken]
    where: Call | Delivery
    if stand.nobody or stand.automatic or _is_lost(replying, conversation, asked, stand):
        since, where = asked.span.end, asked.delivery
        rule, alternative = _rule_due(replying, conversation, asked, stand)
    elif taken and not is_over(asked, taken[0].call.span.begin):
        since, where = taken[0].call.span.end, taken[0].call
        rule, alternative = _rule_decided(replying, conversation, stand, taken[0])
    else:
        return
    yield from _in_time(replying, conversation, rule, alternative, since, where)


def _in_time(
    replying: Replying,
    conversation: Conversation,
    rule: str,
    alternative: str,
    since: float,
    where: Call | Delivery,
) -> Iterator[Case]:
    came = [r.first.span.begin for r in conversation.replies] + [s.span.begin for s in conversation.broken]
    broken = None
    if came and replying.lateness.is_late(since, min(came)):
        broken = f"{min(came) - since:.1f} 秒後に送っている"
    elif not came:
        if not replying.lateness.never_came(since, conversation.asked[0].expires):
            return
        broken = "何も送っていない"
    expected = "5秒以内に一つの応答"
    yield replying.case(rule, alternative, broken, expected, where, conversation)


def _is_lost(replying: Replying, conversation: Conversation, asked: Asked, stand: Stand) -> bool:
    """It may wait or not, and is neither answered nor listed where what waits was listed."""
    if stand.must_wait or not stand.may_wait or conversation.replies:
        return False
    id_ = conversation.correlation_id
    if id_ in replying.waiting.first_seen or replying.waiting.effective(id_):
        return False
    due = replying.lateness.due(asked.span.end)
    return any(
        listing.span.begin > due and listing.span.end < asked.expires - 5.0
        for listing in replying.waiting.listings
    )


def _rule_due(replying: Replying, conversation: Conversation, asked: Asked, stand: Stand) -> tuple[str, str]:
    if stand.nobody:
        return "unknown-subject-is-answered", unknown_way(replying, asked)
    due = due_at(replying, conversation, stand, asked.span.end)
    kind = _RECORD if _RECORD in due.codes else _ANSWER
    return "enquiry-is-answered", f"{kind}・{asked.header.get('mode')}"


def _rule_decided(
    replying: Replying, conversation: Conversation, stand: Stand, decision: Decision
) -> tuple[str, str]:
    if not decision.approves:
        return "refusal-sends", "届く"
    due = due_at(replying, conversation, stand, decision.call.span.end)
    return "approval-sends", _RECORD if _RECORD in due.codes else _ANSWER
