"""バッチ as business systems see it (guide §2): a row each, refused ones with their error and no ids; resending takes the failed rows
and leaves the others."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from harness.contract.processing_status import batch_row_status
from harness.contract.refusals import refusals
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.likeness import members, same
from harness.model.occasions import Occasion
from harness.model.row_refusals import RowRefusals
from harness.model.state.batches import Batch, RowLook, batches, shown_rows
from harness.model.state.errands import Errand, Traffic, What
from harness.model.state.patience import Patience
from harness.model.state.statuses import events_of, explained

_TABLE: Final = batch_row_status()
_FAILED: Final = _TABLE.transitions["failed"].to
_REFUSED_ROW: Final = "拒否した行"
_TAKEN: Final = "taken"
_UNDER_WAY: Final = frozenset({"受付", "送信済"})
_RESENDABLE: Final = _TABLE.transitions["resent"].sources


def row_states(history: History) -> Iterator[Case]:
    """Every answer about every batch."""
    patience, refusals = Patience.of(history), RowRefusals.of(history)
    opened: dict[str, Call] = {}
    for batch in batches(history, history.once(Traffic.of)):
        kept = opened.setdefault(batch.id, batch.call) is batch.call
        yield _about(batch, batch.call).case(
            "ids-new", "バッチ", kept, "前と同じ batch_id を付ける", "番号は受け付けるごとに新しい"
        )
        yield from _shape(batch)
        for number, looks in enumerate(batch.row_looks):
            for look in looks:
                yield from _refused(batch, number, look, refusals)
            yield from _accepted(batch, number, refusals)
            yield from _stays_refused(batch, number)
            yield from _changes(batch, number, patience)
            yield from _resent(batch, number)


def _shape(batch: Batch) -> Iterator[Case]:
    for call in batch.looks:
        occasion = _about(batch, call)
        kept = len(shown_rows(call)) == len(batch.rows) and members(call.answer).get("batch_id") == batch.id
        yield occasion.case(
            "batch-row-for-row",
            _way(batch, call),
            kept,
            "行の数又は batch_id が、要求と違う",
            "要求の行ごとに一つ",
        )


def _refused(batch: Batch, number: int, look: RowLook, refusals: RowRefusals) -> Iterator[Case]:
    """A row without ids waits, expired before its turn, or was refused."""
    if look.ids is not None:
        return
    occasion, status = _about(batch, look.call), look.said.get("status")
    nothing = look.said.get("enquiry_id") is None and look.said.get("correlation_id") is None
    error = members(look.said.get("error"))
    if status != _FAILED:
        waits = status in {_TABLE.begins, _TABLE.transitions["expired"].to}
        kept = nothing and waits and look.said.get("error") is None
        yield occasion.case(
            "refused-row",
            _REFUSED_ROW,
            kept,
            "照会の番号のない行が、待つのでも拒否でもない",
            "受付、又はエラー（番号は null）",
        )
        return
    code = str(error.get("code"))
    yield occasion.case(
        "refused-row", _REFUSED_ROW, nothing, "拒否した行に照会の番号がある", "番号は二つとも null"
    )
    may = refusals.codes(batch, number, look.call)
    if may is not None:
        yield _decided(occasion, code, may)


def _accepted(batch: Batch, number: int, refusals: RowRefusals) -> Iterator[Case]:
    """A row that became an enquiry is none that has to be refused."""
    for errand in batch.errands[number]:
        look = next(
            look for look in batch.row_looks[number] if look.ids == (errand.id, errand.correlation_id)
        )
        may = refusals.codes(batch, number, look.call)
        if may is not None:
            yield _decided(
                Occasion(look.call, batch.call.scenario, look.call.span.end, errand.about), None, may
            )


def _decided(occasion: Occasion, code: str | None, may: frozenset[str | None]) -> Case:
    """The requirement is that of what had to decide."""
    names = sorted(name or _TAKEN for name in may)
    rule = (code or _TAKEN) if code in may else names[0]
    known = code if code in refusals() else "知らない符号"
    observed = f"行が {known} として拒否される" if code else "拒否すべき行が照会になる"
    return occasion.case(
        f"row-{rule.lower().replace('_', '-')}",
        What.ROW,
        code in may,
        observed,
        f"行は {'、'.join(names)}",
    )


def _stays_refused(batch: Batch, number: int) -> Iterator[Case]:
    """A row that was refused stays so until it is resent."""
    looks = batch.row_looks[number]
    for before, after in pairwise(looks):
        refused = before.ids is None and before.said.get("status") == _FAILED
        resent = any(_within(call, before.call, after.call) for call in batch.resends)
        if refused and not resent and before.call.span.before(after.call.span):
            kept = same(before.said, after.said)
            observed = "拒否した行が、送り直さないのに変わる"
            yield _about(batch, after.call).case(
                "outcome-stands", "行:エラー", kept, observed, "はじめの結果のまま"
            )


def _changes(batch: Batch, number: int, patience: Patience) -> Iterator[Case]:
    """A row becomes another enquiry by being resent, and only from where the table lets it."""
    looks = [look for look in batch.row_looks[number] if look.ids is not None]
    errands = {(errand.id, errand.correlation_id): errand for errand in batch.errands[number]}
    order = list(errands)
    newest = 0
    for before, after in pairwise(looks):
        if before.ids is None or after.ids is None or not before.call.span.before(after.call.span):
            continue
        occasion = _about(batch, after.call)
        newest = max(newest, order.index(before.ids))
        if after.ids == before.ids:
            yield Case("row-keeps-enquiry", "変わらない行")
            status = str(before.said.get("status"))
            if status in _UNDER_WAY and any(_within(c, before.call, after.call) for c in batch.resends):
                yield Case("resend-leaves-others", status)
            continue
        resends = [c for c in batch.resends if _within(c, before.call, after.call)]
        kept = order.index(after.ids) > newest and bool(resends)
        yield occasion.case(
            "row-keeps-enquiry",
            "番号の変わる行",
            kept,
            "送り直していない行の照会が変わる",
            "照会は変わらない",
        )
        if kept and before.said.get("status") not in _RESENDABLE:
            kept = any(_may_be_resent(errands[before.ids], before, call, patience) for call in resends)
            yield occasion.case(
                "resend-leaves-others",
                str(before.said.get("status")),
                kept,
                "失敗していない行が送り直される",
                "失敗した行だけを送り直す",
            )


def _may_be_resent(errand: Errand, before: RowLook, resend: Call, patience: Patience) -> bool:
    """Of one that was in no state to be resent when it was seen last."""
    if before.said.get("status") in _TABLE.outcomes:
        return False
    events = events_of(errand, patience)
    return any(explained(errand.what, source, resend.span, events) for source in _RESENDABLE)


def _resent(batch: Batch, number: int) -> Iterator[Case]:
    """What had failed when a resending began is another enquiry once it is over, or was refused anew."""
    looks = batch.row_looks[number]
    for resend in batch.resends:
        if resend.status != 202:
            continue
        before = [look for look in looks if look.call.span.before(resend.span)]
        after = next((look for look in looks if resend.span.before(look.call.span)), None)
        if not before or after is None:
            continue
        last = before[-1]
        status = last.said.get("status")
        occasion = _about(batch, resend)
        if status in _RESENDABLE and last.ids is not None:
            yield occasion.case(
                "resend-takes-failed",
                str(status),
                after.ids != last.ids,
                f"{status} の行が送り直されない",
                "新しい照会として送り直す",
            )
        elif last.ids is not None and status in _TABLE.outcomes:
            kept = (after.ids, after.said.get("status")) == (last.ids, status)
            yield occasion.case(
                "resend-leaves-others",
                str(status),
                kept,
                f"{status} の行が変わる",
                "そのほかの行は変わらない",
            )


def _within(resend: Call, before: Call, after: Call) -> bool:
    return resend.span.end >= before.span.begin and resend.span.begin <= after.span.end


def _way(batch: Batch, call: Call) -> str:
    return "POST" if call is batch.call else "resend" if call.method == "POST" else "GET"


def _about(batch: Batch, call: Call) -> Occasion:
    return Occasion(call, batch.call.scenario, call.span.end, (f"batch:{batch.id}",))
