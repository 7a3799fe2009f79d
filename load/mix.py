"""What a load asks for: the informations of the estimates, as far as they may lawfully be asked of this gateway or by it."""

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from harness.residents.household import Household
from harness.residents.people import Person
from harness.spec.findings import ConfigurationError
from harness.spec.statement import Statement
from load.asking import Asking, asked_elsewhere, asked_of
from load.estimates import Row, Table
from load.message_size import envelope
from load.prepared import NORTH, SOUTH
from load.preparing import Share
from load.records import Items, items_for

_TRIED = 20  # residents whose records tell how large an answer is


def mix_of(statement: Statement, table: Table) -> tuple[Share, ...]:
    """By the enquiries of each row; where municipalities answer each other (correction 2, §4-4), half is asked of the
    gateway and half by it. Raises ConfigurationError where nothing is left."""
    weights: dict[tuple[str, str], float] = {}
    for row in table.rows:
        faces = _faces(statement, row)
        for face in faces:
            key = face, row.information
            weights[key] = weights.get(key, 0.0) + row.messages / len(faces)
    if not weights:
        raise ConfigurationError(
            "試算の表に、このゲートウェイに照会できる情報も、照会させられる情報もない。宣言か --table を改める。"
        )
    most = max(weights.values())
    return tuple(Share(face, name, weight / most) for (face, name), weight in weights.items())


def ways(statement: Statement, mix: Sequence[Share]) -> tuple[tuple[Asking, ...], tuple[Asking, ...]]:
    """(asked of the gateway, asked by it), each in the order of the mix. Raises ConfigurationError for what may not be asked."""
    north = tuple(asked_of(statement, one.information) for one in mix if one.face == NORTH)
    south = tuple(asked_elsewhere(statement, one.information) for one in mix if one.face != NORTH)
    return north, south


def answer_kb(
    mix: Sequence[Share],
    asked: Sequence[Asking],
    asking: Sequence[Asking],
    residents: Iterable[tuple[Household, Person]],
) -> float:
    """KB of an answer of the mix on the line, on average: signed, encrypted, in HTTP and TCP/IP. `asked`, `asking`: as
    `ways` has them."""
    some = list(islice(residents, _TRIED))
    of_face = {NORTH: iter(asked), SOUTH: iter(asking)}
    total = 0.0
    for share in mix:
        way = next(of_face[share.face])
        sizes = [_content_bytes(way, items_for(*one, way.information)) for one in some]
        total += share.weight * envelope().wire_bytes(sum(sizes) / len(sizes)) / 1000
    return total / sum(share.weight for share in mix)


def _faces(statement: Statement, row: Row) -> list[str]:
    """On which faces it can be asked for: as provider, as requester; with correction 1 one of the two."""
    tried = (NORTH, asked_of), (SOUTH, asked_elsewhere)
    found = [face for face, way in tried if _may(way, statement, row.information)]
    return found if row.correction == 2 else found[:1]


def _may(way: Callable[[Statement, str], Asking], statement: Statement, information: str) -> bool:
    try:
        way(statement, information)
    except ConfigurationError:
        return False
    return True


def _content_bytes(asking: Asking, items: Items) -> int:
    needed = {name: items[name] for name in asking.needed if name in items}
    content = {"key": asking.key, "items": needed}
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
