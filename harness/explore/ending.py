"""How every story ends: what is late is waited for, what was changed for everybody is changed back, and everything is asked for once
more, so that what went wrong on the way shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from harness.explore.afterwards import afterwards
from harness.explore.by_hand import LONG, by_hand, is_by_hand
from harness.explore.cast import Arrived, Cast
from harness.explore.north_moves import arrived, enquiry
from harness.explore.south_moves import all_pending, decision, received, switch
from harness.explore.story import Story
from harness.explore.vocabulary import RESTART
from harness.gateways.south import Request
from harness.stimuli.south_requests import log_about

_RECORDS: Final = ("情報登録", "一括登録", "情報削除")
_NO_TIME: Final = 0.1  # seconds, where what came before has waited already
_PASSED: Final = 9.0  # seconds: what a short enquiry lives, by another clock, and as long as its expiry may take (guide §2)
_MOST: Final = 2  # correlations whose logs are read


def ending(cast: Cast, story: Story, *, restarted: bool) -> Iterator[Callable[[], object]]:
    """Its parts, one after the other; the same for the same story and the same answers. `restarted`: a restart befell it."""
    logged = _newest(cast)
    if restarted:
        yield from afterwards(cast, story)
    if any(op.name == "手動自動" for op in story.ops):
        yield lambda: _by_itself_again(cast, story)
    yield lambda: _read_again(cast, story)
    _sent(cast, _expected(cast, story))
    _answered(cast)
    _over(cast, story)
    yield lambda: cast.stage.at_once(list(_looks(cast, (*logged, *_newest(cast)))))


def _by_itself_again(cast: Cast, story: Story) -> None:
    """The next story finds everything 自動, and nothing waits that is of this one."""
    scopes = by_hand(cast, story)
    switched = sorted(scopes)
    cast.stage.ask_all([switch(cast, *one, "自動") for one in switched if one[0] != "subject"])
    cast.stage.ask_all(all_pending(cast))
    waited = [a for a in cast.arrived if a.taken and is_by_hand(cast, a, scopes)]
    body = {"reason": "試験の終わり"}
    for asked in {a.correlation_id: a for a in waited}.values():
        cast.stage.ask(decision(cast, asked, "refusal", body))
    cast.stage.ask_all(all_pending(cast))
    cast.stage.ask_all([switch(cast, *one, "自動") for one in switched if one[0] == "subject"])


def _read_again(cast: Cast, story: Story) -> None:
    """A counterpart asks for each record that was spoken of."""
    if "応答側" not in cast.stage.south.statement.declares.roles:
        return
    places = {
        (op.number("who"), op.number("kind"), op.number("key")) for op in story.ops if op.name in _RECORDS
    }
    for who, kind, key in sorted(places):
        said = cast.stage.control.enquire(enquiry(cast, who, kind, key))
        arrived(cast.arrived, said, who, kind, LONG)


def _expected(cast: Cast, story: Story) -> list[Arrived]:
    """What must have been answered, whatever the order: it did not expire, and if somebody had to decide, somebody did."""
    scopes = by_hand(cast, story)
    return [
        a
        for a in cast.arrived
        if a.taken
        and a.life == LONG
        and (not is_by_hand(cast, a, scopes) or a.correlation_id in cast.decided)
    ] + [a for a in cast.told if a.taken]


def _sent(cast: Cast, expected: Sequence[Arrived]) -> None:
    seconds = cast.stage.south.limits.answer_seconds
    for message in expected:
        found = cast.stage.control.exchanges(
            1, seconds, correlation_id=message.correlation_id, direction="from_gateway"
        )
        seconds = seconds if found else _NO_TIME  # it was waited for, and with it for all that came before


def _answered(cast: Cast) -> None:
    """Until the answers to what was asked have reached the gateway."""
    seconds = cast.stage.south.limits.answer_seconds
    for asked in (*cast.enquiries, *cast.notices):
        if asked.answered and asked.correlation_id:
            about = {"correlation_id": asked.correlation_id, "direction": "to_gateway"}
            seconds = seconds if cast.stage.control.exchanges(1, seconds, **about) else _NO_TIME


def _over(cast: Cast, story: Story) -> None:
    """Until what is sent a second time was; and what nobody answers has passed, where a restart of this very story may have made the
    gateway forget when: that is waited for long."""
    seconds = cast.stage.south.limits.answer_seconds
    for notice in cast.notices:
        if notice.sent > 1 and notice.correlation_id:
            about = {"correlation_id": notice.correlation_id, "direction": "from_gateway"}
            found = cast.stage.control.exchanges(notice.sent, seconds, **about)
            seconds = seconds if len(found) >= notice.sent else _NO_TIME
    if any(op.name == RESTART for op in story.ops) and any(asked.passes for asked in cast.enquiries):
        cast.stage.pause(_PASSED)


def _newest(cast: Cast) -> tuple[str, ...]:
    """Correlation ids of what arrived, and of what was asked, last."""
    came = [message.correlation_id for message in (*cast.arrived[-_MOST:], *cast.told[-1:])]
    return (*came, *(asked.correlation_id for asked in cast.enquiries[-1:] if asked.correlation_id))


def _looks(cast: Cast, logged: Iterable[str]) -> Iterator[Request]:
    """`logged`: of which the logs are read."""
    for asked in cast.enquiries:
        yield Request("GET", f"/v1/enquiries/{asked.id}", "business")
        yield Request("GET", f"/v1/enquiries/{asked.id}/result", "business")
    for asked in cast.notices:
        yield Request("GET", f"/v1/notices/{asked.id}", "business")
    for asked in cast.batches:
        yield Request("GET", f"/v1/batches/{asked.id}", "business")
    told = dict.fromkeys(a.correlation_id for a in cast.told)
    for id_ in told:
        yield received(id_)
    for id_ in dict.fromkeys(logged):
        for name in ("access", "audit", "business"):
            yield log_about(name, id_)
