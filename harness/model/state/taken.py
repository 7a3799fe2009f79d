"""Which message ids an inbox took (guide §3, check 6), over the whole run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from harness.model.history.exchanges import Delivery


@dataclass
class _Arrivals:
    """Of one message id, `all` in the order of the record. `accepted`: by the moment at which it was said; `perhaps`: accepted, or
    nobody can tell, by the moment at which it came; `refused`: when the first refusal was over."""

    all: list[Delivery] = field(default_factory=list)
    accepted: list[Delivery] = field(default_factory=list)
    perhaps: list[Delivery] = field(default_factory=list)
    refused: float = float("inf")


@dataclass(frozen=True)
class Taken:
    """By message id, as it stands in the header that came."""

    arrivals: dict[str, _Arrivals]

    @classmethod
    def of(cls, deliveries: Iterable[tuple[str, Delivery]]) -> Self:
        """Of pairs of a message id and a delivery. What an inbox said is what it did, whether it should have or not."""
        found: dict[str, _Arrivals] = {}
        for id_, delivery in deliveries:
            arrivals = found.setdefault(id_, _Arrivals())
            arrivals.all.append(delivery)
            if delivery.accepted:
                arrivals.accepted.append(delivery)
            if delivery.accepted or delivery.maybe:
                arrivals.perhaps.append(delivery)
            else:
                arrivals.refused = min(arrivals.refused, delivery.span.end)
        for arrivals in found.values():
            arrivals.accepted.sort(key=_said)
            arrivals.perhaps.sort(key=lambda delivery: delivery.span.begin)
        return cls(found)

    def before(self, id_: str, delivery: Delivery) -> Delivery | None:
        """An acceptance that certainly came before this arrival. Of two that were accepted at once, the one that was said first."""
        other = _other(self._of(id_).accepted, delivery)
        if other is None:
            return None
        earlier = other.span.before(delivery.span) or (delivery.accepted and _said(other) < _said(delivery))
        return other if earlier else None

    def perhaps(self, id_: str, delivery: Delivery) -> bool:
        """May another one have been accepted before this arrival was answered?"""
        other = _other(self._of(id_).perhaps, delivery)
        return other is not None and other.span.begin <= delivery.span.end

    def refused(self, id_: str, delivery: Delivery) -> bool:
        """Was the same id refused before this arrival was answered?"""
        return self._of(id_).refused < delivery.span.end

    def at_once(self, id_: str, delivery: Delivery) -> bool:
        """Was another one under way at the same time?"""
        others = (other for other in self._of(id_).all if other.number != delivery.number)
        return any(other.span.meets(delivery.span) for other in others)

    def _of(self, id_: str) -> _Arrivals:
        return self.arrivals.get(id_) or _Arrivals()


def _said(delivery: Delivery) -> tuple[float, int]:
    return delivery.span.end, delivery.number


def _other(deliveries: list[Delivery], delivery: Delivery) -> Delivery | None:
    """The first that is not this one."""
    return next((other for other in deliveries[:2] if other.number != delivery.number), None)
