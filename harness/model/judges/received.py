"""連絡 that arrived (guide §2, §3): the business system gets those that were accepted about somebody who is registered, each once, as it
came, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Delivery
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.likeness import listed, members, moment, same
from harness.model.occasions import Occasion
from harness.model.state.patience import CLOCKS, WAIT, Patience
from harness.model.state.register import UNKNOWN
from harness.model.state.subjects import Subjects

_PATH: Final = "/v1/notices"
_FILTER: Final = "correlation_id"
_COPIED: Final = ("affair", "information")
Name = tuple[str, str]  # sender and correlation id


@dataclass(frozen=True)
class _Arrived:
    """Deliveries of 連絡 that may have been accepted, by sender and correlation id; `receipts`: when 受領 of these began to go out."""

    began: float
    by_name: dict[Name, list[Delivery]]
    receipts: dict[Name, list[float]]
    subjects: Subjects
    patience: Patience

    @classmethod
    def of(cls, history: History) -> Self:
        found: dict[Name, list[Delivery]] = {}
        for delivery in history.deliveries:
            header = delivery.header
            if header.get("kind") == Kind.NOTICE and (delivery.accepted or delivery.maybe):
                name = (str(header.get("from")), str(header.get("correlation_id")))
                found.setdefault(name, []).append(delivery)
        receipts: dict[Name, list[float]] = {}
        for sending in history.sendings:
            if sending.header.get("kind") == Kind.RECEIPT:
                name = (str(sending.header.get("to")), str(sending.header.get("correlation_id")))
                receipts.setdefault(name, []).append(sending.span.begin)
        return cls(history.began, found, receipts, history.once(Subjects.of), Patience.of(history))

    def stands(self, name: Name, deliveries: list[Delivery]) -> float:
        """By when one of them stood: it was acknowledged, or long enough ago."""
        worked_on = [self.patience.until(d.span.end) for d in deliveries if self.must_show(d, float("inf"))]
        return min([*self.receipts.get(name, ()), *worked_on], default=float("inf"))

    def owners(self, delivery: Delivery) -> tuple[object, ...]:
        """To whom it may have been put down: the link code is translated when the message is worked on."""
        during = Span(delivery.span.begin, self.patience.until(delivery.span.end))
        return self.subjects.owner(str(delivery.header.get("link_code")), during)

    def must_show(self, delivery: Delivery, by: float) -> bool:
        """Was it accepted long enough ago, about somebody who was certainly registered?"""
        owners = self.owners(delivery)
        known = None not in owners and UNKNOWN not in owners
        return delivery.accepted and known and self.patience.until(delivery.span.end) < by


def received(history: History) -> Iterator[Case]:
    """Every list of 連絡 that was given."""
    arrived = _Arrived.of(history)
    for call in history.calls:
        if call.path == _PATH and call.method == "GET" and call.status == 200 and call.caller == "business":
            filters = [value for name, value in call.query if name == _FILTER]
            if len(filters) <= 1 and len(call.query) == len(filters):
                yield from _list(call, filters[0] if filters else None, arrived)


def _list(call: Call, wanted: str | None, arrived: _Arrived) -> Iterator[Case]:
    shown: dict[Name, list[Said]] = {}
    for entry in listed(members(call.answer).get("notices")):
        said = members(entry)
        shown.setdefault((str(said.get("from")), str(said.get(_FILTER))), []).append(said)
    way = "全件" if wanted is None else "correlation_id"
    yield from _order(call, arrived)
    for name, entries in shown.items():
        yield from _entries(call, name, entries, arrived, way)
        if wanted is not None:
            kept = name[1] == wanted
            yield _about(call, name).case(
                "notices-filtered", way, kept, "求めていない相関番号の連絡がある", "その相関番号の連絡だけ"
            )
    for name, deliveries in arrived.by_name.items():
        kept = name in shown
        if wanted not in {None, name[1]}:
            continue
        if kept or any(arrived.must_show(d, call.span.begin) for d in deliveries):
            observed = "受け付けた連絡が一覧にない"
            yield _about(call, name).case(
                "notice-handed-over", way, kept, observed, "届いた連絡を業務システムに渡す"
            )


def _order(call: Call, arrived: _Arrived) -> Iterator[Case]:
    """Of those that came so far apart that no work on them can have been overtaken: by arrival, and by what the list itself says."""
    came: list[tuple[float, float, Name]] = []
    said: list[tuple[float, float, Name]] = []
    for entry in map(members, listed(members(call.answer).get("notices"))):
        name, at = (str(entry.get("from")), str(entry.get(_FILTER))), moment(entry.get("received_at"))
        taken = [d for d in arrived.by_name.get(name, ()) if d.accepted and d.span.begin <= call.span.end]
        if taken:
            by = max(arrived.patience.until(d.span.end) for d in taken)
            came.append((min(d.span.begin for d in taken), by, name))
        if at is not None:
            said.append((at, at + WAIT, name))
    for alternative, order in (("届いた順", came), ("received_at", said)):
        if order and max(began for began, _, _ in order) > min(by for _, by, _ in order):
            late = _overtaken(order)
            occasion = _about(call, late or order[0][2])
            observed = "後に届いた連絡が先にある"
            yield occasion.case("notices-oldest-first", alternative, late is None, observed, "古い順")


def _overtaken(order: list[tuple[float, float, Name]]) -> Name | None:
    """The first that stands behind one that began after it was over."""
    latest = float("-inf")
    for began, by, name in order:
        if by < latest:
            return name
        latest = max(latest, began)
    return None


def _entries(call: Call, name: Name, entries: list[Said], arrived: _Arrived, way: str) -> Iterator[Case]:
    occasion = _about(call, name)
    deliveries = [d for d in arrived.by_name.get(name, ()) if d.span.begin <= call.span.end]
    if not deliveries:
        # what an earlier run left may still be there
        at = [moment(entry.get("received_at")) for entry in entries]
        kept = all(m is not None and m < arrived.began + CLOCKS for m in at)
        yield occasion.case(
            "only-notices-that-arrived", way, kept, "受け付けていない連絡が一覧にある", "受け付けた連絡だけ"
        )
        return
    yield Case("only-notices-that-arrived", way)
    again, expected = "一度届いた連絡", "一度だけ渡す"
    kept, observed = len(entries) == 1, "一つの連絡が二度渡される"
    if len(deliveries) > 1:
        again = "再び届いた連絡"
        if kept and _is_replaced(entries[0], name, deliveries, arrived):
            kept, observed, expected = False, "後から届いた内容が渡される", "初めに届いた内容"
    yield occasion.case("notice-once", again, kept, observed, expected)
    for entry in entries[:1]:
        yield from _as_it_came(entry, deliveries, arrived, occasion)


def _is_replaced(entry: Said, name: Name, deliveries: list[Delivery], arrived: _Arrived) -> bool:
    """What comes once one of them stands changes nothing."""
    stands = arrived.stands(name, deliveries)
    late = {d.number for d in deliveries if d.span.begin > stands}
    said = {d.number for d in deliveries if "items" not in _wrong(entry, d, arrived)}
    return len(late) < len(deliveries) and bool(said) and said <= late


def _as_it_came(
    entry: Said, deliveries: list[Delivery], arrived: _Arrived, occasion: Occasion
) -> Iterator[Case]:
    """Of several under one name any may be the one that stands."""
    best = min((list(_wrong(entry, d, arrived)) for d in deliveries), key=len)
    for member in (*_COPIED, "local_id", "received_at", "items"):
        kept = member not in best
        yield occasion.case(
            "notice-as-it-came",
            member,
            kept,
            f"渡した連絡の {member} が、届いたものと違う",
            "届いた連絡のとおり",
        )


def _wrong(entry: Said, delivery: Delivery, arrived: _Arrived) -> Iterator[str]:
    for name in _COPIED:
        if entry.get(name) != delivery.header.get(name):
            yield name
    owners = arrived.owners(delivery)
    if UNKNOWN not in owners and entry.get("local_id") not in owners:
        yield "local_id"
    at, latest = moment(entry.get("received_at")), float("inf")
    if delivery.accepted:
        latest = arrived.patience.until(delivery.span.end + WAIT) + CLOCKS
    if at is None or not delivery.span.begin - CLOCKS <= at <= latest:
        yield "received_at"
    if delivery.content is not None and not same(members(delivery.content).get("items"), entry.get("items")):
        yield "items"


def _about(call: Call, name: Name) -> Occasion:
    return Occasion(call, call.scenario, call.span.end, (f"correlation:{name[1]}",))
