"""The records of residents: every item of every information, by every way in, read by every affair and every way out (guide §2
Subjects and records, §3 Then)."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.items import Information, informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.repeating import repeating
from harness.stimuli.sessions import look, opened
from harness.stimuli.south_requests import Body, record_key
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.values import REASONS, text, value

_MODES: Final = ("オンライン", "バッチ")
_UNLISTED: Final = "庁内メモ"  # an item that no table knows: it is stored, and never given
Record = Body


def values_by_every_way(stage: Stage) -> None:
    """Registered, asked for by every affair, replaced, asked for again, deleted, asked for again."""
    residents = stage.registered(4)
    records = [
        record(stage, residents[number % len(residents)], information)
        for number, information in enumerate(informations().values())
    ]
    owners = {resident.local_id: resident for resident in residents}
    for again in range(3):
        if again < 2:
            _register(stage, records)
        else:
            stage.at_once([deletion(row) for row in records[::2]])
        _read(stage, records, owners)
        stage.at_once(list(_portal(stage, records, residents)))
        for row in records:
            row["items"] = record(stage, owners[row["local_id"]], informations()[row["information"]])["items"]
    if stage.settles:
        repeating(stage)


def record(stage: Stage, resident: Resident, information: Information, **members: object) -> Record:
    """Every item of the table, drawn, and one that is in none; reasons for what is null, and for one that is withheld."""
    items = {item.name: value(stage.draw, item) for item in information.items}
    items |= {_UNLISTED: text(stage.draw, 100), information.items[0].name: None}
    reasons = {name: stage.draw.choice(REASONS) for name, value_ in items.items() if value_ is None}
    key = {name: stage.draw.choice(("2012", "2013", "平成24年度")) for name in information.key}
    about = {"local_id": resident.local_id, "information": information.name, "key": key, "items": items}
    return {**about, "reasons": reasons, **members}


def deletion(row: Record) -> Request:
    """Of a record."""
    return Request("POST", "/v1/records/deletion", "business", record_key(row))


def _register(stage: Stage, records: list[Record]) -> None:
    """One half each by one request each, and in bulk."""
    half = len(records) // 2
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in records[:half]])
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": records[half:]}))


def _read(stage: Stage, records: list[Record], owners: Mapping[str, Resident]) -> None:
    """By every affair in any order, and under keys that are nearly the right one."""
    asked: Counter[str] = Counter()
    wishes = [(row, citation) for row in records for citation in _of(stage, row["information"])]
    stage.draw.shuffle(wishes)
    for row, citation in wishes:
        resident = owners[row["local_id"]]
        keys = [row["key"], *(_near(row["key"]) if stage.draw.random() < 0.15 else ())]
        for key in keys:
            stage.enquired(resident, citation, key=key, mode=stage.draw.choice(_MODES))
            asked[resident.ref] += 1
    stage.read += asked
    stage.settled(stage.read)


def _of(stage: Stage, information: str) -> list[Citation]:
    """One citation for each affair."""
    found = {c.affair: c for c in stage.citations(asks=False) if c.information == information}
    return list(found.values())


def _near(key: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    yield {}
    for name, text_ in key.items():
        wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and c.isascii() else c for c in text_)
        for near in {wide, f"{text_} ", f" {text_}", text_[:-1], unicodedata.normalize("NFKC", wide) + "0"}:
            if near != text_:
                yield {**key, name: near}
        yield {**key, f"{name}２": text_}
        for renamed in (f"{name} ", f"{name}２", "年度"):  # the same texts, by other names
            yield {(renamed if other == name else other): said for other, said in key.items()}
    if len(key) > 1:
        yield dict(zip(key, reversed(tuple(key.values())), strict=True))


def _portal(stage: Stage, records: list[Record], residents: list[Resident]) -> Iterator[Request]:
    """Each resident looks at everything; one looks at what is another's."""
    for resident in residents:
        session = opened(stage, resident)
        mine = [row for row in records if row["local_id"] == resident.local_id]
        others = [row for row in records if row["local_id"] != resident.local_id][:1]
        for row in [*mine, *others]:
            yield look(session, row)
