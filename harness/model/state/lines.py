"""The lines of a fixed-width file (guide §2 Files): what each says, or which of its faults may be named."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from harness.contract.items import informations
from harness.contract.legacy_layout import LINE_END, LOCAL_ID, Field, layout
from harness.contract.messages import Value
from harness.model.state.cp932 import MALFORMED, UNMAPPABLE, decoded

NOBODY: Final = "SUBJECT_UNKNOWN"
_ID: Final = re.compile(r"[0-9A-Za-z-]{1,20}")
_DIGITS: Final = re.compile(r"[0-9]+")
_SIGNED: Final = re.compile(r"[+-][0-9]+")
# The guide says of a number only that it is one, and of S9 that a sign stands before: whether blanks around it, a sign that is there or
# not, and wide digits are a number is for a gateway to say.
_NUMBER_PERHAPS: Final = re.compile(r"[+-]?\d+")
_BLANKS: Final = " \u3000"
_BEFORE: Final = rb"(?:[\x00-\x7F\xA1-\xDF]|[\x81-\x9F\xE0-\xFC].)*?"
_IBM: Final = re.compile(_BEFORE + rb"[\xED\xEE\xFA-\xFC]", re.DOTALL)
_NEC: Final = re.compile(_BEFORE + rb"\x87", re.DOTALL)

Fault = tuple[str | None, str]  # item (None: the whole line), code


@dataclass(frozen=True, slots=True)
class Line:
    """`number` from 1. `local_id`: empty where the field has none. `blank`: names of the key whose fields are blank, so that the
    key is open. `items`: None where the line may not be taken. `faults`: what may be named where it is not; none: the line has to be
    taken. `traits`: what is special about it."""

    number: int
    local_id: str
    key: Mapping[str, str]
    blank: tuple[str, ...]
    items: Mapping[str, Value] | None
    faults: frozenset[Fault]
    traits: frozenset[str]


@dataclass
class _Found:
    """What the fields of a line come to."""

    values: dict[str, Value]
    faults: set[Fault]
    doubts: set[Fault]
    traits: set[str]


def lines(information: str, file: str) -> tuple[Line, ...] | None:
    """The lines of a file in base64. None where the contract has no such layout, or the text is no base64."""
    if information not in informations():
        return None
    try:
        data = base64.b64decode(file + "=" * (-len(file) % 4))
    except (binascii.Error, ValueError):
        return None
    ended = data.endswith(LINE_END)
    parts = data.removesuffix(LINE_END).split(LINE_END) if data else []
    return tuple(
        _line(information, number, part, last_open=number == len(parts) and not ended)
        for number, part in enumerate(parts, 1)
    )


def _line(information: str, number: int, data: bytes, *, last_open: bool) -> Line:
    fields = _layout(information)
    found = _Found({}, set(), set(), {"末尾の CRLF がない行"} if last_open else set())
    width = sum(field.width for field in fields)
    if len(data) != width:
        found.faults.add((None, MALFORMED))
        found.traits.add("空の行" if not data else "短い行" if len(data) < width else "長い行")
    for field, part, following in _parts(fields, data):
        _read(field, part, following, found)
    local_id = str(found.values.pop(LOCAL_ID, ""))
    if not _ID.fullmatch(local_id):
        found.faults.add((LOCAL_ID, NOBODY))
        found.doubts.add((LOCAL_ID, MALFORMED))
    names = informations()[information].key
    key = {name: str(found.values[name]) for name in names if name in found.values}
    blank = tuple(name for name in names if name not in found.values)
    # What a line is whose key has a blank field, is open (§11).
    found.doubts |= {(item, MALFORMED) for name in blank for item in (name, None)}
    items = None if found.faults else found.values
    faults = frozenset(found.faults | found.doubts)
    return Line(number, local_id, key, blank, items, faults, frozenset(found.traits))


def _parts(fields: tuple[Field, ...], data: bytes) -> Iterator[tuple[Field, bytes, str | None]]:
    start = 0
    for field, following in zip(fields, (*fields[1:], None), strict=True):
        yield field, data[start : start + field.width], following.name if following else None
        start += field.width


def _read(field: Field, data: bytes, following: str | None, found: _Found) -> None:
    read = decoded(data)
    if read.text is None:
        items = {field.name} if read.codes == {UNMAPPABLE} else {field.name, None}
        items |= {following} if read.cut else set()
        found.faults |= {(item, code) for item in items for code in read.codes}
        found.faults |= {(field.name, MALFORMED)} if field.type in {"9", "S9"} else set()
        found.traits |= read.traits
    elif field.type in {"9", "S9"}:
        _number(field, data, read.text, found)
    elif read.text:
        found.values[field.name] = read.text
        found.traits |= _traits(data, read.text)
    else:
        found.traits.add("空白の欄")


def _number(field: Field, data: bytes, text: str, found: _Found) -> None:
    if not data.strip(b" "):
        found.traits.add("空白の欄")
        return
    whole = data.decode("ascii", errors="replace")
    if (_SIGNED if field.type == "S9" else _DIGITS).fullmatch(whole):
        found.values[field.name] = int(whole)
        found.traits |= {"負の数"} if whole.startswith("-") else set()
        found.traits |= {"13桁の数"} if len(whole.lstrip("+-0")) >= 13 else set()
        return
    bare = text.strip(_BLANKS)
    if bare and not _NUMBER_PERHAPS.fullmatch(bare):
        found.faults.add((field.name, MALFORMED))
        found.traits.add(field.type)
        return
    found.doubts.add((field.name, MALFORMED))
    if bare:
        found.values[field.name] = int(bare)


def _traits(data: bytes, text: str) -> set[str]:
    """What conversions usually stumble over."""
    return {
        trait
        for trait, there in (
            ("全角の空白で埋めた欄", data.rstrip(b" ").endswith(b"\x81\x40")),
            ("先頭の空白", text[0] in _BLANKS),
            ("IBM拡張文字", _IBM.match(data)),
            ("NEC特殊文字", _NEC.match(data)),
            ("JISと違う文字", any(c in "～－∥￠￡￢" for c in text)),
        )
        if there
    }


@cache
def _layout(information: str) -> tuple[Field, ...]:
    return layout(information)
