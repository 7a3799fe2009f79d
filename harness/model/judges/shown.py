"""What a resident is shown of himself or herself (guide §2 The portal)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from harness.contract.affairs import affairs
from harness.contract.items import informations
from harness.contract.schemas import problem_with
from harness.model.cases import OTHERS_DATA, Case
from harness.model.history.exchanges import Call
from harness.model.judges.of_calls import case, of_record
from harness.model.likeness import same
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings

_AFFAIR: Final = "自己情報の提供"
_SMALL: Final = 2**31
_STRANGER: Final = "ほかの人"

Shown = Mapping[str, object]


def of_shown(call: Call, met: Sequence[Holding], holdings: Holdings, ids: set[str]) -> Iterator[Case]:
    """An answer of schema `own-information`: its id, whose it is, items and values."""
    if problem_with("own-information", call.answer) is not None:
        return
    assert isinstance(call.answer, dict)
    assert isinstance(call.body, dict)
    said, body = call.answer, call.body
    about = of_record(body["local_id"], body["information"], body["key"])
    if ids:
        again = said["lookup_id"] in ids
        broken = ("閲覧の番号が、前の閲覧のものと同じ", "閲覧のたびに新しい番号") if again else None
        yield case("lookup-id-new", "2度目以後", call, broken, f"lookup:{said['lookup_id']}")
    ids.add(said["lookup_id"])
    for member in ("local_id", "information"):
        broken = None if said[member] == body[member] else (f"{member} が求めたものと違う", "求めたもの")
        yield case("own-information-names", member, call, broken, about)
    yield from _items(call, said["items"], met, holdings, about)


def _items(
    call: Call, items: Shown, met: Sequence[Holding], holdings: Holdings, about: str
) -> Iterator[Case]:
    assert isinstance(call.body, dict)
    used = shown_names(call.body["information"])
    held = [holding for holding in met if isinstance(holding, Held)]
    if not all(holding is None or isinstance(holding, Held) for holding in met):
        broken = ("示すべきでない項目が示された", "事務が使う項目") if set(items) - used else None
        yield case("own-information-items", "ほかの項目もある件", call, broken, about)
        return
    permitted = [part_of(record, used) for record in held]
    right = any(same(items, record) for record in permitted)
    other = "" if right else _whose(call, items, used, holdings)
    broken = (f"{other}の情報が示された", "求めた人の、求めた件") if other else None
    told = case("own-information-record", other or _others(call, holdings), call, broken, about)
    yield told.called(OTHERS_DATA if other == _STRANGER else "")
    named = right or any(items.keys() == record.keys() for record in permitted)
    broken = None if named or other else ("示された項目が、事務が使い、登録されている項目と違う", "その項目")
    for kind in _completeness(held, used):
        yield case("own-information-items", kind, call, broken, about)
        broken = None  # once an answer
    if named and not other:
        alike = [r for r in permitted if (same(items, r) if right else items.keys() == r.keys())]
        yield from _values(call, items, alike[-1], about)


def _values(call: Call, items: Shown, registered: Shown, about: str) -> Iterator[Case]:
    changed = {
        kind: name
        for name, value in registered.items()
        for kind in value_kinds(value)
        if not same(items[name], value)
    }
    for kind in sorted({kind for value in registered.values() for kind in value_kinds(value)}):
        broken = None
        if kind in changed:
            broken = (f"示された {changed[kind][:40]} の値が登録されたものと違う", "登録したとおりの型と値")
        yield case("own-information-values", kind, call, broken, about)


def _others(call: Call, holdings: Holdings) -> str:
    """Which other record might have been shown instead."""
    assert isinstance(call.body, dict)
    keys = holdings.places.get((call.body["local_id"], call.body["information"]), {})
    return "ほかの照会キー" if len(keys) > 1 else _STRANGER


def shown_names(information: str) -> frozenset[str]:
    """Of the items that a resident may be shown (`used_by`); none of what is no information."""
    known = informations().get(information)
    return frozenset(known.used_by(affairs()[_AFFAIR].text)) if known else frozenset()


def part_of(record: Held, names: frozenset[str]) -> Shown:
    """Its items of these names."""
    return {name: value for name, value in record.items.items() if name in names}


def _completeness(held: Sequence[Held], used: frozenset[str]) -> Iterator[str]:
    names = set(held[0].items) if held else set()
    if not names & used:
        yield "示す項目のない件"
        return
    if names == used:
        yield "示す項目だけの件"
    if used - names:
        yield "示す項目の欠けた件"
    if names - used:
        yield "ほかの項目もある件"


def _whose(call: Call, items: Shown, used: frozenset[str], holdings: Holdings) -> str:
    """Of whom, where it is the record of somebody else or of another key to the letter."""
    assert isinstance(call.body, dict)
    if not items:
        return ""
    for local_id, key, record in holdings.all_records(call.body["information"]):
        if same(items, part_of(record, used)):
            if local_id != call.body["local_id"]:
                return _STRANGER
            if key != call.body["key"]:
                return "ほかの照会キー"
    return ""


def value_kinds(value: object) -> Iterator[str]:
    """In which ways a value is easily changed on its way."""
    if value is None:
        yield "null"
    elif isinstance(value, int):
        yield "0" if value == 0 else "負の数" if value < 0 else "大きな数" if value >= _SMALL else "数"
    elif isinstance(value, str):
        yield (
            "空の文字列" if not value else "数字の文字列" if value.isascii() and value.isdigit() else "文字列"
        )
        if any(ord(character) > 0xFFFF for character in value):
            yield "BMP の外の文字"
        if value != value.strip():
            yield "端に空白のある文字列"
