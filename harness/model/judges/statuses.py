"""処理状況 (guide §2): every status that was shown, against what happened by then; the first outcome stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.model.cases import Case
from harness.model.history.history import History
from harness.model.occasions import Occasion
from harness.model.state.errands import Errand, What
from harness.model.state.looks import Look, looked_at
from harness.model.state.patience import Patience
from harness.model.state.statuses import (
    EXPIRED,
    FAILED,
    SENT,
    Event,
    due,
    events_of,
    explained,
    has_error,
    outcomes_of,
    statuses_of,
    table_of,
)

_REFUSED: Final = "refused"  # failed, by the network
# Event of the table → the rule whose sentence says that it shows; of a 連絡 one rule says all.
_SHOWS: Final[Mapping[str, str]] = {
    "begun": "status-sent",
    SENT: "status-sent",
    "answered": "status-answered",
    FAILED: "status-failed",
    _REFUSED: "status-refused",
    EXPIRED: "status-expired",
}


@dataclass
class _Seen:
    """What looks showed that ended before: the first outcome, and the first status that is not the one with which all begins."""

    what: What
    outcome: Look | None = None
    moved: Look | None = None

    def add(self, look: Look) -> None:
        """The next one, in the order of their ends."""
        status = look.said.get("status")
        if self.outcome is None and status in outcomes_of(self.what):
            self.outcome = look
        if self.moved is None and status != table_of(self.what).begins:
            self.moved = look

    def outcome_before(self, look: Look) -> Look | None:
        """The outcome that was seen before a look began."""
        known = self.outcome is not None and self.outcome.call.span.before(look.call.span)
        return self.outcome if known else None

    def goes_back(self, look: Look) -> bool:
        """Does it show what was over before it began?"""
        begins = look.said.get("status") == table_of(self.what).begins
        return begins and self.moved is not None and self.moved.call.span.before(look.call.span)


def statuses(history: History) -> Iterator[Case]:
    """Everything that was confirmed, with every look at it in the order in which they ended."""
    patience = Patience.of(history)
    for errand, looks in looked_at(history):
        events = events_of(errand, patience)
        seen = _Seen(errand.what)
        for look in sorted(looks, key=lambda look: look.call.span.end):
            yield from _judged(errand, look, events, seen)
            seen.add(look)


def _judged(errand: Errand, look: Look, events: tuple[Event, ...], seen: _Seen) -> Iterator[Case]:
    occasion = Occasion(look.call, errand.scenario, look.call.span.end, errand.about)
    yield from _ids(errand, look, occasion)
    status, error = look.said.get("status"), look.said.get("error")
    if status not in statuses_of(errand.what):
        return  # meets no schema
    stands = seen.outcome_before(look)
    if stands is not None:
        kept = (status, error) == (stands.said.get("status"), stands.said.get("error"))
        observed = (
            f"処理状況が {stands.said.get('status')} の後に {status} に変わる（又はエラーの理由が変わる）"
        )
        yield occasion.case(
            _stands(errand.what, stands),
            f"{errand.what}:{stands.said.get('status')}",
            kept,
            observed,
            "はじめの結果のまま",
        )
        return  # whether it was right is judged where it was first seen
    yield from _status(errand, look, events, occasion, seen.goes_back(look))
    has = table_of(errand.what).transitions[FAILED].to == status
    kept = error is None or has
    yield occasion.case(
        f"{errand.what.side}-error-null",
        f"{errand.what}:{status}",
        kept,
        "エラーでないのに error がある",
        "error は null",
    )


def _status(
    errand: Errand, look: Look, events: tuple[Event, ...], occasion: Occasion, back: bool
) -> Iterator[Case]:
    status, during = look.said.get("status"), look.call.span
    reasons = () if back else explained(errand.what, status, during, events)
    if reasons:
        yield Case(_rule(errand, reasons[0]), _alternative(errand, reasons[0]))
        yield from _error(errand, look, reasons, occasion)
        return
    must = due(errand.what, during, events)
    shown = Event(_event_to(errand.what, status), 0, 0, 0)
    # an outcome that did not come is what is wrong, unless another did
    event = must if must is not None and (must.is_outcome or not shown.is_outcome) else shown
    expected = table_of(errand.what).transitions[must.name].to if must else "起きたことのとおり"
    observed = f"{errand.words}の処理状況が {status} である"
    yield occasion.case(
        _rule(errand, event), _alternative(errand, event), False, observed, f"処理状況は {expected}"
    )


def _error(errand: Errand, look: Look, reasons: Iterable[Event], occasion: Occasion) -> Iterator[Case]:
    """Of the network or of the partner, passed on unchanged."""
    failed = [event for event in reasons if event.name == FAILED]
    if failed:
        kept = any(has_error(event, look.said.get("error")) for event in failed)
        source = "network" if failed[0].network else "partner"
        is_notice = errand.what is What.NOTICE
        named = (
            ("notice-error-unchanged", source) if is_notice else (f"error-of-{source}-unchanged", errand.what)
        )
        observed = "error が、ネットワーク又は相手団体のエラーと違う"
        yield occasion.case(*named, kept, observed, "エラーの符号・機能・理由をそのまま示す")


def _ids(errand: Errand, look: Look, occasion: Occasion) -> Iterator[Case]:
    name = "notice_id" if errand.what is What.NOTICE else "enquiry_id"
    kept = (look.said.get(name), look.said.get("correlation_id")) == (errand.id, errand.correlation_id)
    yield occasion.case(
        f"{errand.what.side}-ids-stable",
        errand.what,
        kept,
        f"{name} 又は correlation_id が、受け付けたときと違う",
        "受け付けたときのまま",
    )


def _event_to(what: What, status: object) -> str:
    if status == table_of(what).begins:
        return "begun"
    transitions = table_of(what).transitions.items()
    return next((name for name, transition in transitions if transition.to == status), SENT)


def _stands(what: What, outcome: Look) -> str:
    if what is What.NOTICE:
        return "notice-outcome-stands"
    expired = outcome.said.get("status") == table_of(what).transitions[EXPIRED].to
    return "expired-stands" if expired else "outcome-stands"


def _rule(errand: Errand, event: Event) -> str:
    if errand.what is What.NOTICE:
        return "status-of-notice"
    return _SHOWS[_REFUSED if event.network else event.name]


def _alternative(errand: Errand, event: Event) -> str:
    table = table_of(errand.what)
    status = table.begins if event.name == "begun" else table.transitions[event.name].to
    refused = ":ネットワーク" if event.network and errand.what is What.NOTICE else ""
    return f"{errand.what}:{status}{refused}"
