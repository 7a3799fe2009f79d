"""The three logs as their answers on record show them (guide §7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from harness.contract.journal_entries import Said
from harness.contract.schemas import problem_with
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.log_filters import TOLERANCE, Filter, filters_of, nanoseconds

LOGS: Final = ("access", "audit", "business")
SEALED: Final = ("access", "audit")
WORDS: Final[Mapping[str, str]] = {"access": "アクセス記録", "audit": "監査ログ", "business": "業務ログ"}
_PATH: Final = "/v1/logs/"
_SECOND: Final = 1_000_000_000
_EVER: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry in one answer. `at`: its recorded_at, in nanoseconds since 1970."""

    said: Said
    at: int
    look: "Look"

    @property
    def seq(self) -> int:
        """Of a sealed log."""
        seq = self.said.get("seq")
        return seq if isinstance(seq, int) else 0

    def text(self, name: str) -> str | None:
        """A member, None where it is null."""
        value = self.said.get(name)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Look:
    """One answer of a log, in the order in which it came. `filters`: those that the log knows."""

    log: str
    call: Call
    filters: tuple[Filter, ...]
    shown: list[Shown]

    @property
    def named(self) -> tuple[Filter, ...]:
        """Filters other than since and until."""
        return tuple(one for one in self.filters if not one.bounds)

    def wants(self, said: Said, at: int | None) -> bool | None:
        """Does an entry match? None where the contract leaves it open, or where it depends on a moment that is not known."""
        found = [one.wants(said, at) for one in self.filters]
        return False if False in found else None if None in found else True


@dataclass(frozen=True)
class Book:
    """Everything that was shown of one log. `looks`: in order of their end; `entries`: of a sealed log by seq, each as it was shown first."""

    log: str
    looks: tuple[Look, ...]
    entries: Mapping[int, Shown]

    @classmethod
    def of(cls, history: History, log: str) -> Self:
        """From the answers that an auditor was given. What does not meet the schema is not looked at here."""
        calls = sorted((c for c in history.calls if _is_answer(c, log)), key=lambda call: call.span.end)
        version = history.declared.contract
        sound = (c for c in calls if problem_with(f"{log}-log", c.answer, version) is None)
        looks = tuple(_look(call, log) for call in sound)
        entries: dict[int, Shown] = {}
        for shown in (shown for look in looks for shown in look.shown):
            entries.setdefault(shown.seq, shown)
        return cls(log, looks, entries if log in SEALED else {})

    def first_shown(self) -> Iterator[Shown]:
        """Each entry once: by seq, or (of the log that has none) by all that it says."""
        if self.log in SEALED:
            yield from self.entries.values()
            return
        known: set[str] = set()
        for shown in (shown for look in self.looks for shown in look.shown):
            if (key := repr(sorted(shown.said.items()))) not in known:
                known.add(key)
                yield shown


def _is_answer(call: Call, log: str) -> bool:
    return (
        call.method == "GET"
        and call.path == f"{_PATH}{log}"
        and call.caller == "audit"
        and call.status == 200
        and call.problem is None
    )


def _look(call: Call, log: str) -> Look:
    look = Look(log, call, filters_of(log, call.query), [])
    entries = call.answer["entries"] if isinstance(call.answer, dict) else []
    look.shown.extend(Shown(entry, nanoseconds(entry["recorded_at"]), look) for entry in entries)
    return look


@dataclass(frozen=True, slots=True)
class Sweep:
    """Answers that together show all of a period, or all that has certain ids. `since`, `until`: in seconds since 1970; `begin`: when
    the first of them was asked for."""

    looks: tuple[Look, ...]
    since: float
    until: float
    begin: float

    @property
    def call(self) -> Call:
        """The last one."""
        return self.looks[-1].call

    @property
    def shown(self) -> Iterator[Shown]:
        """Everything in them."""
        return (shown for look in self.looks for shown in look.shown)

    def asks_for(self, ids: Said) -> bool:
        """Is nothing but the period in the way of an entry with these ids?"""
        return all(one.wants(ids, None) is True for one in self.looks[0].named)

    def must_show(self, span: Span) -> bool:
        """What is written within the span, whatever the difference of the clocks, lies in the period, and was over before the
        first answer was asked for."""
        early, late = span.begin - TOLERANCE, span.end + TOLERANCE
        return span.end < self.begin and self.since <= early and late < self.until


def sweeps(book: Book) -> Iterator[Sweep]:
    """Each look for ids is one; looks for periods that follow each other without a gap are one together."""
    chain: list[Look] = []
    for look in book.looks:
        if any(len(one.values) > 1 or None in one.moments for one in look.filters):
            continue
        if look.named:
            yield _sweep([look])
        elif chain and _end(chain[-1]) == _beginning(look):
            chain.append(look)
        else:
            if chain:
                yield _sweep(chain)
            chain = [look]
    if chain:
        yield _sweep(chain)


def _sweep(looks: list[Look]) -> Sweep:
    since, until = _beginning(looks[0]), _end(looks[-1])
    begin = min(look.call.span.begin for look in looks)
    return Sweep(tuple(looks), since / _SECOND, until / _SECOND, begin)


def _beginning(look: Look) -> float:
    return next(
        (m for one in look.filters if one.name == "since" for m in one.moments if m is not None), -_EVER
    )


def _end(look: Look) -> float:
    return next(
        (m for one in look.filters if one.name == "until" for m in one.moments if m is not None), _EVER
    )
