"""What staff decide about an enquiry (guide §2 Handling and pending): once, while it waits, and of nothing else."""

from collections.abc import Iterator

from harness.model.cases import Case
from harness.model.judges.owning import ROLE_REFUSED, decided_by_others, not_told_why, owns, settles_owners
from harness.model.judges.replying import Replying, Talk
from harness.model.state.conversations import Conversation
from harness.model.state.outcomes import refused_with
from harness.model.state.pending import Decision, is_over, may_be_over
from harness.model.state.register import UNKNOWN

_NOTHING = "nothing-to-decide"


def decisions(replying: Replying) -> Iterator[Case]:
    """Each request to approve or to refuse, by what it met. Which of several faults decides is another's rule."""
    for id_, decided in replying.waiting.decisions.items():
        talk = Talk(replying, replying.conversations.by_id.get(id_, Conversation(id_)))
        if not talk.conversation.asked:
            yield from _of_nothing(talk, decided)
        elif id_ in replying.stands and UNKNOWN not in talk.stand.owners:
            for decision in decided:
                yield from _judged(talk, decision)
                yield from decided_by_others(talk, decision)


def _of_nothing(talk: Talk, decided: list[Decision]) -> Iterator[Case]:
    """An enquiry of an earlier run may still be listed. Whose it is comes after whether it is there, which contract 1 leaves open."""
    if talk.seen is not None:
        return
    for decision in decided:
        by_role = refused_with(decision.call) == ROLE_REFUSED and settles_owners(talk)
        if decision.taken or by_role or _is_not_found(decision):
            got = "200" if decision.taken else ROLE_REFUSED
            broken = None if _is_not_found(decision) else f"届いていない照会について {got}"
            yield talk.case(_NOTHING, "知らない照会番号", broken, "NOT_FOUND", decision.call)


def _judged(talk: Talk, decision: Decision) -> Iterator[Case]:
    others = [d for d in talk.decisions if d is not decision]
    if decision.taken:
        yield from _taken(talk, decision, others)
    elif _is_not_found(decision):
        yield from _not_found(talk, decision, others)
    elif refused_with(decision.call) == ROLE_REFUSED and owns(decision.call, talk):
        broken = f"所管する職責に {ROLE_REFUSED}"
        yield talk.case("waiting-can-be-decided", decision.words, broken, "200", decision.call)


def _taken(
    talk: Talk,
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
        yield talk.case("decided-once", alternative, broken, "NOT_FOUND", call).since(call.span.begin)
    elif is_over(talk.asked, call.span.begin):
        broken = "期限を過ぎた照会について 200"
        yield talk.case("expired-cannot-be-decided", word, broken, "NOT_FOUND", call).since(call.span.begin)
    elif not talk.stand.may_wait or call.span.end < talk.asked.span.begin:
        broken = "待っていない照会について 200"
        yield talk.case(_NOTHING, "自動で応答した照会", broken, "NOT_FOUND", call).since(call.span.begin)
    elif talk.stand.must_wait:
        yield Case("waiting-can-be-decided", word)
        if _restarted(talk, decision):
            yield Case("waiting-can-be-decided", "再起動の後")


def _not_found(
    talk: Talk,
    decision: Decision,
    others: list[Decision],
) -> Iterator[Case]:
    call, word = decision.call, decision.words
    before = [d for d in others if not d.refused and d.call.span.begin <= call.span.end]
    if before:
        first = before[0]
        at_once = not first.call.span.before(call.span)
        yield Case("decided-once", "同時" if at_once else f"{first.words}・{word}")
    elif may_be_over(talk.asked, call.span.end):
        if is_over(talk.asked, call.span.begin) and talk.stand.must_wait:
            yield Case("expired-cannot-be-decided", word)
    elif not talk.stand.may_wait:
        yield Case(_NOTHING, "自動で応答した照会")
    elif talk.stand.must_wait and talk.conversation.plain and _has_come(talk, decision):
        if any(reply.first.span.begin <= call.span.end for reply in talk.replies):
            return  # it went out before staff decided, which is another rule
        if not owns(call, talk):
            yield from not_told_why(talk, decision)
            return
        restarted = _restarted(talk, decision)
        alternative = "再起動の後" if restarted else word
        broken = "待っている照会について NOT_FOUND"
        yield talk.case("waiting-can-be-decided", alternative, broken, "200", call)


def _has_come(talk: Talk, decision: Decision) -> bool:
    """It waits by now: it was listed before, or the time to list it is over."""
    seen = talk.seen
    listed = seen is not None and seen.before(decision.call.span)
    return listed or decision.call.span.begin > talk.replying.lateness.due(talk.asked.span.end)


def _restarted(talk: Talk, decision: Decision) -> bool:
    return any(
        talk.asked.span.end < restart.span.begin and restart.span.end < decision.call.span.begin
        for restart in talk.replying.history.restarts
    )


def _comes_before(one: Decision, other: Decision) -> bool:
    """Of two that overlap whichever ended first is called the first."""
    return (one.call.span.end, one.call.number) < (other.call.span.end, other.call.number)


def _is_not_found(decision: Decision) -> bool:
    answer = decision.call.answer
    return decision.call.status == 404 and isinstance(answer, dict) and answer.get("code") == "NOT_FOUND"
