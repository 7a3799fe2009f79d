"""Everything that goes out in reply (guide §3 Then, §2 Handling and pending), counted and told apart."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from harness.contract.messages import Kind
from harness.model.cases import Case
from harness.model.history.history import History
from harness.model.judges.decisions import decisions
from harness.model.judges.malformed import malformed
from harness.model.judges.pending import listings
from harness.model.judges.providing import provided, said
from harness.model.judges.receipts import receipts
from harness.model.judges.replying import Replying, Talk
from harness.model.rules import rules
from harness.model.state.conversations import Reply

_REFUSED: Final = {Kind.ENQUIRY: "nothing-for-refused-enquiry", Kind.NOTICE: "nothing-for-refused-notice"}
_ONE: Final = "一つの照会依頼に、照会応答又はエラーが一度だけ"
_ASKED: Final = "受け付けた照会依頼への照会応答又はエラーを、照会した団体にだけ"


def replies(history: History) -> Iterator[Case]:
    """What was sent, whether it should have been, and what waits for staff."""
    replying = Replying(history)
    yield from _of_the_north_face(replying)
    for conversation in replying.conversations:
        talk = Talk(replying, conversation)
        yield from provided(talk)
        yield from receipts(talk)
    yield from chain(decisions(replying), listings(replying))


def answers_given(history: History) -> Iterator[Case]:
    """Of messages taken out of a longer record: to whom they go and what they say, not when, nor what else was due."""
    replying = Replying(history)
    for conversation in replying.conversations:
        talk = Talk(replying, conversation)
        yield from _counted(talk)
        if talk.id in replying.stands:
            yield from said(talk)


def counted(history: History) -> Iterator[Case]:
    """The part of it that a record shows in which residents were masked."""
    yield from _of_the_north_face(Replying(history))


def _of_the_north_face(replying: Replying) -> Iterator[Case]:
    yield from malformed(replying)
    for conversation in replying.conversations:
        talk = Talk(replying, conversation)
        yield from chain(_counted(talk), _of_refused(talk))


def _counted(talk: Talk) -> Iterator[Case]:
    """A reply of an earlier run that is sent again now belongs to nothing in this one."""
    if not talk.conversation.asked:
        if not talk.conversation.refused and talk.id not in talk.replying.conversations.delivered:
            yield from _of_nothing(talk)  # §11 leaves an enquiry open whose ids differ
        return
    partners = {asked.partner for asked in talk.conversation.asked}
    proper: list[Reply] = []
    for reply in talk.replies:
        to = reply.first.header.get("to")
        if reply.kind != Kind.RECEIPT:
            broken = None if to in partners else "照会した団体でない団体に宛てている"
            if (
                broken is None
                and reply.first.header.get("from") != talk.replying.history.declared.organisation
            ):
                broken = "from が、照会依頼を受けた団体でない"
            yield talk.case("answers-what-was-asked", reply.kind, broken, _ASKED, reply.first)
        if to in partners:
            yield from _once(talk, proper, reply)
            proper.append(reply)
    yield from _arrived_again(talk, proper)


def _of_nothing(talk: Talk) -> Iterator[Case]:
    for reply in talk.replies:
        if talk.replying.is_of_before(reply):
            continue
        rule = "receipt-for-what-came" if reply.kind == Kind.RECEIPT else "answers-what-was-asked"
        broken = "届いたどの電文にも対応しない"
        yield talk.case(rule, reply.kind, broken, _ASKED, reply.first)


def _once(talk: Talk, earlier: list[Reply], reply: Reply) -> Iterator[Case]:
    """Each message that was accepted has one reply; one that the network refused for good is none."""
    taken = [e for e in earlier if any(s.taken and s.span.begin <= reply.first.span.begin for s in e.tries)]
    broken = None
    if len(taken) >= len(talk.conversation.asked):
        broken = f"前に{'、'.join(e.first.words for e in taken[:3])}を送っている"
    enquiry = any(asked.kind == Kind.ENQUIRY for asked in talk.conversation.asked)
    if enquiry and reply.kind != Kind.RECEIPT:
        yield talk.case("one-answer", reply.kind, broken, _ONE, reply.first)
        yield from _anew(talk, earlier, reply)
    elif not enquiry:
        again = "もう一度" if len(talk.conversation.asked) > 1 else "初めて"
        expected = "届いた連絡ごとに、受領又はエラーが一度"
        yield talk.case("one-receipt", again, broken, expected, reply.first)
        if reply.kind == Kind.RECEIPT:
            yield Case("receipt-for-what-came", "受領")
    else:
        broken = "照会依頼に受領を送っている"
        yield talk.case("receipt-for-what-came", "受領", broken, _ASKED, reply.first)


def _anew(talk: Talk, earlier: list[Reply], reply: Reply) -> Iterator[Case]:
    """As long as nobody knows whether it arrived the same bytes are sent again; after a restart they may be lost."""
    if len(reply.tries) > 1:
        yield Case("one-answer", "送り直し")
    last, begin = earlier[-1] if earlier else None, reply.first.span.begin
    if last is None or last.taken or last.refused or len(talk.conversation.asked) > 1:
        return
    restarts = talk.replying.history.restarts
    if not any(last.first.span.begin <= restart.span.end <= begin for restart in restarts):
        broken = f"{last.first.words}が届いたか分からないうちに、ほかの電文を送っている"
        yield talk.case("one-answer", "送り直し", broken, "同じバイト列", reply.first)


def _arrived_again(talk: Talk, proper: list[Reply]) -> Iterator[Case]:
    """What is accepted once is answered once, though it arrives again (check 6)."""
    asked = talk.conversation.only
    again = [d for d in talk.conversation.refused if (d.error or {}).get("code") == "REPLAYED"]
    if asked is None or not again:
        return
    count = sum(reply.taken for reply in proper)
    broken = f"同じ電文の再到着の後、{count} 件を送っている" if count > 1 else None
    if asked.kind == Kind.ENQUIRY:
        yield talk.case("one-answer", "同じ電文の再到着", broken, _ONE, again[-1])
    else:
        rule = "nothing-for-refused-notice"
        yield talk.case(rule, "REPLAYED", broken, "何も送らない", again[-1])


def _of_refused(talk: Talk) -> Iterator[Case]:
    """Only where nothing under this id was accepted: else what went out belongs to that."""
    if talk.conversation.asked:
        return
    for delivery in talk.conversation.refused:
        rule = _REFUSED[Kind(str(delivery.header["kind"]))]
        code = str((delivery.error or {}).get("code"))
        sent = [*(reply.first for reply in talk.replies), *talk.conversation.broken]
        known = code in rules()[rule].alternatives
        if not sent and not known:
            continue
        alternative = code if known else rules()[rule].alternatives[0]
        broken = f"{code} で拒否した電文について、{sent[0].words}を送っている" if sent else None
        where = sent[0] if sent else delivery
        yield talk.case(rule, alternative, broken, "何も送らない", where)
