"""Several records of one resident: by enquiry key, by information and by version; each is replaced, deleted and shown for itself (guide
§2 Subjects and records, The portal)."""

from collections.abc import Iterator
from typing import Any, Final

from harness.contract.affairs import affairs
from harness.contract.items import Information, informations
from harness.gateways.south import Request
from harness.stimuli.holdings import Record, deletion, record
from harness.stimuli.sessions import look, opened
from harness.stimuli.south_requests import Body
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.values import GREATEST, TEXTS

_SELF: Final = "自己情報の提供"
_YEARS: Final = ("2011", "2012", "02012", "2012 ")
_VERSIONS: Final = (5, 2, None, 9)
_NO_TABLES: Final = "庁内の覚え"  # an information that no table knows: its records are stored as any other
_KEYS: Final[tuple[dict[str, str], ...]] = (
    {"甲": "1", "乙": "2"},
    {"甲": "2", "乙": "1"},
    {"甲": "1"},
    {"乙": "2"},
    {"甲": "1,乙=2"},
    {"甲": '1","乙":"2'},
    {"甲": "1", "乙": ""},
    {"甲乙": "12"},
    {"甲": "1\u001f乙\u001f2"},
    {},
)
_MANY: Final = 10_000  # records of one body
_LONGEST: Final = 2_000  # characters of an item
_PLACES: Final = (0, 1, 254, 255, 256, 999, 1_000, 4_095, 4_096, 9_999)  # where a list is easily cut


def keys(stage: Stage) -> None:
    """For one information with a key and one without."""
    first, second, third = stage.registered(3)
    _whole_keys(stage, third)
    for information in (*_information(stage, keyed=True), *_information(stage, keyed=False)):
        _shapes(stage, third, information)
    for information in _information(stage, keyed=True):
        _several(stage, [first, second], information)
        _in_one_body(stage, information)


def _information(stage: Stage, *, keyed: bool) -> list[Information]:
    """One with a key of which the portal shows something, or one without, of which it shows nothing; none where no table asks for such."""
    asked = {c.information for c in stage.citations(asks=False)}
    found = [i for i in informations().values() if bool(i.key) == keyed and i.name in asked]
    shown = [i for i in found if _used(i)] or found
    return stage.draw.sample(shown, min(1, len(shown)))


def _used(information: Information) -> list[str]:
    """What the portal shows of it."""
    return sorted(information.used_by(affairs()[_SELF].text))


def _several(stage: Stage, residents: list[Resident], information: Information) -> None:
    """Versions and deletions of one key touch no other; nor do those of another resident."""
    rows = [_row(stage, r, information, year) for r in residents for year in _YEARS]
    marked = [
        row if version is None else {**row, "version": version}
        for row, version in zip(rows, _VERSIONS * len(residents), strict=True)
    ]
    stage.ask_all([Request("PUT", "/v1/records", "business", row) for row in marked])
    _read(stage, residents, information, rows)
    for number, row in enumerate(marked):
        again = {**_row(stage, residents[number // len(_YEARS)], information, row["key"]), "version": 3}
        stage.ask(Request("PUT", "/v1/records", "business", again))
    _read(stage, residents, information, rows)
    never = [{**row, "key": dict.fromkeys(information.key, "1999")} for row in rows[:: len(_YEARS)]]
    stage.ask_all([deletion(row) for row in (rows[1], rows[1], *never, rows[5])])
    stage.ask(Request("PUT", "/v1/records", "business", {**rows[1], "version": 1}))
    _read(stage, residents, information, [*rows, *never])


def _row(stage: Stage, resident: Resident, information: Information, year: Any) -> Record:
    key = year if isinstance(year, dict) else dict.fromkeys(information.key, year)
    return record(stage, resident, information, key=key)


def _read(stage: Stage, residents: list[Resident], information: Information, rows: list[Record]) -> None:
    """By an affair, and by the residents."""
    citation = stage.draw.choice(
        [c for c in stage.citations(asks=False) if c.information == information.name]
    )
    owners = {resident.local_id: resident for resident in residents}
    sessions = {resident.local_id: opened(stage, resident) for resident in residents}
    for row in rows:
        stage.enquired(owners[row["local_id"]], citation, key=row["key"])
        stage.read[owners[row["local_id"]].ref] += 1
    stage.settled({resident.ref: stage.read[resident.ref] for resident in residents})
    stage.at_once([look(sessions[row["local_id"]], row) for row in rows])


def _shapes(stage: Stage, resident: Resident, information: Information) -> None:
    """Items that are all there, in part, not at all, or none that is shown; values of every kind; then read."""
    key = dict.fromkeys(information.key, "2012")
    for items in _items(information):
        row = {"local_id": resident.local_id, "information": information.name, "key": key, "items": items}
        stage.ask(Request("PUT", "/v1/records", "business", row))
        _read(stage, [resident], information, [row])


def _items(information: Information) -> Iterator[Body]:
    names = [item.name for item in information.items]
    used = _used(information) or names
    yield dict.fromkeys(used, "")
    yield {name: TEXTS[number % len(TEXTS)] for number, name in enumerate(names)}
    yield {name: TEXTS[-1 - number % len(TEXTS)] for number, name in enumerate(names)}
    yield {used[0]: -GREATEST}
    yield {name: number - 1 for number, name in enumerate(used[1:])}
    yield dict.fromkeys(names, "\U00020bb7" * _LONGEST)
    yield {f"{used[0]} ": "x", used[0].swapcase() + "２": 1}
    yield {}


def _whole_keys(stage: Stage, resident: Resident) -> None:
    """The whole key names a record, whatever the order of its members; what is alike when it is written in one line, is not the same."""
    place = {"local_id": resident.local_id, "information": _NO_TABLES}
    rows: list[Record] = [
        {**place, "key": key, "items": {"甲": number}, "version": 5} for number, key in enumerate(_KEYS)
    ]
    stage.ask_all([Request("PUT", "/v1/records", "business", row) for row in rows])
    turned = [{**row, "key": dict(reversed(row["key"].items()))} for row in rows]
    stage.ask_all([Request("PUT", "/v1/records", "business", {**row, "version": 4}) for row in turned])
    for row in turned[::2]:
        stage.ask_all([deletion(row), deletion(row)])
    session = opened(stage, resident)
    stage.ask_all([look(session, row) for row in rows])


def _in_one_body(stage: Stage, information: Information) -> None:
    """As many as one body may hold, with faults at both ends and between; then those are read that are easily lost."""
    residents, stranger = stage.registered(4), stage.residents(1)[0]
    rows: list[Record] = []
    for number in range(_MANY):
        resident = stranger if number in {2, 5_000, _MANY - 2} else residents[number % len(residents)]
        key = dict.fromkeys(information.key, f"{number:05d}")
        items = {information.items[-1].name: number}
        rows.append(
            {"local_id": resident.local_id, "information": information.name, "key": key, "items": items}
        )
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows}))
    _read(stage, residents, information, [rows[place] for place in _PLACES])
