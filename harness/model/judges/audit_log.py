"""監査ログ (guide §7): at least one entry for every refusal, decision, enquiry and look-up, and none for what did not happen."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from harness.model.cases import Breach, Case
from harness.model.history.history import History
from harness.model.judges.audit_claims import claims
from harness.model.state.audited import Act, Tells, acts
from harness.model.state.correlations import Correlations
from harness.model.state.log_books import Book, Shown, Sweep, sweeps
from harness.model.state.log_filters import TOLERANCE

_IDS: Final = ("message_id", "correlation_id", "staff_id")
_NANO: Final = 1_000_000_000


def audit_log(history: History, book: Book, known: Correlations) -> Iterator[Case]:
    """What must be told, in every answer that must tell it; and every entry against what happened."""
    entries, begun = list(book.first_shown()), _beginning(history)
    yield from claims(history, entries, known)
    told = _Told.of(acts(history, known))
    there = _Counted([shown for shown in entries if shown.at / _NANO >= begun])
    for sweep in sweeps(book):
        yield from _held(told.due(sweep), there, sweep)


def _beginning(history: History) -> float:
    """Of the first exchange, which may be one of the preflight, as the clock of the gateway may show it."""
    return min((history.began, *(call.span.begin for call in history.calls))) - TOLERANCE


@dataclass(frozen=True)
class _Told:
    """Acts by the ids that their entries have, and in order of their begin."""

    by_id: dict[tuple[str, str], list[Act]]
    acts: list[Act]
    begins: list[float]

    @classmethod
    def of(cls, told: Iterable[Act]) -> Self:
        by_id: dict[tuple[str, str], list[Act]] = defaultdict(list)
        ordered = sorted(told, key=lambda act: act.span.begin)
        for act in ordered:
            for tell in act.tells:
                by_id[tell].append(act)
        return cls(by_id, ordered, [act.span.begin for act in ordered])

    def due(self, sweep: Sweep) -> list[Act]:
        """Those that its answers must tell."""
        named = sweep.looks[0].named
        if named:
            among = self.by_id.get((named[0].name, named[0].values[0]), [])
        else:
            first = bisect_left(self.begins, sweep.since)
            among = self.acts[first : bisect_left(self.begins, min(sweep.begin, sweep.until))]
        return [act for act in among if _is_due(act, sweep)]


def _is_due(act: Act, sweep: Sweep) -> bool:
    ids = dict(act.tells)
    return sweep.must_show(act.span) and sweep.asks_for({name: ids.get(name) for name in _IDS})


def _held(due: list[Act], there: "_Counted", sweep: Sweep) -> Iterator[Case]:
    """As many entries that tell the same as there were acts; and of each code as many as acts in all, as an entry that tells more may
    stand for one of which less is known."""
    numbers = Counter(act.tells for act in due)
    codes = Counter(act.code for act in due if act.code)
    lacking = {tells: count - there.of(tells) for tells, count in (numbers | codes).items()}
    for act in sorted(due, key=lambda act: (-len(act.tells), -act.span.begin)):
        if lacking[act.tells] <= 0:
            yield Case(act.rule, act.alternative)
            continue
        for tells in {act.tells, act.code} - {()}:
            lacking[tells] -= 1
        yield Case(act.rule, act.alternative, _missing(act, sweep))


def _missing(act: Act, sweep: Sweep) -> Breach:
    told = dict(act.tells)
    what = "の".join(told[name] for name in ("code", "outcome") if name in told) or act.alternative
    names = "、".join(name for name in told if name in _IDS)
    observed = f"監査ログ: {act.where}の{what}の記録が{f'（{names} 付きで）' if names else ''}ない"
    scenario = act.scenario or sweep.call.scenario
    expected = "少なくとも1件の記録"
    return Breach(
        observed, expected, f"{sweep.call.words}、{act.where}", scenario, sweep.call.span.end, act.about
    )


class _Counted:
    """How many entries tell something: each set of members is counted once it is asked for."""

    def __init__(self, entries: list[Shown]) -> None:
        self._entries = entries
        self._counts: dict[tuple[str, ...], Counter[tuple[object, ...]]] = {}

    def of(self, tells: Tells) -> int:
        """With just these values in these members."""
        names = tuple(name for name, _ in tells)
        if names not in self._counts:
            self._counts[names] = Counter(tuple(s.said.get(name) for name in names) for s in self._entries)
        return self._counts[names][tuple(value for _, value in tells)]
