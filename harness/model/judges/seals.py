"""Order, numbers and seals of the logs (guide §7): a changed or missing entry shows in all that follow."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from harness.contract.log_seal import seal
from harness.model.cases import Breach, Case
from harness.model.state.log_books import SEALED, WORDS, Book, Look, Shown

_SECOND: Final = 1_000_000_000
_ONE_EXCHANGE: Final = 5 * _SECOND  # stamped and written within an exchange, which lasts no longer (guide §2)
_MARGIN: Final = 2 * _ONE_EXCHANGE  # of what may lie on the other side of since or until


def sealed(book: Book) -> Iterator[Case]:
    """Of one log: order of all, and of the two that are sealed numbers, seals, and that nothing changes."""
    for look in book.looks:
        yield _case("log-order", look, _out_of_order(look), "新しい記録ほど後ろにある")
    if book.log not in SEALED:
        return
    for look in book.looks:
        yield _case("log-sequence", look, _gap(book, look), "通し番号が1から欠番なく続く")
        yield from _changed(book, look)
    yield from _seals(book)


def _out_of_order(look: Look) -> str | None:
    latest = 0
    for before, shown in pairwise(look.shown):
        latest = max(latest, before.at)
        if look.log in SEALED and shown.seq < before.seq:
            return f"通し番号 {before.seq} の後に {shown.seq} がある"
        if shown.at < latest - _ONE_EXCHANGE:
            return f"{(latest - shown.at) / _SECOND:.0f} 秒前の記録が後ろにある"
    return None


def _gap(book: Book, look: Look) -> str | None:
    """Of a look for everything each number is there; of one for a period those in the middle of it."""
    if look.named:
        return None
    whole = not look.filters
    if whole and look.shown and look.shown[0].seq != 1:
        return f"通し番号が {look.shown[0].seq} から始まる"
    for before, shown in pairwise(look.shown):
        if shown.seq == before.seq:
            return f"通し番号 {shown.seq} が二つある"
        missing = range(before.seq + 1, shown.seq)
        unknown = missing and not {missing[0], missing[-1]} <= book.entries.keys()
        if unknown and (whole or (_deep(look, before) and _deep(look, shown))):
            return f"通し番号 {before.seq} の次が {shown.seq}"
    return None


def _deep(look: Look, shown: Shown) -> bool:
    """So far from the bounds that its neighbours lie within them too."""
    return (
        look.wants(shown.said, shown.at - _MARGIN) is True
        and look.wants(shown.said, shown.at + _MARGIN) is True
    )


def _changed(book: Book, look: Look) -> Iterator[Case]:
    for shown in look.shown:
        first = book.entries[shown.seq]
        if first is shown:
            continue
        names = [name for name in sorted(first.said) if first.said[name] != shown.said.get(name)]
        observed = f"通し番号 {shown.seq} の {'、'.join(names)} が、前に示したものと違う" if names else None
        yield _case("log-unchanged", look, observed, "前に示したとおりの記録", shown)


def _seals(book: Book) -> Iterator[Case]:
    for number, shown in sorted(book.entries.items()):
        before = book.entries.get(number - 1)
        if before is None and number != 1:
            continue
        right = _seal(before.text("seal") or "" if before else "", shown)
        observed = None if shown.said.get("seal") == right else f"通し番号 {number} の封印が合わない"
        yield _case("log-seal", shown.look, observed, "前の記録の封印とこの記録による SHA-256", shown)


def _seal(previous: str, shown: Shown) -> str | None:
    try:
        return seal(previous, dict(shown.said))
    except ValueError:
        return None


def _case(rule: str, look: Look, observed: str | None, expected: str, shown: Shown | None = None) -> Case:
    if observed is None:
        return Case(rule, look.log)
    call, about = look.call, (f"seq:{look.log}:{shown.seq}",) if shown else ()
    words = f"{WORDS[look.log]}: {observed}"
    return Case(rule, look.log, Breach(words, expected, call.words, call.scenario, call.span.end, about))
