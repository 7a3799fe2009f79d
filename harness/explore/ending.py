"""How every story ends: what is late is waited for, what was changed for everybody is changed back, and everything is asked for once
more, so that what went wrong on the way shows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from harness.explore.cast import Arrived, Cast
from harness.explore.north_moves import arrived, enquiry
from harness.explore.south_moves import decision, log, pending, received, scope_key, switch
from harness.explore.story import Story
from harness.gateways.south import Request

_RECORDS: Final = ("情報登録", "一括登録", "情報削除")
_LONG: Final = 60  # seconds of a message that does not expire within the story
_NO_TIME: Final = 0.1  # seconds, where what came before has waited already
_MOST: Final = 2  # correlations whose logs are read


def ending(cast: Cast, story: Story) -> Iterator[Callable[[], object]]:
    """Its parts, one after the other; the same for the same story and the same answers."""
    if any(op.name == "手動自動" for op in story.ops):
        yield lambda: _by_itself_again(cast, story)
    yield lambda: _read_again(cast, story)
    _sent(cast, _expected(cast, story))
    _answered(cast)
    yield lambda: cast.stage.at_once(list(_looks(cast)))


def _by_hand(cast: Cast, story: Story) -> set[tuple[str, str]]:
    """Scopes and keys that were 手動 at some time."""
    ops = [op for op in story.ops if op.name == "手動自動" and op.text("mode") == "手動"]
    return {(op.text("scope"), scope_key(cast, op.text("scope"), op)) for op in ops}


def _is_by_hand(cast: Cast, message: Arrived, by_hand: set[tuple[str, str]]) -> bool:
    citation = cast.provides[message.kind]
    about = {
        ("subject", cast.at(message.who).local_id),
        ("information", citation.information),
        ("affair", citation.affair),
    }
    return bool(about & by_hand)


def _by_itself_again(cast: Cast, story: Story) -> None:
    """The next story finds everything 自動, and nothing waits that is of this one."""
    by_hand = _by_hand(cast, story)
    switched = sorted(by_hand)
    cast.stage.ask_all([switch(cast, *one, "自動") for one in switched if one[0] != "subject"])
    lists = list({c.owner: pending(cast, kind) for kind, c in enumerate(cast.provides)}.values())
    cast.stage.ask_all(lists)
    waiting = [a for a in cast.arrived if a.taken and _is_by_hand(cast, a, by_hand)]
    body = {"reason": "試験の終わり"}
    for asked in {a.correlation_id: a for a in waiting}.values():
        cast.stage.ask(decision(cast, asked, "refusal", body))
    cast.stage.ask_all(lists)
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
        arrived(cast.arrived, said, who, kind, _LONG)


def _expected(cast: Cast, story: Story) -> list[Arrived]:
    """What must have been answered, whatever the order: it did not expire, and if somebody had to decide, somebody did."""
    by_hand = _by_hand(cast, story)
    return [
        a
        for a in cast.arrived
        if a.taken
        and a.life == _LONG
        and (not _is_by_hand(cast, a, by_hand) or a.correlation_id in cast.decided)
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


def _looks(cast: Cast) -> Iterator[Request]:
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
    ids = [*[a.correlation_id for a in cast.arrived][-_MOST:], *list(told)[-1:]]
    for id_ in dict.fromkeys(ids):
        for name in ("access", "audit", "business"):
            yield log(name, id_)
