"""Versions of records, what replaces what, deletion, bulk rows with faults between them (guide §2 Subjects and records)."""

from collections.abc import Iterator
from typing import Any, Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.holdings import Record, deletion, record
from harness.stimuli.stage import Resident, Stage

# Version of each registration of one record, None for one without, "delete" for a deletion between them.
_HISTORIES: Final = (
    (5, 4, 5, None, 3, None, 1),
    (None, 2, 1, 2, 3),
    (7, "delete", 2, 1, "delete", "delete", None),
    (1, 2**53 - 1, 2**53 - 2),
    (3, 3, 3, 2),
    (9, 10, 9, 100, 20, 99),  # as texts they have another order
    (2**31 - 1, 2**31, 2**31 - 1, 2**32, 1),
)
_INFORMATION: Final = "地方税関係情報"
_MANY: Final = 130  # faults of one request, twice: a list of them may end at a round number


def versions(stage: Stage) -> None:
    """Every history by single requests and by bulk, read after each step; then bulk requests with faults and duplicates."""
    for in_bulk in (False, True):
        residents = stage.registered(len(_HISTORIES))
        for step in range(max(len(history) for history in _HISTORIES)):
            rows = [
                (resident, history[step])
                for resident, history in zip(residents, _HISTORIES, strict=True)
                if step < len(history)
            ]
            _put(stage, rows, in_bulk=in_bulk)
            _read(stage, [resident for resident, _ in rows])
    _faulty_bulk(stage)
    _last_of_those_without_key(stage)


def _put(stage: Stage, rows: list[tuple[Resident, Any]], *, in_bulk: bool) -> None:
    made: list[Record] = []
    for resident, version in rows:
        row = _row(stage, resident)
        if version == "delete":
            stage.ask(deletion(row))
            continue
        made.append(row if version is None else {**row, "version": version})
    if in_bulk and made:
        stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": made}))
    else:
        stage.at_once([Request("PUT", "/v1/records", "business", row) for row in made])


def _row(stage: Stage, resident: Resident, **members: object) -> Record:
    return record(stage, resident, informations()[_INFORMATION], **{"key": {"相当年度": "2012"}, **members})


def _read(stage: Stage, residents: list[Resident], information: str = _INFORMATION) -> None:
    citation = next(c for c in stage.citations(asks=False) if c.information == information)
    key = {"相当年度": "2012"} if information == _INFORMATION else {}
    for resident in residents:
        stage.enquired(resident, citation, key=key)
        stage.read[resident.ref] += 1
    stage.settled({resident.ref: stage.read[resident.ref] for resident in residents})


def _faulty_bulk(stage: Stage) -> None:
    """Faults at the first place, the last, and several in a row; the same record twice; stale versions among others."""
    residents = stage.registered(6)
    stranger = stage.residents(1)[0]  # whom nobody registers
    rows: list[Record] = [_row(stage, stranger)]
    for resident in residents:
        rows += [_row(stage, resident, version=4), _row(stage, stranger), _row(stage, stranger)]
        rows += [_row(stage, resident, version=3), _row(stage, resident, version=4)]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows}))
    _read(stage, residents)
    many = [_row(stage, stranger)] * _MANY
    rows = [*many, _row(stage, residents[0], version=5), *many, _row(stage, residents[1], version=5)]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows}))
    _read(stage, residents)
    for rows in (
        [],
        [_row(stage, stranger)],
        [{**_row(stage, residents[0]), "extra": 1}, _row(stage, residents[1])],
    ):
        stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows}))
    _read(stage, residents[:2])


def _last_of_those_without_key(stage: Stage) -> None:
    """For an information with an empty key the record that was registered last is given, whatever its key."""
    information = "住民票関係情報"
    for order in _orders():
        resident = stage.registered(1)[0]
        for key in order:
            row = record(stage, resident, informations()[information], key={})
            stage.ask(Request("PUT", "/v1/records", "business", {**row, "key": key}))
            _read(stage, [resident], information)


def _orders() -> Iterator[tuple[dict[str, str], ...]]:
    """Without keys, as `items.json` has it: what a key does that names fields which the information lacks is left open (§11)."""
    yield ({}, {}, {})
