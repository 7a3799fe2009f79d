"""Operations of counterparts and of the network, and what nobody asked for: time and a kill."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from harness.explore.cast import Arrived, Cast, newest
from harness.explore.moves import NOTHING, Move, Said
from harness.explore.story import Op
from harness.explore.vocabulary import RESTART
from harness.stimuli.south_requests import Body

_LIFE: Final = 60  # seconds, as of a counterpart that says nothing else
# Once, and then as the contract says.
_ANSWERS: Final[Mapping[str, list[str]]] = MappingProxyType(
    {
        "UNDELIVERED": ["UNDELIVERED", "UNDELIVERED"],
        "lost": ["lost"],
        "REPLAYED": ["lost", "REPLAYED"],
        "proxy-404": ["proxy-404"],
        "MALFORMED": ["MALFORMED"],
        "outage": ["UNDELIVERED"]
        * 5,  # whoever waits longer each time waits for a second or more: a kill may come meanwhile
    }
)
_SLOW: Final[Mapping[str, float]] = MappingProxyType({"slow": 1.0, "slower": 2.5})  # seconds
_ACCEPTED: Final = 202


def enquiry(cast: Cast, who: int, kind: int, key: int, **members: object) -> Body:
    """What a counterpart is told to ask."""
    place = cast.place(who, kind, key)
    return {**_about(cast, who, kind), "key": place["key"], **members}


def _about(cast: Cast, who: int, kind: int) -> Body:
    citation = cast.provides[kind]
    return citation.said_by(citation.requester.code, cast.at(who).ref)


def arrived(kept: list[Arrived], said: Said, who: int, kind: int, life: int) -> None:
    """Remembers what the inbox said to a message."""
    delivery = said.get("delivery") or {}
    ids = (str(said.get("message_id")), str(said.get("correlation_id")))
    kept.append(Arrived(*ids, who, kind, life, delivery.get("status") == _ACCEPTED))


def _enquired(cast: Cast, op: Op) -> Move:
    who, kind, life, way = op.number("who"), op.number("kind"), op.number("life"), op.text("way")
    body = enquiry(
        cast,
        who,
        kind,
        op.number("key"),
        **({"alteration": way} if way else {}),
        **({"expires_in_seconds": float(life)} if life != _LIFE else {}),
    )
    return Move(
        instruct=lambda control: control.enquire(body),
        remember=lambda said: arrived(cast.arrived, said, who, kind, life) if said else None,
    )


def _replayed(cast: Cast, op: Op) -> Move:
    found = newest(cast.arrived, op.number("last"))
    if not found:
        return NOTHING
    body = again(cast, found)
    return Move(instruct=lambda control: control.enquire(body))


def again(cast: Cast, message: Arrived) -> Body:
    """What a counterpart is told so that the very same message comes again."""
    return {**_about(cast, message.who, message.kind), "replay_of": message.message_id}


def _notified(cast: Cast, op: Op) -> Move:
    who, kind = op.number("who"), op.number("kind")
    return _told(cast, who, kind, _notice(cast, who, kind, op.number("content")))


def _notified_again(cast: Cast, op: Op) -> Move:
    found = newest(cast.told, op.number("last"))
    if not found:
        return NOTHING
    return _told(cast, found.who, found.kind, notified_again(cast, found, op.number("content")))


def notified_again(cast: Cast, message: Arrived, content: int) -> Body:
    """What a counterpart is told so that a 連絡 comes once more under its correlation."""
    body = _notice(cast, message.who, message.kind, content)
    return {**body, "correlation_id": message.correlation_id}


def _notice(cast: Cast, who: int, kind: int, content: int) -> Body:
    return {**_about(cast, who, kind), "items": cast.items(cast.provides[kind].information, content)}


def _told(cast: Cast, who: int, kind: int, body: Body) -> Move:
    return Move(
        instruct=lambda control: control.notify(body),
        remember=lambda said: arrived(cast.told, said, who, kind, _LIFE) if said else None,
    )


def _disturb(cast: Cast, op: Op) -> Move:
    ref, answer = cast.at(op.number("who")).ref, op.text("answer")
    if answer == "MALFORMED":
        cast.refused.add(op.number("who"))
    how: dict[str, Any] = (
        {"slow_seconds": _SLOW[answer]} if answer in _SLOW else {"answers": _ANSWERS[answer]}
    )

    def instruct(control: Any) -> Said:
        control.disturb(ref, **how)
        return {}

    return Move(instruct=instruct)


NORTH_MOVES: Final[Mapping[str, Callable[[Cast, Op], Move]]] = MappingProxyType(
    {
        "照会が届く": _enquired,
        "照会がまた届く": _replayed,
        "連絡が届く": _notified,
        "連絡がまた届く": _notified_again,
        "ネットワークの障害": _disturb,
        "待つ": lambda _, op: Move(seconds=op.number("tenths") / 10),
        RESTART: lambda _, __: Move(kills=True),
    }
)
