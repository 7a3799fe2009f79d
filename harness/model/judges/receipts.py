"""What answers a 連絡 that was accepted (guide §3): a 受領 each time that it comes, or an エラー about somebody unknown."""

from collections.abc import Iterator
from typing import Final

from harness.contract.messages import Kind
from harness.contract.refusals import refusals
from harness.model.cases import Case
from harness.model.history.spans import Span
from harness.model.judges.reply_headers import made_anew
from harness.model.judges.replying import Talk, code_of
from harness.model.state.conversations import Asked, Reply
from harness.model.state.register import UNKNOWN, Unknown

_UNKNOWN: Final = "SUBJECT_UNKNOWN"
_RULE: Final = "unknown-notice-error"


def receipts(talk: Talk) -> Iterator[Case]:
    """Of a 連絡, and of its repetitions under the same correlation id."""
    asked = talk.conversation.asked
    if not asked or any(one.kind != Kind.NOTICE for one in asked):
        return
    since = min(one.span.begin for one in asked)
    for reply in talk.replies:
        yield from made_anew(talk, reply, since)
        yield from _right_kind(talk, reply)
    yield from _each_in_time(talk)


def _right_kind(talk: Talk, reply: Reply) -> Iterator[Case]:
    """By any of those that came: each is about the resident whom its own link code names."""
    code, first = code_of(reply), reply.first
    came = [
        one for one in talk.conversation.asked if one.span.begin <= first.span.begin
    ] or talk.conversation.asked
    owners = {o for one in came for o in _owners(talk, one, first.span.begin)}
    if UNKNOWN in owners or not code:
        return
    if reply.kind == Kind.RECEIPT:
        broken = "対応する者のない連絡に受領を送っている" if owners == {None} else None
        rule, alternative = (_RULE, "届く") if broken else ("notice-is-acknowledged", "初めて")
        yield talk.case(rule, alternative, broken, _UNKNOWN, first)
        yield from _link_code(talk, reply, came, owners)
        return
    if None not in owners:
        broken = f"対応する者のある連絡にエラー {code} を送っている"
        yield talk.case("notice-is-acknowledged", "初めて", broken, "受領", first)
        return
    content = first.content or {}
    right = code == _UNKNOWN and content.get("phase") == refusals()[_UNKNOWN].phase
    broken = None if right else f"エラー {code}、又はその phase が違う"
    yield talk.case(_RULE, "符号", broken, _UNKNOWN, first)
    given = first.header.get("link_code") in [one.header.get("link_code") for one in came]
    broken = None if given else "届いたものと違うリンクコードを付けている"
    yield talk.case(_RULE, "リンクコード", broken, "届いたリンクコード", first)


def _link_code(
    talk: Talk,
    reply: Reply,
    came: list[Asked],
    owners: set[str | Unknown | None],
) -> Iterator[Case]:
    first = reply.first
    moment = first.span.begin
    during = Span(min(*(one.span.begin for one in came), moment), moment)
    codes = [c for o in owners if isinstance(o, str) for c in talk.replying.subjects.code(o, during)]
    if UNKNOWN in codes or not codes:
        return
    broken = None if first.header.get("link_code") in codes else "対象者の自団体のリンクコードでない"
    expected = "対象者の自団体のリンクコード"
    yield talk.case("receipt-link-code", "受領", broken, expected, first)


def _each_in_time(talk: Talk) -> Iterator[Case]:
    """The n-th that was accepted has the n-th reply in time: each has one then, in whichever order."""
    sure = sorted((one for one in talk.conversation.asked if one.sure), key=lambda one: one.span.end)
    came = sorted(
        [r.first.span.begin for r in talk.replies] + [s.span.begin for s in talk.conversation.broken]
    )
    for number, one in enumerate(sure):
        owners = _owners(talk, one, one.span.end)
        alternative = "初めて" if number == 0 else "もう一度"
        rule = "notice-is-acknowledged"
        if None in owners and UNKNOWN not in owners:
            rule, alternative = _RULE, "届く"
        broken = None
        if number < len(came):
            if talk.replying.lateness.is_late(one.span.end, came[number]):
                broken = f"{came[number] - one.span.end:.1f} 秒後に送っている"
        elif talk.replying.lateness.never_came(one.span.end, one.expires):
            broken = "何も送っていない"
        else:
            continue
        expected = "5秒以内に一つの受領（対応する者がなければエラー）"
        yield talk.case(rule, alternative, broken, expected, one.delivery)


def _owners(talk: Talk, one: Asked, moment: float) -> tuple[str | Unknown | None, ...]:
    during = Span(min(one.span.begin, moment), max(one.span.begin, moment))
    return talk.replying.subjects.owner(str(one.header.get("link_code")), during)
