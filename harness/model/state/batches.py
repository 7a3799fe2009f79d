"""バッチ (guide §2): which enquiries its rows became, one after the other, as the answers about it show."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from harness.contract.journal_entries import Said
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.likeness import listed, members
from harness.model.state.errands import Errand, Traffic, What, confirmed, errand, refused

_BATCHES: Final = "/v1/batches"
_RESEND: Final = "resend"


@dataclass(frozen=True, slots=True)
class RowLook:
    """A row as one answer showed it."""

    call: Call
    said: Said

    @property
    def ids(self) -> tuple[str, str] | None:
        """Its enquiry and the correlation id; None where it has no enquiry."""
        id_, correlation_id = self.said.get("enquiry_id"), self.said.get("correlation_id")
        return (id_, correlation_id) if isinstance(id_, str) and isinstance(correlation_id, str) else None


@dataclass(frozen=True)
class Batch:
    """`looks`: every answer about it, and `resends`: requests that may have taken effect, each in the order of their ends."""

    call: Call
    id: str
    looks: tuple[Call, ...]
    resends: tuple[Call, ...]
    traffic: Traffic

    @cached_property
    def rows(self) -> tuple[Said, ...]:
        """As they were asked for."""
        return tuple(members(row) for row in listed(members(self.call.body).get("rows")))

    @cached_property
    def row_looks(self) -> tuple[tuple[RowLook, ...], ...]:
        """For each row, as the answers with the right number of rows showed it."""
        count = len(self.rows)
        shown = [(call, rows) for call in self.looks if len(rows := shown_rows(call)) == count]
        return tuple(tuple(RowLook(call, members(rows[n])) for call, rows in shown) for n in range(count))

    @cached_property
    def errands(self) -> tuple[tuple[Errand, ...], ...]:
        """For each row the enquiries that it became, in the order in which they were seen."""
        return tuple(tuple(self._of_row(n)) for n in range(len(self.rows)))

    def _of_row(self, number: int) -> Iterator[Errand]:
        known: set[tuple[str, str]] = set()
        before = self.call
        for look in self.row_looks[number]:
            if look.ids is not None and look.ids not in known:
                first = () if known else (self.call,)
                openers = (*first, *self._resends_between(before, look.call)) or (self.call,)
                known.add(look.ids)
                of_row = errand(What.ROW, openers, self.rows[number], look.ids, self.traffic)
                yield replace(of_row, first=self.call)
            before = look.call

    def _resends_between(self, before: Call, after: Call) -> Iterator[Call]:
        """Those of which the one answer may know nothing yet, and the other something."""
        if before is not after:
            began, ended = before.span.begin, after.span.end
            yield from (c for c in self.resends if c.span.end >= began and c.span.begin <= ended)


def shown_rows(call: Call) -> tuple[object, ...]:
    """The rows of an answer about a batch."""
    return tuple(listed(members(call.answer).get("rows")))


def batches(history: History, traffic: Traffic) -> tuple[Batch, ...]:
    """Those that were confirmed, in the order of the record."""
    about: dict[str, list[Call]] = {}
    opened: list[Call] = []
    for call in history.calls:
        if not call.path.startswith(_BATCHES):
            continue
        if call.path == _BATCHES:
            if call.method == "POST" and confirmed(call):
                opened.append(call)
        elif (id_ := _id_in(call)) is not None:
            about.setdefault(id_, []).append(call)
    return tuple(_batch(call, about, traffic) for call in opened)


def _batch(call: Call, about: dict[str, list[Call]], traffic: Traffic) -> Batch:
    id_ = str(members(call.answer).get("batch_id"))
    later = sorted(about.get(id_, ()), key=lambda c: c.span.end)
    looks = (call, *(c for c in later if confirmed(c)))
    resends = tuple(c for c in later if c.method == "POST" and _may_have_acted(c))
    return Batch(call, id_, looks, resends, traffic)


def _may_have_acted(call: Call) -> bool:
    return not refused(call) and (call.status is None or confirmed(call) or call.status >= 500)


def _id_in(call: Call) -> str | None:
    """The batch of GET …/{id} and POST …/{id}/resend."""
    rest = call.path.removeprefix(f"{_BATCHES}/").split("/")
    if call.method == "GET" and len(rest) == 1:
        return rest[0]
    return rest[0] if call.method == "POST" and rest[1:] == [_RESEND] else None
