"""Filters of the logs (guide §7): what is shown matches all of them, and what is known to match is shown."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from harness.model.cases import Breach, Case
from harness.model.state.log_books import SEALED, WORDS, Book, Look, Shown
from harness.model.state.log_filters import Filter

_KNOWN: Final = frozenset({"correlation_id", "message_id", "staff_id", "since", "until"})
_MATCHING: Final = "すべての絞込みに合う記録だけ"
_COMPLETE: Final = "絞込みに合う記録のすべて"


def filtered(book: Book) -> Iterator[Case]:
    """Of one log: every answer against its filters, and against what the log showed before."""
    index = _Index.of(book)
    for look in book.looks:
        yield from _matching(look)
        yield from _complete(look, index)


def _matching(look: Look) -> Iterator[Case]:
    for one in look.filters:
        wrong = next((s for s in look.shown if one.wants(s.said, s.at) is False), None)
        rule, alternative = _rule_of(look.log, one)
        yield _case(rule, alternative, look, f"{one.name} に合わない記録がある" if wrong else None, _MATCHING)
    if len(look.named) > 1:
        more = any(look.wants(shown.said, shown.at) is False for shown in look.shown)
        observed = "絞込みの一方だけに合う記録がある" if more else None
        yield _case("log-filter", f"{look.log}:several", look, observed, _MATCHING)


def _complete(look: Look, index: "_Index") -> Iterator[Case]:
    """An entry that an answer showed before this one was asked for is there to stay."""
    there = {_key(shown) for shown in look.shown}
    known = [shown for shown in index.candidates(look) if shown.look.call.span.before(look.call.span)]
    wanted = [shown for shown in known if look.wants(shown.said, shown.at)]
    missing = [shown for shown in wanted if _key(shown) not in there]
    for rule, alternative in _rules_of(look):
        observed = f"前に示した記録 {len(missing)} 件がない" if missing else None
        yield _case(rule, alternative, look, observed, _COMPLETE)
    for one in look.filters:
        if one.bounds and any(shown.at in one.moments for shown in wanted if one.name == "since"):
            yield Case("log-period", f"{look.log}:since-inclusive")
        if one.name == "until" and any(shown.at in one.moments for shown in known):
            yield Case("log-period", f"{look.log}:until-exclusive")


def _rules_of(look: Look) -> Iterator[tuple[str, str]]:
    """The sentence by which something should be shown."""
    if any(name not in _KNOWN or not _knows(look, name) for name, _ in look.call.query):
        yield "log-filter-unknown", look.log
    elif look.filters:
        yield from (_rule_of(look.log, one) for one in look.filters)
    else:
        yield "log-whole", look.log


def _knows(look: Look, name: str) -> bool:
    return any(one.name == name for one in look.filters)


def _rule_of(log: str, one: Filter) -> tuple[str, str]:
    return "log-period" if one.bounds else "log-filter", f"{log}:{one.name}"


@dataclass(frozen=True)
class _Index:
    """Entries as they were shown first, by what filters name and by moment."""

    by_id: dict[tuple[str, object], list[Shown]]
    by_moment: list[Shown]
    moments: list[int]

    @classmethod
    def of(cls, book: Book) -> Self:
        by_id: dict[tuple[str, object], list[Shown]] = defaultdict(list)
        entries = sorted(book.first_shown(), key=lambda shown: shown.at)
        for shown in entries:
            for name in ("correlation_id", "message_id", "staff_id"):
                by_id[name, shown.said.get(name)].append(shown)
        return cls(by_id, entries, [shown.at for shown in entries])

    def candidates(self, look: Look) -> Iterable[Shown]:
        """All that may match, and few others."""
        for one in look.named:
            return [shown for value in one.values for shown in self.by_id.get((one.name, value), ())]
        since = [m for one in look.filters if one.name == "since" for m in one.moments if m is not None]
        until = [m for one in look.filters if one.name == "until" for m in one.moments if m is not None]
        first = bisect_left(self.moments, min(since)) if since else 0
        last = bisect_left(self.moments, max(until) + 1) if until else len(self.moments)
        return self.by_moment[first:last]


def _key(shown: Shown) -> object:
    return shown.seq if shown.look.log in SEALED else repr(sorted(shown.said.items()))


def _case(rule: str, alternative: str, look: Look, observed: str | None, expected: str) -> Case:
    if observed is None:
        return Case(rule, alternative)
    call = look.call
    breach = Breach(f"{WORDS[look.log]}: {observed}", expected, call.words, call.scenario, call.span.end)
    return Case(rule, alternative, breach)
