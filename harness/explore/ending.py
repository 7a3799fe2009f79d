"""How every story ends: what is late is waited for, what was changed for everybody is changed back, and everything is asked for once
more, so that what went wrong on the way shows."""

from collections.abc import Iterator, Sequence
from typing import Final

from harness.explore.cast import Arrived, Cast
from harness.explore.north_moves import arrived, enquiry
from harness.explore.south_moves import decision, log, pending, received, switch
from harness.explore.story import Story
from harness.gateways.south import Request

_RECORDS: Final = ("情報登録", "一括登録", "情報削除")
_LONG: Final = 60  # seconds of a message that does not expire within the story
_NO_TIME: Final = 0.1  # seconds, where what came before has waited already
_MOST: Final = 2  # correlations whose logs are read


def end(cast: Cast, story: Story) -> None:
    """Everything in the same order for the same story and the same answers."""
    if any(op.name == "手動自動" for op in story.ops):
        _by_itself_again(cast, story)
    _read_again(cast, story)
    _sent(cast, _expected(cast, story))
    _answered(cast)
    cast.stage.at_once(list(_looks(cast)))


def _manual(story: Story) -> tuple[frozenset[int], frozenset[int]]:
    """Residents and kinds of information that were 手動 at some time."""
    by_hand = [op for op in story.ops if op.name == "手動自動" and op.text("mode") == "手動"]
    people = frozenset(op.number("who") for op in by_hand if op.text("scope") == "subject")
    kinds = frozenset(op.number("kind") for op in by_hand if op.text("scope") != "subject")
    return people, kinds


def _by_itself_again(cast: Cast, story: Story) -> None:
    """The next story finds everything 自動, and nothing waits that is of this one."""
    people, kinds = _manual(story)
    switched = [("subject", cast.at(who).local_id) for who in sorted(people)]
    switched += [("information", cast.provides[kind].information) for kind in sorted(kinds)]
    cast.stage.ask_all([switch(cast, scope, key, "自動") for scope, key in switched if scope != "subject"])
    cast.stage.ask(pending(cast))
    waiting = [a.correlation_id for a in cast.arrived if a.taken and (a.who in people or a.kind in kinds)]
    body = {"reason": "試験の終わり"}
    for id_ in dict.fromkeys(waiting):
        cast.stage.ask(decision(cast, id_, "refusal", body))
    cast.stage.ask(pending(cast))
    cast.stage.ask_all([switch(cast, scope, key, "自動") for scope, key in switched if scope == "subject"])


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
    people, kinds = _manual(story)
    return [
        a
        for a in cast.arrived
        if a.taken
        and a.life == _LONG
        and ((a.who not in people and a.kind not in kinds) or a.correlation_id in cast.decided)
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
