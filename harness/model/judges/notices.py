"""連絡 that go out (guide §2 バッチ and 連絡): without a 受領 the same content once more, and never a third time."""

from collections.abc import Iterator
from typing import Final

from harness.contract.messages import Kind
from harness.contract.processing_status import notice_status
from harness.model.cases import Case
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.likeness import same
from harness.model.occasions import Occasion
from harness.model.state.errands import Errand, What, messages_of
from harness.model.state.looks import Look, looked_at
from harness.model.state.patience import ROUNDED, Patience

_AFTER: Final = 10  # seconds, where the request names none
_ACKNOWLEDGED: Final = notice_status().transitions["acknowledged"].to
_MOST: Final = 2  # messages of one 連絡
# What is of the 連絡 and not of the message, or of the moment at which it is sent.
_SAME: Final = (
    "version",
    "correlation_id",
    "kind",
    "from",
    "to",
    "basis",
    "affair",
    "information",
    "role",
    "mode",
)


def redelivered(history: History) -> Iterator[Case]:
    """Each 連絡 that was confirmed."""
    patience = Patience.of(history)
    for errand, looks in looked_at(history):
        if errand.what is not What.NOTICE or not errand.sendings:
            continue
        messages = list(messages_of(errand.sendings).values())
        yield from _at_most_twice(errand, messages)
        yield from _new_id(errand)
        if len(messages) > 1:
            yield from _second(errand, messages[0], messages[1][0])
            yield from _after_receipt(errand, messages[1][0], looks, patience)
        yield from _when_due(errand, messages, history, patience)


def _at_most_twice(errand: Errand, messages: list[list[Sending]]) -> Iterator[Case]:
    last = messages[min(len(messages), _MOST + 1) - 1][0]
    kept = len(messages) <= _MOST
    yield _about(errand, last).case(
        "notice-once-more",
        "三度目はない",
        kept,
        f"一つの連絡が {len(messages)} 通の電文で送られる",
        "送り直しは一度だけ",
    )


def _new_id(errand: Errand) -> Iterator[Case]:
    """Other bytes, once the network has the first ones, are the 連絡 once more."""
    taken = next((s for s in errand.sendings if s.taken), None)
    for again in errand.sendings if taken is not None else ():
        if taken is not None and again.span.begin > taken.span.begin and again.token != taken.token:
            kept = again.header.get("message_id") != taken.header.get("message_id")
            observed = "送り直した連絡の message_id が新しくない"
            yield _about(errand, again).case(
                "notice-again-is-same",
                "message_id",
                kept,
                observed,
                "message_id は新しく、correlation_id は同じ",
            )


def _second(errand: Errand, first: list[Sending], second: Sending) -> Iterator[Case]:
    occasion = _about(errand, second)
    expected = "電文番号だけが新しい、同じ内容の連絡"
    for name in _SAME:
        kept = same(first[0].header.get(name), second.header.get(name))
        yield occasion.case("notice-again-is-same", name, kept, f"送り直した連絡の {name} が違う", expected)
    if first[0].content is not None and second.content is not None:
        kept = same(first[0].content, second.content)
        yield occasion.case("notice-again-is-same", "items", kept, "送り直した連絡の項目が違う", expected)
    wait = _seconds(errand)
    early = (
        second.span.end < errand.span.begin + wait - ROUNDED / 10
    )  # the machine's own timers are that exact
    named = "指定あり" if "redeliver_after_seconds" in errand.said else "指定なし"
    observed = f"要求から {second.span.end - errand.span.begin:.1f} 秒で送り直される"
    yield occasion.case("notice-not-early", named, not early, observed, f"受領を {wait} 秒待つ")


def _after_receipt(errand: Errand, second: Sending, looks: list[Look], patience: Patience) -> Iterator[Case]:
    """Once a 受領 was certainly worked on, or the gateway itself showed that it had one: within the time, counted from the request.
    After it "のうちに受領がなければ" holds, whatever comes while the second one is on its way."""
    due = errand.span.begin + _seconds(errand)
    worked = (
        patience.until(reply.span.end)
        for reply in errand.replies
        if reply.accepted and reply.header.get("kind") == Kind.RECEIPT
    )
    shown = (look.call.span.end for look in looks if look.said.get("status") == _ACKNOWLEDGED)
    late = any(by < min(second.span.begin, due) for by in (*worked, *shown))
    yield _about(errand, second).case(
        "no-notice-after-receipt",
        "受領の後",
        not late,
        "受領が届いた連絡が送り直される",
        "受領が届けば送り直さない",
    )


def _when_due(
    errand: Errand, messages: list[list[Sending]], history: History, patience: Patience
) -> Iterator[Case]:
    """The second one is due once the network took the first and nobody acknowledged it; from the request or from then on is open."""
    taken = next((s for s in messages[0] if s.taken), None)
    if taken is None:
        return
    due = taken.span.end + _seconds(errand)
    by = patience.until(due)
    kept = any(s.token != taken.token and taken.span.begin < s.span.begin <= by for s in errand.sendings)
    unneeded = by > min(history.ended, errand.expires.begin) or any(
        r.span.begin <= by for r in errand.replies
    )
    if not kept and unneeded:
        return
    named = "指定あり" if "redeliver_after_seconds" in errand.said else "指定なし"
    occasion = Occasion(taken, errand.scenario, by, errand.about)
    yield occasion.case(
        "notice-again",
        named,
        kept,
        "受領のない連絡が送り直されない、又は遅れる",
        f"{_seconds(errand)} 秒待って一度送り直す",
    )


def _seconds(errand: Errand) -> int:
    wished = errand.said.get("redeliver_after_seconds")
    return wished if isinstance(wished, int) else _AFTER


def _about(errand: Errand, sending: Sending) -> Occasion:
    return Occasion(sending, errand.scenario, sending.span.end, errand.about)
