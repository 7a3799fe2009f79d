"""How the gateway sends (guide §4): the same bytes until the network takes or refuses them, with growing pauses, and not after."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from harness.contract.messages import Kind
from harness.model.cases import Case
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.likeness import moment
from harness.model.occasions import Occasion
from harness.model.state.errands import NetworkSaid, Traffic, answer_to, messages, repeats_of
from harness.model.state.patience import CLOCKS, Patience

LONGEST_PAUSE: Final = 2.0  # seconds (own, guide §4)
_TOLERANCE: Final = (
    2.0  # seconds: of whoever wakes up every second or so, on a machine that has other things to do
)
_UNANSWERED: Final = 30.0  # seconds: how long a client waits for an answer that does not come is left to it
_AGAIN: Final = frozenset(
    {NetworkSaid.UNDELIVERED, NetworkSaid.FAILED, NetworkSaid.UNREADABLE, NetworkSaid.NONE}
)
_ENOUGH: Final = 5  # attempts, of which it can be said whether the pauses grow
_SETTLED: Final = frozenset({NetworkSaid.FINAL, NetworkSaid.REPLAYED})
_PROMPT: Final = 1.0  # seconds within which nobody gives up


def sendings(history: History) -> Iterator[Case]:
    """Every message that was handed to the network, with all attempts."""
    patience, traffic = Patience.of(history), history.once(Traffic.of)
    repeats = repeats_of(history)
    for attempts in messages(history):
        kind = str(attempts[0].header["kind"])
        yield from _same_bytes(kind, attempts, history)
        expires = moment(attempts[0].header.get("expires_at"))
        if expires is None:
            continue
        yield from _not_after(kind, attempts, expires, history)
        until = min(expires - CLOCKS, history.ended, traffic.answered(attempts[0]))
        again = repeats.get(attempts[0].token, [])
        yield from _again(attempts, until, again, history, patience)
        yield from _taken(kind, attempts, again, history, patience)
        yield from _no_more(kind, attempts, history, patience)
        yield from _growing(kind, attempts, history, patience)


def _not_after(kind: str, attempts: list[Sending], expires: float, history: History) -> Iterator[Case]:
    """Said of whoever gave up in time what the network never took, and of whoever did not."""
    over = expires + CLOCKS
    late = next((attempt for attempt in attempts if attempt.span.begin > over), None)
    would_have_tried = over + LONGEST_PAUSE + _TOLERANCE
    if late or (answer_to(attempts[-1]) in _AGAIN and history.ended > would_have_tried):
        yield _about(late or attempts[-1], history).case(
            "not-after-expiry",
            kind,
            late is None,
            "expires_at を過ぎた電文が送られる",
            "expires_at まで送り直す",
        )


def _same_bytes(kind: str, attempts: list[Sending], history: History) -> Iterator[Case]:
    first = attempts[0]
    if len(attempts) == 1:
        yield Case("message-id-new", kind)
    for attempt in attempts[1:]:
        if kind == Kind.NOTICE and attempt.token != first.token and first.taken:
            continue  # a 連絡 that is sent once more, and not under a new id: said by the rule about that
        occasion = _about(attempt, history)
        if _lasting(attempt) == _lasting(first):
            yield occasion.case(
                "same-bytes",
                kind,
                attempt.token == first.token,
                "送り直した電文が前と違う",
                "同じ電文をそのまま送る",
            )
        else:
            yield occasion.case(
                "message-id-new",
                kind,
                False,
                "別の電文に、使った電文番号が付く",
                "電文番号は電文ごとに新しい",
            )


def _lasting(sending: Sending) -> dict[str, object]:
    return {name: value for name, value in sending.header.items() if name not in {"sent_at", "expires_at"}}


def _again(
    attempts: list[Sending],
    until: float,
    repeats: list[Span],
    history: History,
    patience: Patience,
) -> Iterator[Case]:
    """What the network neither took nor refused is sent again soon, until there is no point in it any more."""
    for attempt, later in zip(attempts, [*attempts[1:], None], strict=True):
        said = answer_to(attempt)
        if said not in _AGAIN or (said is NetworkSaid.NONE and attempt.error is not None):
            continue
        begins = [later.span.begin] if later else []
        begins += [r.begin for r in repeats if r.begin >= attempt.span.begin]
        again = min(begins, default=None)
        wait = _UNANSWERED if said is NetworkSaid.NONE else LONGEST_PAUSE + _TOLERANCE
        by = attempt.span.end + wait
        by = patience.until(by) if patience.between(attempt.span.begin, by) else by
        kept = again is not None and again <= by
        # a record of old has nothing of bytes that the network had: an answer that was lost may have been its 202
        unseen = again is None and not history.tells_repeats and any(a.status is None for a in attempts)
        if not kept and (by >= until or unseen):
            continue
        occasion = Occasion(attempt, _scenario(attempt, history), by, _names(attempt))
        observed = "送り直さない" if again is None else f"{again - attempt.span.end:.1f} 秒空けて送り直す"
        yield occasion.case(
            "sent-again",
            f"{attempt.header['kind']}:{said}",
            kept,
            f"{said} の後、{observed}",
            "2秒以内の間隔で、届くまで送り直す",
        )


def _no_more(kind: str, attempts: list[Sending], history: History, patience: Patience) -> Iterator[Case]:
    for attempt, later in zip(attempts, [*attempts[1:], None], strict=True):
        said = answer_to(attempt)
        if said in _SETTLED:
            # who waited long may have given up before the answer came
            slow = attempt.span.end - attempt.span.begin > _PROMPT
            killed = later is not None and patience.between(attempt.span.begin, later.span.begin)
            kept = later is None or killed or slow or later.span.begin <= attempt.span.end
            yield _about(later or attempt, history).case(
                "final-is-final",
                f"{kind}:{said}",
                kept,
                "ネットワークが拒否した電文が送り直される",
                "4xx とエラーの後は送らない",
            )


def _taken(
    kind: str, attempts: list[Sending], repeats: list[Span], history: History, patience: Patience
) -> Iterator[Case]:
    """After the network's 202, which may have been lost once, the message stays where it is. Whoever was killed does not know."""
    taken = next((a for a in attempts if a.taken and a.span.end - a.span.begin <= _PROMPT), None)
    if taken is None:
        return
    after = [
        r for r in repeats if r.begin > taken.span.end and not patience.between(taken.span.begin, r.begin)
    ]
    yield _about(taken, history).case(
        "taken-is-taken",
        kind,
        len(after) <= 1,
        f"202 の後、同じ電文が {len(after)} 回送られる",
        "202 の後は送らない",
    )


