"""What contract 2 decides of the logs (guide §12): what a plus in a query is, and that a look-up which was refused is none."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.of_calls import case
from harness.model.state.audited import DONE
from harness.model.state.correlations import Correlations
from harness.model.state.log_books import WORDS, Book, Look, Shown
from harness.model.state.log_filters import TOLERANCE, filters_of

_PLUS: Final = "contract-2-plus-in-query"
_LOOKED: Final = "contract-2-lookup-answered"
_LOOK_UP: Final = "/v1/own-information"
_NANO: Final = 1_000_000_000


def logs_by_contract_2(history: History, book: Book, known: Correlations) -> Iterator[Case]:
    """Of one log."""
    if book.log == "audit":
        yield from _queries(book)
    if book.log in ("audit", "business"):
        yield from _look_ups(history, book, known)


def _queries(book: Book) -> Iterator[Case]:
    """Where a plus stands as it is, an entry matches by that character alone."""
    shown_before: list[Shown] = []
    for look in book.looks:
        if look.call.plain_query:
            plain = replace(look, filters=filters_of(book.log, look.call.plain_query))
            yield from _plain(plain, shown_before)
        shown_before += [s for s in look.shown if "+" in str(s.said.get("staff_id"))]


def _plain(look: Look, before: list[Shown]) -> Iterator[Case]:
    wrong = any(look.wants(shown.said, shown.at) is False for shown in look.shown)
    there = {shown.seq for shown in look.shown}
    wanted = [s for s in before if look.wants(s.said, s.at) and s.look.call.span.before(look.call.span)]
    missing = any(shown.seq not in there for shown in wanted)
    kept = not (wrong or missing)
    broken = None if kept else ("+ を空白と読んで絞り込む", "+ は +")
    for one in look.named:
        yield case(_PLUS, one.name, look.call, broken)


def _look_ups(history: History, book: Book, known: Correlations) -> Iterator[Case]:
    refused = [call for call in history.calls if _is_refused(call)]
    entries = [shown for shown in book.first_shown() if _is_about_none(shown, known)]
    for call in refused:
        if not any(call.span.before(look.call.span) for look in book.looks):
            continue
        found = [shown for shown in entries if _tells_of(shown, call, book.log)]
        broken = None
        if found:
            broken = (f"{WORDS[book.log]}に、拒否した閲覧が閲覧として残る", "応じた閲覧だけ")
        yield case(_LOOKED, WORDS[book.log], call, broken, f"session:{call.session}")


def _is_refused(call: Call) -> bool:
    return call.path == _LOOK_UP and call.method == "POST" and call.status is not None and call.status >= 400


def _is_about_none(shown: Shown, known: Correlations) -> bool:
    """It names an id that nothing else has."""
    id_ = shown.text("correlation_id")
    return id_ is not None and id_ not in known.by_id and shown.text("message_id") is None


def _tells_of(shown: Shown, call: Call, log: str) -> bool:
    at = shown.at / _NANO
    if not call.span.begin - TOLERANCE <= at <= call.span.end + TOLERANCE:
        return False
    if log == "audit":
        return shown.said.get("outcome") == DONE
    body = call.body if isinstance(call.body, dict) else {}
    return shown.text("local_id") is not None and shown.text("local_id") == body.get("local_id")
