"""What the model says of each request and message: by which rule it is decided, what else is wrong with it, what stands at a bound."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from harness.matrix.mutants.limits import limits
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.history import History
from harness.model.inbox.envelope import Letter
from harness.model.inbox.proper import particulars
from harness.model.inbox.steps import Step
from harness.model.inbox.walk import Verdict
from harness.model.judges.inbound import verdicts
from harness.model.likeness import members
from harness.model.south.outcomes import Decision
from harness.model.south.refusals import Refusing
from harness.model.south.requests import Strange, asked

DECIDED: Final = "判断"  # by which fault, or by which rule a proper message is let pass
LIMIT: Final = "限度"
AGAIN: Final = "再起動"
EARLIER: Final = "前の試み"  # what the network said to it
_OUTCOME: Final = "出た符号"  # of an enquiry or 連絡: what the partner or the network answered
_AFTER: Final = "後"
_THERE: Final = "あり"


@dataclass(frozen=True)
class Mark:
    """`aspects`: as of an utterance; `later`: codes of what is wrong beside what decides."""

    aspects: Mapping[str, str] = field(default_factory=dict)
    later: tuple[str, ...] = ()


def marks(history: History) -> dict[int, Mark]:
    """By the line of the record, of every call and message that was answered."""
    refusing, after = Refusing.of(history), _after_a_restart(history)
    found = {call.number: _of_call(refusing, call) for call in history.calls if call.status is not None}
    found |= {told[0].delivery.number: _of_letter(*told) for told in verdicts(history)}
    found |= dict(_tried_again(history.sendings))
    for number in after:
        mark = found.get(number, Mark())
        found[number] = Mark({**mark.aspects, AGAIN: _AFTER}, mark.later)
    return found


def _of_call(refusing: Refusing, call: Call) -> Mark:
    found = asked(call)
    if isinstance(found, Strange):
        return Mark()
    decision = Decision.of(refusing.faults(found))
    if decision.first is None:
        bounds = limits(found.request.body, call.body) if found.request.body else ()
        error = members(members(call.answer).get("error"))
        outcome = {_OUTCOME: str(error["code"])} if "code" in error else {}
        return Mark(outcome | {f"{LIMIT} {member}": bound for member, bound in bounds})
    if decision.permitted != {decision.first.code}:
        return Mark()  # something that the contract leaves open comes before it
    later = (fault.code for fault in decision.later if fault.code != decision.first.code)
    return Mark({DECIDED: f"{decision.first.code} {decision.first.variant}".rstrip()}, _once(later))


def _of_letter(letter: Letter, verdict: Verdict, further: tuple[Step, ...]) -> Mark:
    if not verdict.clear:
        return Mark()
    if verdict.decided is not None:
        decided = verdict.decided
        later = (code for step in further for code in sorted(step.codes - decided.codes))
        return Mark({DECIDED: f"{decided.rule} {decided.variant}"}, _once(later))
    if verdict.arrival is None:
        return Mark()
    aspects = {f"{DECIDED} {rule}": words for rule, words in particulars(verdict.arrival)}
    bounds = (*limits("header", letter.envelope.header), *_in_content(letter))
    return Mark(aspects | {f"{LIMIT} {member}": bound for member, bound in bounds})


def _in_content(letter: Letter) -> Iterator[tuple[str, str]]:
    payload = letter.content.payload
    if isinstance(payload, dict):
        yield from limits("content", payload)


def _tried_again(sendings: Iterable[Sending]) -> Iterator[tuple[int, Mark]]:
    """Of each message that was sent before all that was said to it then: who gives up at one of them sends nothing after it."""
    said: defaultdict[object, dict[str, str]] = defaultdict(dict)
    for sending in sendings:
        earlier = said[sending.header.get("message_id")]
        yield sending.number, Mark(dict(earlier))
        code = (sending.error or {}).get("code") or sending.status or "なし"
        earlier[f"{EARLIER} {code}"] = _THERE


def _once(codes: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _after_a_restart(history: History) -> Iterator[int]:
    """What comes after one that its own scenario brought about, or that came while it went on."""
    began: dict[str, float] = {}
    for call in history.calls:
        began.setdefault(call.scenario, call.span.begin)
    told: tuple[Call | Delivery | Sending, ...] = (*history.calls, *history.deliveries, *history.sendings)
    for one in told:
        name = one.scenario if isinstance(one, Call) else _scenario_of(history, one)
        since = began.get(name, one.span.begin)
        if any(since < again.span.begin and again.span.end < one.span.begin for again in history.restarts):
            yield one.number


def _scenario_of(history: History, message: Delivery | Sending) -> str:
    return history.scenario_of(message.person, message.header.get("correlation_id"))
