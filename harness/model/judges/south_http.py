"""South face: paths and methods that there are not, and answers that do not come."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from harness.contract.refusals import refusals
from harness.contract.versions import FIRST
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.south.bodies import is_too_large
from harness.model.south.callers import NO_TOKEN, TOKEN, UNKNOWN_TOKEN
from harness.model.south.requests import Asked, Strange, asked, of_path

_PATH: Final = "unknown-path"
_METHOD: Final = "unlisted-method"
_METHOD_FIRST: Final = "contract-2-method-before-token"
_OTHERS: Final = "ほかのトークン"
_ANSWER: Final = "answer-in-time"
_REDIRECT: Final = "no-redirect"
_MEDIA: Final = "answer-media-type"
_JSON: Final = "application/json"
_TOKENS: Final = frozenset({"business", "staff", "audit"})
_UNLISTED: Final = 405
# Lists may be longer than the suite reads: there is no paging.
_BOUNDED: Final = frozenset(
    {"health", "registered", "empty", "enquiry-status", "notice-status", "portal-session"}
)
_AWAY: Final = 10.0  # seconds around a kill in which nobody need answer
_WAITED: Final = 1.0  # seconds that the network took for an answer without which the gateway has none


def paths_and_answers(history: History) -> Iterator[Case]:
    """Of every call."""
    held_up = _HeldUp(history)
    for call in history.calls:
        found = asked(call)
        if call.status is None:
            # who refuses a body before the whole of it came may close the connection
            if found is not Strange.FREE and not held_up.excuses(call) and not is_too_large(call):
                yield from _missing(call, found)
            continue
        if isinstance(found, Asked):
            name, redirected = found.request.name, 300 <= call.status < 400
            yield Case(_ANSWER, name)
            yield Case(_REDIRECT, name, _breach(call, "転送しない") if redirected else None)
            if call.media is not None:
                yield _media(call, call.media, name)
        if found is Strange.PATH:
            yield _unknown_path(call)
        elif found is Strange.METHOD:
            yield _unlisted_method(call)
            if history.declared.contract != FIRST:
                yield from _before_token(call)


def _media(call: Call, media: str, name: str) -> Case:
    """A parameter changes nothing."""
    kind = media.partition(";")[0].strip().lower()
    return Case(_MEDIA, name, None if kind == _JSON else _breach(call, f"Content-Type: {_JSON}"))


def _unknown_path(call: Call) -> Case:
    """Whether it is 401 without a token is left open (§11)."""
    permitted = {404} if call.caller in _TOKENS else {404, 401}
    wanted = " 又は ".join(map(str, sorted(permitted)))
    token = call.caller if call.caller in _TOKENS else UNKNOWN_TOKEN if call.caller else NO_TOKEN
    return Case(_PATH, token, None if call.status in permitted else _breach(call, wanted))


def _unlisted_method(call: Call) -> Case:
    """A token that no request of this path takes may be refused first."""
    permitted, listed = {_UNLISTED}, of_path(call.path)
    if call.caller not in {request.caller for request in listed}:
        permitted.add(refusals()[TOKEN].status or 0)
    wanted = " 又は ".join(map(str, sorted(permitted)))
    return Case(_METHOD, listed[0].path, None if call.status in permitted else _breach(call, wanted))


def _before_token(call: Call) -> Iterator[Case]:
    """By contract 2 no token comes before the method."""
    if call.caller not in {request.caller for request in of_path(call.path)}:
        unknown = UNKNOWN_TOKEN if call.caller else NO_TOKEN
        word = _OTHERS if call.caller in _TOKENS else unknown
        kept = call.status == _UNLISTED
        yield Case(_METHOD_FIRST, word, None if kept else _breach(call, str(_UNLISTED)))


def _missing(call: Call, found: Asked | Strange) -> Iterator[Case]:
    if not isinstance(found, Asked):
        return
    request = found.request
    if call.problem == "TOO_LARGE" and request.answer not in _BOUNDED:
        return
    seen = f"{call.words} に応答がない"
    wanted = "制限内の JSON の応答"
    code = call.problem or "TIMED_OUT"
    yield Case(
        _ANSWER, request.name, Breach(seen, wanted, call.words, call.scenario, call.span.end, (), code)
    )


class _HeldUp:
    """When a gateway had not begun, had been killed, or waited for the network."""

    def __init__(self, history: History) -> None:
        self._began = min((c.span.end for c in history.calls if c.status is not None), default=float("inf"))
        kills = [(r.span.begin - _AWAY, r.span.end + _AWAY) for r in history.restarts]
        looked_up = [(r.span, r.status) for r in history.redemptions] + [
            (f.span, f.status) for f in history.fetches
        ]
        slow = [span for span, status in looked_up if status != 200 or span.end - span.begin > _WAITED]
        self._spans = sorted([*kills, *((span.begin, span.end) for span in slow)])
        self._begins = [begin for begin, _ in self._spans]
        self._longest = max((end - begin for begin, end in self._spans), default=0.0)

    def excuses(self, call: Call) -> bool:
        """One of these moments lies in the call."""
        if call.span.begin < self._began:
            return True
        at = bisect_left(self._begins, call.span.begin - self._longest)
        while at < len(self._spans) and self._spans[at][0] <= call.span.end:
            if self._spans[at][1] >= call.span.begin:
                return True
            at += 1
        return False


def _breach(call: Call, expected: str) -> Breach:
    seen = f"{call.words} に {call.status}"
    return Breach(seen, expected, call.words, call.scenario, call.span.end)
