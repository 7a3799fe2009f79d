"""South face: a refused enquiry or 連絡 leaves no trace on the north face."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harness.contract.messages import CLOCK_SECONDS, Kind, parse_timestamp
from harness.contract.refusals import refusals
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call, Sending
from harness.model.history.history import History
from harness.model.south.outcomes import BATCH_ROW, alternative, rule_about
from harness.model.south.refusals import codes_of
from harness.model.south.requests import ROW, Asked, Strange, asked
from harness.model.south.wishes import Wish

_RULE: Final = "refused-leaves-no-trace"
_KINDS: Final = {"enquiries": Kind.ENQUIRY, "batches": Kind.ENQUIRY, "notices": Kind.NOTICE}
Likeness = tuple[str, str, str, str]  # kind, to, affair, information


@dataclass
class _Asked:
    """`refused`: by what it would have looked like on the north face; `known`: correlation ids of what was taken; `doubtful`: kinds of
    message of which something may have been taken whose id nobody knows, since when; `excused`: what may go out with an id that was not
    told yet; `rows`: of each バッチ."""

    refused: list[tuple[Likeness, Call, str]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    doubtful: dict[str, float] = field(default_factory=dict)
    excused: set[Likeness] = field(default_factory=set)
    rows: dict[str, set[Likeness]] = field(default_factory=dict)


def traces(history: History) -> Iterator[Case]:
    """Of every refused enquiry, row and 連絡."""
    told = _told(history)
    strays = _strays(history, told)
    blamed: dict[int, Sending] = {}
    by_likeness: dict[Likeness, list[int]] = defaultdict(list)
    for index, (likeness, _, _) in enumerate(told.refused):
        by_likeness[likeness].append(index)
    for likeness, sending in strays:
        earlier = by_likeness.get(likeness, [])
        begins = [told.refused[index][1].span.begin for index in earlier]
        if at := bisect_right(begins, sending.span.end):
            blamed.setdefault(earlier[at - 1], sending)
    for index, (_, call, name) in enumerate(told.refused):
        stray = blamed.get(index)
        rule = rule_about(_RULE, _code(call.answer))
        yield Case(rule, name, _breach(call, stray) if stray else None)


def _told(history: History) -> _Asked:
    told = _Asked()
    for call in sorted(history.calls, key=lambda call: call.span.begin):
        found = asked(call)
        if isinstance(found, Strange) or found.request.group not in _KINDS:
            continue
        told.known |= _correlations(call.answer)
        if call.method == "POST":
            _take(told, found, _KINDS[found.request.group])
    return told


def _take(told: _Asked, found: Asked, kind: str) -> None:
    call, code = found.call, _code(found.call.answer)
    resent = found.request.body == "empty"
    if call.status is None or (call.status >= 400 and not code):
        told.doubtful.setdefault(kind, call.span.begin)
    elif call.status >= 400 and code in codes_of(found.request):
        named = alternative(found.request.name, code)
        told.refused.extend((_likeness(kind, wish), call, named) for wish in _wishes(call) if not resent)
    elif call.status < 400 and resent:
        told.excused |= told.rows.get(found.named or "", set())
    elif call.status < 400 and found.request.group == "batches":
        _take_rows(told, call)
    elif call.status < 400 and not _correlations(call.answer):
        told.doubtful.setdefault(kind, call.span.begin)


def _take_rows(told: _Asked, call: Call) -> None:
    states = call.answer.get("rows") if isinstance(call.answer, dict) else None
    likenesses = [_likeness(Kind.ENQUIRY, wish) for wish in _wishes(call)]
    if not isinstance(states, list) or len(states) != len(likenesses) or not isinstance(call.answer, dict):
        told.doubtful.setdefault(Kind.ENQUIRY, call.span.begin)
        return
    told.rows[str(call.answer.get("batch_id"))] = set(likenesses)
    for likeness, state in zip(likenesses, states, strict=True):
        if not isinstance(state, dict) or state.get("correlation_id") is not None:
            continue
        if (code := _code(state.get("error"))) in ROW:
            told.refused.append((likeness, call, alternative(BATCH_ROW, code)))
        else:
            told.excused.add(likeness)


def _strays(history: History, told: _Asked) -> list[tuple[Likeness, Sending]]:
    """What went out and belongs to nothing that was taken, nor to anything that may have been, nor to a run before."""
    found = []
    for sending in history.sendings:
        header = sending.header
        kind, correlation = str(header.get("kind")), header.get("correlation_id")
        if kind not in _KINDS.values() or correlation in told.known:
            continue
        if sending.span.end < told.doubtful.get(kind, float("inf")) and _is_of_now(
            header.get("sent_at"), history
        ):
            likeness = _likeness(kind, Wish.of(header))
            if likeness not in told.excused:
                found.append((likeness, sending))
    return found


def _is_of_now(sent_at: object, history: History) -> bool:
    try:
        return parse_timestamp(str(sent_at)).timestamp() > history.began + CLOCK_SECONDS
    except (ValueError, OverflowError):
        return False


def _correlations(answer: object) -> set[str]:
    said = answer if isinstance(answer, dict) else {}
    rows = said.get("rows")
    all_of = (said, *(row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict)))
    return {id_ for one in all_of if isinstance(id_ := one.get("correlation_id"), str)}


def _wishes(call: Call) -> Iterator[Wish]:
    body = call.body if isinstance(call.body, dict) else {}
    rows = body.get("rows")
    for said in rows if isinstance(rows, list) else (body,):
        yield Wish.of(said)


def _likeness(kind: str, wish: Wish) -> Likeness:
    return kind, wish.to, wish.affair, wish.information


def _code(error: object) -> str:
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and code in refusals() else ""


def _breach(call: Call, sending: Sending) -> Breach:
    seen = f"{call.words} を拒否した後に、{sending.words}"
    about = (f"correlation:{sending.header.get('correlation_id')}",)
    moment = max(call.span.end, sending.span.end)
    return Breach(seen, "北側に何も送らない", call.words, call.scenario, moment, about)
