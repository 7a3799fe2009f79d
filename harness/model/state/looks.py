"""Everything that was asked of a gateway, row by row, and what its answers showed of it."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from harness.contract.journal_entries import Said
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.likeness import members
from harness.model.state.batches import batches
from harness.model.state.errands import Errand, Traffic, What, single_errands

_READ: Final[Mapping[str, str]] = {
    "/v1/enquiries/": What.ENQUIRY.side,
    "/v1/notices/": What.NOTICE.side,
}


class Look(NamedTuple):
    """A status of an errand as one answer showed it."""

    call: Call
    said: Said


def errands_of(history: History) -> Iterator[Errand]:
    """All that was confirmed: enquiries and 連絡, then the enquiries of every row."""
    traffic = history.once(Traffic.of)
    yield from single_errands(history, traffic)
    for batch in batches(history, traffic):
        for row in batch.errands:
            yield from row


def looked_at(history: History) -> Iterator[tuple[Errand, list[Look]]]:
    """Errands with the answers that showed their status."""
    traffic = history.once(Traffic.of)
    singles = list(single_errands(history, traffic))
    asked = _asked(history)
    for errand in singles:
        yield errand, [_look(errand.openers[0]), *asked.get((errand.what.side, errand.id), ())]
    for batch in batches(history, traffic):
        for row, shown in zip(batch.errands, batch.row_looks, strict=True):
            for errand in row:
                ids = (errand.id, errand.correlation_id)
                of_batch = [Look(look.call, look.said) for look in shown if look.ids == ids]
                yield errand, [*of_batch, *asked.get((errand.what.side, errand.id), ())]


def _asked(history: History) -> dict[tuple[str, str], list[Look]]:
    """Answers to GET, by side and id."""
    found: dict[tuple[str, str], list[Look]] = {}
    for call in history.calls:
        prefix = call.path[: call.path.rfind("/") + 1]
        if prefix in _READ and call.method == "GET" and call.status == 200 and call.caller == "business":
            found.setdefault((_READ[prefix], call.path[len(prefix) :]), []).append(_look(call))
    return found


def _look(call: Call) -> Look:
    return Look(call, members(call.answer))
