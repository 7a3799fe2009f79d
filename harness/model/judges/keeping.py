"""What was confirmed is there whenever somebody asks for it (guide §2 HTTP), and what never was is not (Refusals, 11)."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.likeness import members
from harness.model.occasions import Occasion
from harness.model.state.batches import Batch, batches
from harness.model.state.errands import Traffic, What, single_errands

_ABSENT: Final = "NOT_FOUND"
_OTHERWISE: Final = frozenset({401, 501})  # refused before anybody looks for it
# What is asked for, by the parts of its path, with None for the id.
_READ: Final[Mapping[tuple[str, str, str | None], str]] = {
    ("GET", "enquiries", None): "照会",
    ("GET", "enquiries", "result"): "照会の結果",
    ("GET", "notices", None): "連絡",
    ("GET", "batches", None): "バッチ",
    ("POST", "batches", "resend"): "バッチの送り直し",
}
_STAFF: Final = frozenset({403, 422})  # a resending may be refused for its staff or its body


def keeping(history: History) -> Iterator[Case]:
    """Every request that names an enquiry, a 連絡 or a batch."""
    traffic = history.once(Traffic.of)
    all_batches = batches(history, traffic)
    known = {(_place(errand.what), errand.id): errand.about for errand in single_errands(history, traffic)}
    known |= {("batches", batch.id): (f"batch:{batch.id}",) for batch in all_batches}
    known |= {
        ("enquiries", id_): about for batch in all_batches for id_, about in _of_rows(batch, newest=True)
    }
    # whether what a row was before it was resent can still be asked for is left open
    former = {("enquiries", id_) for batch in all_batches for id_, _ in _of_rows(batch, newest=False)}
    for call in history.calls:
        named = _named(call)
        if named is not None and call.status is not None and call.status not in _OTHERWISE:
            alternative, thing = named
            if thing in known or thing not in former:
                yield _judged(call, alternative, known.get(thing))


def _judged(call: Call, alternative: str, about: tuple[str, ...] | None) -> Case:
    absent = call.status == 404 and members(call.answer).get("code") == _ABSENT
    if about is not None:
        occasion = Occasion(call, call.scenario, call.span.end, about)
        observed = "受け付けたものがないと答える"
        return occasion.case("confirmed-is-kept", alternative, not absent, observed, "受け付けたものを示す")
    occasion = Occasion(call, call.scenario, call.span.end)
    kept = absent or (alternative == "バッチの送り直し" and call.status in _STAFF)
    observed = f"存在しないものに HTTP {call.status} で答える"
    return occasion.case("unknown-is-absent", alternative, kept, observed, f"{_ABSENT} 404")


def _of_rows(batch: Batch, *, newest: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in batch.errands:
        for errand in row[-1:] if newest else row[:-1]:
            yield errand.id, errand.about


def _place(what: What) -> str:
    return "notices" if what is What.NOTICE else "enquiries"


def _named(call: Call) -> tuple[str, tuple[str, str]] | None:
    """How it is called, and what the request names."""
    parts = call.path.split("/")
    if call.caller != "business" or len(parts) not in {4, 5} or not parts[3]:
        return None
    read = _READ.get((call.method, parts[2], parts[4] if len(parts) == 5 else None))
    return (read, (parts[2], parts[3])) if read is not None else None
