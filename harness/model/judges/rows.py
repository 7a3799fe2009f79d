"""The rows of a バッチ (guide §2): in order, each when the network has taken or refused the one before, and refused ones in nobody's
way."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from harness.contract.processing_status import batch_row_status
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Sending
from harness.model.history.history import History
from harness.model.occasions import Occasion
from harness.model.state.batches import Batch, RowLook, batches
from harness.model.state.errands import Errand, NetworkSaid, Traffic, answer_to
from harness.model.state.patience import WAIT, Patience

_FINAL: Final = frozenset({NetworkSaid.TAKEN, NetworkSaid.FINAL, NetworkSaid.REPLAYED})
# The network keeps nothing of bytes that it has: an answer that was lost may have been its 202, and the next attempt is not on record.
_PERHAPS: Final = _FINAL | {NetworkSaid.NONE, NetworkSaid.STRANGE}
_REFUSED: Final = batch_row_status().transitions["failed"].to
_BEGUN: Final = batch_row_status().begins
_UNSENT: Final = "行の照会依頼が送られない、又は遅れる"
_SOON: Final = "前の行の後、5秒以内に送る"


@dataclass(frozen=True, slots=True)
class _Turn:
    """A row when its turn comes: its enquiry, or None where it was refused; `known`: it is one or the other. `looks`: how it was shown."""

    errand: Errand | None
    known: bool
    looks: tuple[RowLook, ...] = ()

    def waits_after(self, moment: float) -> RowLook | None:
        """How it was shown where it is neither, and was asked for after a moment."""
        return next(
            (look for look in self.looks if _is_waiting(look) and look.call.span.begin > moment), None
        )


def rows(history: History) -> Iterator[Case]:
    """Each submission and each resending of every batch."""
    patience = Patience.of(history)
    for batch in batches(history, history.once(Traffic.of)):
        for opener in (batch.call, *batch.resends):
            turns = [turn for number in range(len(batch.rows)) if (turn := _turn(batch, number, opener))]
            yield from _in_order(batch, turns)
            yield from _each_soon(batch, opener, turns, history, patience)


def _turn(batch: Batch, number: int, opener: Call) -> _Turn | None:
    """None for a row that this request does not submit."""
    of_row = batch.errands[number]
    mine = next((errand for errand in of_row if errand.openers == (opener,)), None)
    if mine is not None:
        return _Turn(mine, known=True)
    if opener is not batch.call:
        return None
    first = batch.row_looks[number][0] if batch.row_looks[number] else None
    return _Turn(None, first is not None and _is_refused(first), batch.row_looks[number])


def _is_refused(look: RowLook) -> bool:
    return look.ids is None and look.said.get("status") == _REFUSED


def _is_waiting(look: RowLook) -> bool:
    return look.ids is None and look.said.get("status") == _BEGUN


def _in_order(batch: Batch, turns: list[_Turn]) -> Iterator[Case]:
    """Of two neighbours that were sent, the later one left when the earlier one was done with."""
    sent = [turn.errand for turn in turns if turn.errand is not None]
    for before, after in pairwise(sent):
        if not after.sendings:
            continue
        first = after.sendings[0]
        done = next((s for s in before.sendings if answer_to(s) in _PERHAPS), None)
        expired = before.expires.begin <= first.span.begin
        kept = expired or (done is not None and done.span.begin <= first.span.begin)
        alternative = _ended(before)
        occasion = Occasion(first, batch.call.scenario, first.span.end, after.about)
        observed = "前の行をネットワークが受け付け又は拒否する前に、後の行が送られる"
        yield occasion.case(
            "rows-in-order", alternative, kept, observed, "要求の順に、前の行の後に一つずつ送る"
        )


def _each_soon(
    batch: Batch, opener: Call, turns: list[_Turn], history: History, patience: Patience
) -> Iterator[Case]:
    """Each row within its time after the one before was done with; the network may confirm as late as an answer may be."""
    ready, before = _free(batch, opener), "はじめの行"
    if ready is None:
        return
    for turn in turns:
        by = patience.until(patience.until(ready) if before != "はじめの行" else ready)
        if not turn.known:
            if look := turn.waits_after(by):
                occasion = Occasion(
                    look.call, batch.call.scenario, look.call.span.end, (f"batch:{batch.id}",)
                )
                yield occasion.case("row-sent-soon", before, False, _UNSENT, _SOON)
            return
        if turn.errand is None:
            before = _REFUSED
            continue
        errand = turn.errand
        first = errand.sendings[0] if errand.sendings else None
        kept = first is not None and first.span.begin <= by
        may_have_expired = errand.expires.begin < by or ready + errand.life < by + WAIT
        if not kept and (by > history.ended or may_have_expired):
            return
        occasion = Occasion(batch.call, batch.call.scenario, by, errand.about)
        yield occasion.case("row-sent-soon", before, kept, _UNSENT, _SOON)
        done = _done(errand)
        if first is None or done is None or any(s.status is None for s in errand.sendings):
            return
        ready, before = max(ready, done.span.end), _ended(errand)


def _free(batch: Batch, opener: Call) -> float | None:
    """From when on the first row may leave: whether resent rows wait for those of before is left open, so that it is when they are done
    with; None where they are not."""
    ready = opener.span.end
    before = (e for row in batch.errands for e in row if e.span.begin < opener.span.begin)
    for errand in before if opener is not batch.call else ():
        done = _done(errand)
        if done is None:
            return None
        ready = max(ready, done.span.end)
    return ready


def _done(errand: Errand) -> Sending | None:
    """The attempt at which the network took or refused it for good."""
    return next((sending for sending in errand.sendings if answer_to(sending) in _FINAL), None)


def _ended(errand: Errand) -> str:
    done = _done(errand)
    if done is None:
        return "期限切れ"
    attempts = "再送の後の" if done is not errand.sendings[0] else ""
    return f"{attempts}{'202' if done.taken else '4xx'}"