def _growing(kind: str, attempts: list[Sending], history: History, patience: Patience) -> Iterator[Case]:
    """From the first pauses to the last they get longer, unless they are as long as they may be."""
    known = [s for s in attempts if answer_to(s) is not NetworkSaid.NONE]
    if len(known) < _ENOUGH or len(known) < len(attempts):
        return
    if patience.between(attempts[0].span.begin, attempts[-1].span.end):
        return
    pauses = [b.span.begin - a.span.end for a, b in pairwise(attempts)]
    half = len(pauses) // 2
    kept = max(pauses[half:]) > min(pauses[:half]) * 1.05 or max(pauses) > LONGEST_PAUSE / 2
    observed = f"{len(attempts)} 回とも、間隔が {pauses[0]:.2f} 秒から長くならない"
    yield _about(attempts[-1], history).case(
        "pauses-grow", kind, kept, observed, "少しずつ長く待つ（2秒まで）"
    )


def _scenario(sending: Sending, history: History) -> str:
    return history.scenario_of(sending.person, sending.header.get("correlation_id"))


def _names(sending: Sending) -> tuple[str, ...]:
    return (f"message:{sending.header.get('message_id')}",)


def _about(sending: Sending, history: History) -> Occasion:
    return Occasion(sending, _scenario(sending, history), sending.span.end, _names(sending))
