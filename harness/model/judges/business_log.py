"""業務ログ (guide §7): an entry for every answer given or received, which says whom it is about; what staff said; and nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.model.cases import Breach, Case
from harness.model.history.history import History
from harness.model.state.correlations import Correlations
from harness.model.state.log_books import Book, Shown, Sweep, sweeps
from harness.model.state.log_filters import TOLERANCE
from harness.model.state.register import UNKNOWN
from harness.model.state.results import Result, results

_NANO: Final = 1_000_000_000
_SUBMISSIONS: Final = frozenset({"/v1/enquiries", "/v1/notices", "/v1/own-information"})


def business_log(history: History, book: Book, known: Correlations) -> Iterator[Case]:
    """Every entry against what happened; and what must be told, in every answer that must tell it."""
    log = _Log(history, known, _guessed(history), defaultdict(list))
    for shown in book.first_shown():
        log.entries[shown.text("correlation_id") or ""].append(shown)
        yield from _claims(log, shown)
    told: dict[str, list[Result]] = defaultdict(list)
    for result in results(history, known):
        told[result.correlation_id].append(result)
    for sweep in sweeps(book):
        for id_ in _asked_for(sweep, told):
            for result in told.get(id_, ()):
                if sweep.must_show(result.span):
                    yield _held(log, result, sweep)


def _asked_for(sweep: Sweep, told: Mapping[str, list[Result]]) -> Iterator[str]:
    named = sweep.looks[0].named
    yield from (named[0].values[0],) if named else told


@dataclass(frozen=True)
class _Log:
    """`entries`: by correlation id, each once; `guessed`: local ids of what was refused."""

    history: History
    known: Correlations
    guessed: frozenset[str]
    entries: Mapping[str, list[Shown]]


def _held(log: _Log, result: Result, sweep: Sweep) -> Case:
    """By an entry of the log, whichever answer showed it."""
    entries = log.entries.get(result.correlation_id, [])
    if result.words is None:
        fits = any(_names(log, shown, result.correlation_id) for shown in entries)
    else:
        fits = any(_says(shown.said, result.words) for shown in entries)
    if fits:
        return Case(result.rule, result.alternative)
    what = "職員が示した理由" if result.words is not None else "照会番号と対象者の識別番号を持つ記録"
    observed = f"業務ログ: {result.where}について {len(entries)} 件あり、{what}がない"
    where = f"{sweep.call.words}、{result.where}"
    scenario = result.scenario or sweep.call.scenario
    about = (f"correlation:{result.correlation_id}",)
    breach = Breach(observed, f"{what}が少なくとも1件", where, scenario, sweep.call.span.end, about)
    return Case(result.rule, result.alternative, breach)


def _names(log: _Log, shown: Shown, id_: str) -> bool:
    """The resident; nobody where it is about nobody who is registered."""
    possible = log.known.by_id[id_].local_ids if id_ in log.known.by_id else {UNKNOWN}
    return not possible or UNKNOWN in possible or shown.text("local_id") in possible


def _says(value: object, words: str) -> bool:
    """In any text of it."""
    if isinstance(value, str):
        return words in value
    if isinstance(value, dict):
        return any(_says(part, words) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_says(part, words) for part in value)


def _claims(log: _Log, shown: Shown) -> Iterator[Case]:
    """Nothing about an enquiry that there was not, and nobody else's number."""
    id_, local_id, at = shown.text("correlation_id"), shown.text("local_id"), shown.at / _NANO
    one = log.known.by_id.get(id_) if id_ else None
    late = at - shown.look.call.span.end
    if late > TOLERANCE:
        yield _wrong("business-recorded-at", shown, f"日時が、示された時の {late:.0f} 秒後である")
    elif one and at < one.began - TOLERANCE:
        yield _wrong("business-recorded-at", shown, f"日時が、照会の始まる {one.began - at:.0f} 秒前である")
    else:
        yield Case("business-recorded-at", "recorded_at")
    if id_ is None:
        return
    if one is None:
        mine = at > log.history.began + TOLERANCE
        if mine and not log.known.unseen and local_id not in log.guessed:
            yield _wrong("business-truthful", shown, "だれも使わなかった照会番号がある")
        return
    yield Case("business-truthful", "correlation_id")
    if local_id is not None:
        other = not {local_id, UNKNOWN} & one.local_ids
        yield (
            _wrong("business-subject", shown, "別の住民の識別番号がある")
            if other
            else _right("business-subject")
        )


def _guessed(history: History) -> frozenset[str]:
    """Local ids of submissions that were refused, or not answered: a gateway may have chosen ids for them that nobody saw."""
    bodies = [
        call.body
        for call in history.calls
        if call.path in _SUBMISSIONS and (call.status is None or call.status >= 400)
    ]
    return frozenset(str(body.get("local_id")) for body in bodies if isinstance(body, dict))


_ALTERNATIVES: Final = {
    "business-recorded-at": "recorded_at",
    "business-truthful": "correlation_id",
    "business-subject": "local_id",
}
_EXPECTED: Final = {
    "business-recorded-at": "起きた日時（時計の差は5秒まで）",
    "business-truthful": "起きたことの記録だけ",
    "business-subject": "その照会の対象者の識別番号",
}


def _right(rule: str) -> Case:
    return Case(rule, _ALTERNATIVES[rule])


def _wrong(rule: str, shown: Shown, observed: str) -> Case:
    call, id_ = shown.look.call, shown.text("correlation_id")
    about = (f"correlation:{id_}",) if id_ else ()
    words = f"業務ログ: {observed}"
    breach = Breach(words, _EXPECTED[rule], call.words, call.scenario, call.span.end, about)
    return Case(rule, _ALTERNATIVES[rule], breach)
