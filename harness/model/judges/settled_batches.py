"""What contract 2 decides of バッチ (guide §12): until when a row lives, whose role a resent one carries, and its place among those that
wait."""

from collections.abc import Iterator
from typing import Final

from harness.contract.processing_status import batch_row_status
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.likeness import moment
from harness.model.occasions import Occasion
from harness.model.state.batches import Batch, batches
from harness.model.state.errands import LIFE, Errand, Traffic
from harness.model.state.patience import CLOCKS, Patience

_EXPIRY: Final = "contract-2-batch-expiry"
_EXPIRED: Final = batch_row_status().transitions["expired"].to


def rows_by_contract_2(history: History) -> Iterator[Case]:
    """Every row of every batch, as often as it was submitted."""
    patience = Patience.of(history)
    for batch in batches(history, history.once(Traffic.of)):
        for number, of_row in enumerate(batch.errands):
            for errand in of_row:
                if len(errand.openers) == 1 and errand.sendings:
                    yield from _sent(batch, errand, errand.openers[0])
            yield from _never_sent(batch, number, patience)


def _sent(batch: Batch, errand: Errand, opener: Call) -> Iterator[Case]:
    first, again = errand.sendings[0], opener is not batch.call
    occasion = Occasion(first, batch.call.scenario, first.span.end, errand.about)
    said = moment(first.header.get("expires_at"))
    begin, end = (at + errand.life for at in opener.span)
    if said is not None:
        kept = begin - CLOCKS <= said <= end + CLOCKS
        observed = "行の expires_at が、要求から数えたものでない"
        way = "送り直し" if again else "要求"
        yield occasion.case(_EXPIRY, way, kept, observed, f"要求から {errand.life} 秒")
    if again:
        kept = first.header.get("role") == (opener.staff.role or "").strip()
        observed = "送り直した行の role が、送り直した職員の職責でない"
        yield occasion.case("contract-2-resend-role", "送り直し", kept, observed, "送り直した職員の職責")
        yield from _behind(batch, errand, opener, occasion)


def _behind(batch: Batch, errand: Errand, resend: Call, occasion: Occasion) -> Iterator[Case]:
    """Those of the same batch that certainly still waited when it was resent."""
    first = (other for row in batch.errands for other in row if other.openers == (batch.call,))
    left = (other.sendings[0].span.begin for other in first if other.sendings)
    waiting = [begin for begin in left if begin > resend.span.end]
    if waiting:
        kept = max(waiting) <= errand.sendings[0].span.begin
        observed = "送り直した行が、まだ送っていない行より先に送られる"
        yield occasion.case("contract-2-resend-order", "待つ行の後", kept, observed, "待つ行の後に送る")


def _never_sent(batch: Batch, number: int, patience: Patience) -> Iterator[Case]:
    """A row whose time was over before its turn came."""
    row, looks = batch.rows[number], batch.row_looks[number]
    if batch.resends or any(errand.sendings for errand in batch.errands[number]):
        return
    wished = row.get("expires_in_seconds")
    life = wished if isinstance(wished, int) else LIFE
    by = patience.until(batch.call.span.end + life + CLOCKS)
    for look in looks:
        refused = look.said.get("error") is not None
        if look.call.span.begin > by and not refused:
            kept = look.said.get("status") == _EXPIRED
            about = tuple(f"correlation:{errand.correlation_id}" for errand in batch.errands[number])
            occasion = Occasion(look.call, batch.call.scenario, look.call.span.end, about)
            observed = f"順番の前に期限の来た行の処理状況が {look.said.get('status')} である"
            yield occasion.case(_EXPIRY, "順番の前", kept, observed, _EXPIRED)
