"""What staff decide about an enquiry (guide §2 Handling and pending): once, while it waits, and of nothing else."""

from collections.abc import Iterator

from harness.model.cases import Case
from harness.model.judges.replying import Replying
from harness.model.state.conversations import Asked, Conversation
from harness.model.state.pending import Decision, Stand, is_over, may_be_over
from harness.model.state.register import UNKNOWN

_NOTHING = "nothing-to-decide"


def decisions(replying: Replying) -> Iterator[Case]:
    """Each request to approve or to refuse, by what it met. Which of several faults decides is another's rule."""
    for id_, decided in replying.waiting.decisions.items():
        conversation = replying.conversations.by_id.get(id_)
        asked = conversation.only if conversation else None
        stand = replying.stands.get(id_)
        if conversation is None or not conversation.asked:
            yield from _of_nothing(replying, conversation or Conversation(id_), decided)
        elif asked is not None and stand is not None and UNKNOWN not in stand.owners:
            for decision in decided:
                yield from _judged(replying, conversation, asked, stand, decision)


def _of_nothing(replying: Replying, conversation: Conversation, decided: list[Decision]) -> Iterator[Case]:
    """An enquiry of an earlier run may still be listed."""
    if conversation.correlation_id in replying.waiting.first_seen:
        return
    for decision in decided:
        if decision.taken or _is_not_found(decision):
            broken = "届いていない照会について 200" if decision.taken else None
            yield replying.case(
                _NOTHING, "知らない照会番号", broken, "NOT_FOUND", decision.call, conversation
            )


def _judged(
    replying: Replying, conversation: Conversation, asked: Asked, stand: Stand, decision: Decision
) -> Iterator[Case]:
    others = [d for d in replying.waiting.of_id(conversation.correlation_id) if d is not decision]
    if decision.taken:
        yield from _taken(replying, conversation, asked, stand, decision, others)
    elif _is_not_found(decision):
        yield from _not_found(replying, conversation, asked, stand, decision, others)


def _taken(
    replying: Replying,
    conversation: Conversation,
    asked: Asked,
    stand: Stand,
    decision: Decision,
    others: list[Decision],
) -> Iterator[Case]:
    """Of two at once one is taken, of two after another the first."""
    call, word = decision.call, decision.words
    first = next((d for d in others if d.taken and _comes_before(d, decision)), None)
    if first is not None:
        at_once = not first.call.span.before(call.span)
        alternative = "同時" if at_once else f"{first.words}・{word}"
        broken = f"{first.words}の後の{word}に 200"
        yield replying.case("decided-once", alternative, broken, "NOT_FOUND", call, conversation)
    elif is_over(asked, call.span.begin):
        broken = "期限を過ぎた照会について 200"
        yield replying.case("expired-cannot-be-decided", word, broken, "NOT_FOUND", call, conversation)
    elif not stand.may_wait or call.span.end < asked.span.begin:
        broken = "待っていない照会について 200"
        yield replying.case(_NOTHING, "自動で応答した照会", broken, "NOT_FOUND", call, conversation)
    elif stand.must_wait:
        yield Case("waiting-can-be-decided", word)
        if _restarted(replying, asked, decision):
            yield Case("waiting-can-be-decided", "再起動の後")


def _not_found(
    replying: Replying,
    conversation: Conversation,
    asked: Asked,
    stand: Stand,
    decision: Decision,
    others: list[Decision],
) -> Iterator[Case]:
    call, word = decision.call, decision.words
    before = [d for d in others if not d.refused and d.call.span.begin <= call.span.end]
    if before:
        first = before[0]
        at_once = not first.call.span.before(call.span)
        yield Case("decided-once", "同時" if at_once else f"{first.words}・{word}")
    elif may_be_over(asked, call.span.end):
        if is_over(asked, call.span.begin) and stand.must_wait:
            yield Case("expired-cannot-be-decided", word)
    elif not stand.may_wait:
        yield Case(_NOTHING, "自動で応答した照会")
    elif stand.must_wait and conversation.plain and _has_come(replying, conversation, asked, decision):
        if any(reply.first.span.begin <= call.span.end for reply in conversation.replies):
            return  # it went out before staff decided, which is another rule
        restarted = _restarted(replying, asked, decision)
        alternative = "再起動の後" if restarted else word
        broken = "待っている照会について NOT_FOUND"
        yield replying.case("waiting-can-be-decided", alternative, broken, "200", call, conversation)


def _has_come(replying: Replying, conversation: Conversation, asked: Asked, decision: Decision) -> bool:
    """It waits by now: it was listed before, or the time to list it is over."""
    seen = replying.waiting.first_seen.get(conversation.correlation_id)
    listed = seen is not None and seen.before(decision.call.span)
    return listed or decision.call.span.begin > replying.lateness.due(asked.span.end)


def _restarted(replying: Replying, asked: Asked, decision: Decision) -> bool:
    return any(
        asked.span.end < restart.span.begin and restart.span.end < decision.call.span.begin
        for restart in replying.history.restarts
    )


def _comes_before(one: Decision, other: Decision) -> bool:
    """Of two that overlap whichever ended first is called the first."""
    return (one.call.span.end, one.call.number) < (other.call.span.end, other.call.number)


def _is_not_found(decision: Decision) -> bool:
    answer = decision.call.answer
    return decision.call.status == 404 and isinstance(answer, dict) and answer.get("code") == "NOT_FOUND"
