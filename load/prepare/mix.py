"""What a load asks for: the informations of the estimates, as far as they may lawfully be asked of this gateway or by it."""

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement
from harness.residents.data_items import DataItems
from harness.residents.household import Household
from harness.residents.people import Person
from load.estimate.estimates import Row, Table
from load.estimate.message_size import envelope
from load.prepare.asking import Asking, asked_elsewhere, asked_of
from load.prepare.prepared import NORTH, SOUTH
from load.prepare.preparing import Share
from load.prepare.records import items_for

_Key = tuple[str, str, str]  # face, use case, information
_TRIED = 20  # residents whose records tell how large an answer is


def mix_of(statement: Statement, table: Table) -> tuple[Share, ...]:
    """By the enquiries of each row, of its use case; where municipalities answer each other (correction 2, §4-4), half is
    asked of the gateway and half by it. What a row asks for that its use case may not ask by message (own information goes
    through the portal) is asked in its place by those that may ask for the same information, so that the part of each
    information stays as estimated. Raises ConfigurationError where nothing is left."""
    weights: dict[_Key, float] = {}
    rest = [row for row in table.rows if not _add(weights, statement, row, row.use_case)]
    for row in rest:
        there = [key for key in weights if key[2] == row.information]
        known = sum(weights[key] for key in there)
        for key in there:
            weights[key] *= 1 + row.messages / known
        if not there:
            _add(weights, statement, row, "")
    if not weights:
        raise ConfigurationError(
            "試算の表に、このゲートウェイに照会できる情報も、照会させられる情報もない。宣言か --table を改める。"
        )
    most = max(weights.values())
    return tuple(Share(face, name, weight / most, case) for (face, case, name), weight in weights.items())


def ways(statement: Statement, mix: Sequence[Share]) -> tuple[tuple[Asking, ...], tuple[Asking, ...]]:
    """(asked of the gateway, asked by it), each in the order of the mix. Raises ConfigurationError for what may not be asked."""
    north = tuple(
        asked_of(statement, share.information, share.use_case) for share in mix if share.face == NORTH
    )
    south = tuple(
        asked_elsewhere(statement, share.information, share.use_case) for share in mix if share.face != NORTH
    )
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
        sizes = [_content_bytes(way, items_for(*pair, way.information)) for pair in some]
        total += share.weight * envelope().wire_bytes(sum(sizes) / len(sizes)) / 1000
    return total / sum(share.weight for share in mix)


def _add(weights: dict[_Key, float], statement: Statement, row: Row, use_case: str) -> bool:
    """The enquiries of a row to the faces on which it may be asked; whether there is one."""
    faces = _faces(statement, row, use_case)
    for face in faces:
        key = face, use_case, row.information
        weights[key] = weights.get(key, 0.0) + row.messages / len(faces)
    return bool(faces)


def _faces(statement: Statement, row: Row, use_case: str) -> list[str]:
    """On which faces it can be asked for: as provider, as requester; with correction 1 one of the two."""
    tried = (NORTH, asked_of), (SOUTH, asked_elsewhere)
    found = [face for face, way in tried if _may(way, statement, row.information, use_case)]
    return found if row.correction == 2 else found[:1]


def _may(
    way: Callable[[Statement, str, str], Asking], statement: Statement, information: str, use_case: str
) -> bool:
    try:
        way(statement, information, use_case)
    except ConfigurationError:
        return False
    return True


def _content_bytes(asking: Asking, items: DataItems) -> int:
    needed = {name: items[name] for name in asking.needed if name in items}
    content = {"key": asking.key, "items": needed}
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
