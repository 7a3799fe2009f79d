"""After a restart what was confirmed before it is still so (guide §2 HTTP): it is asked for, and done again what must have no effect a second
time."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from harness.explore.by_hand import LONG, may_wait
from harness.explore.cast import Arrived, Cast
from harness.explore.north_moves import again, arrived, enquiry, notified_again
from harness.explore.south_moves import all_pending, decision, own_information, put_record
from harness.explore.story import Op, Story
from harness.gateways.south import Request

_MOST: Final = 2  # of each kind of thing, the newest: every one costs time
_DUE: Final = 8.0  # seconds: the 5 of guide §2, and what a busy machine is given more
_NEWER: Final = 2  # version of a record, beside which _OLDER is not taken
_OLDER: Final = 1


def afterwards(cast: Cast, story: Story) -> Iterator[Callable[[], object]]:
    """In parts, as other stories may be at it."""
    if "応答側" in cast.stage.south.statement.declares.roles:
        # Before anything more arrives: what came after the restart cannot have been forgotten by it.
        taken = _taken(cast)
        yield lambda: _by_hand_still(cast, story)
        yield lambda: _taken_once(cast, taken)
    yield lambda: cast.stage.ask_all(list(_held_still(cast, story)))


def _by_hand_still(cast: Cast, story: Story) -> None:
    """Whoever asks waits, and what waits is listed; what was decided is decided."""
    switched = [op for op in story.ops if op.name == "手動自動"]
    waited = may_wait(cast, story)
    for who, kind in sorted({(op.number("who"), op.number("kind")) for op in switched})[:_MOST]:
        said = cast.stage.control.enquire(enquiry(cast, who, kind, 0))
        arrived(cast.arrived, said, who, kind, LONG)
    if switched:
        # What may still be on its way to the list has to be on it by then (guide §2): until then nobody can say that it is lost.
        cast.stage.until(lambda: _listed(cast, waited), _DUE)
    by_id = {asked.correlation_id: asked for asked in cast.arrived}
    for id_ in cast.decided[-_MOST:]:
        cast.stage.ask(decision(cast, by_id[id_], "approval", {}))


def _listed(cast: Cast, waited: set[str]) -> bool:
    """Also where the gateway says something else than a list."""
    listed = [id_ for request in all_pending(cast) for id_ in _ids(cast.stage.ask(request).body)]
    answered = partial(cast.stage.control.exchanges, 1, 0.0, direction="from_gateway")
    return all(answered(correlation_id=id_) for id_ in sorted(waited.difference(listed)))


def _ids(said: Any) -> list[object]:
    rows = said.get("pending") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        return []
    return [row.get("correlation_id") for row in rows if isinstance(row, dict)]


def _taken(cast: Cast) -> list[tuple[Arrived, bool]]:
    """The newest that the inbox took so far; with each, is it a 連絡?"""
    enquiries = [(one, False) for one in cast.arrived if one.taken]
    return enquiries[-_MOST:] + [(one, True) for one in cast.told if one.taken][-_MOST:]


def _taken_once(cast: Cast, taken: Sequence[tuple[Arrived, bool]]) -> None:
    """The same bytes again; a 連絡 again, with other content under the same correlation."""
    for message, told in taken:
        cast.stage.control.enquire(again(cast, message))
        if told:
            said = cast.stage.control.notify(notified_again(cast, message, 1))
            arrived(cast.told, said, message.who, message.kind, LONG)


def _held_still(cast: Cast, story: Story) -> Iterator[Request]:
    """A token that was redeemed, a version that was passed, a session that goes on."""
    for resident in cast.residents[:_MOST]:
        yield cast.stage.registration(resident)
    newer = [op for op in story.ops if dict(op.told).get("version") == _NEWER]
    for op in newer[-_MOST:]:
        yield put_record(cast, _with(op, version=_OLDER, content=1))
    for session, who in cast.sessions[-_MOST:]:
        yield own_information(cast, session, who, 0, 0)


def _with(op: Op, **told: Any) -> Op:
    return Op(op.name, tuple({**dict(op.told), **told}.items()))
