"""The lines of a fixed-width file (guide §2 Files): what each says, or which of its faults may be named."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from harness.contract.items import informations
from harness.contract.legacy_layout import LINE_END, LOCAL_ID, Field, layout
from harness.contract.messages import Value
from harness.model.state.cp932 import CUT, MALFORMED, UNMAPPABLE, decoded

NOBODY: Final = "SUBJECT_UNKNOWN"
SET: Final = "set"  # which one of several a file says that it is
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
    taken. `traits`: what is special about it; `settled`: rows of contract 2 that decide something, each with a word for what."""

    number: int
    local_id: str
    key: Mapping[str, str]
    blank: tuple[str, ...]
    items: Mapping[str, Value] | None
    faults: frozenset[Fault]
    traits: frozenset[str]
    settled: frozenset[tuple[str, str]] = frozenset()


@dataclass
class _Found:
    """What the fields of a line come to. `settles`: by contract 2."""

    values: dict[str, Value]
    faults: set[Fault]
    doubts: set[Fault]
    traits: set[str]
    settles: bool
    settled: set[tuple[str, str]] = field(default_factory=set)


def is_of_crlf_alone(found: tuple[Line, ...]) -> bool:
    """How many lines such a file has contract 1 leaves open."""
    return len(found) == 1 and "空の行" in found[0].traits and "末尾の CRLF がない行" not in found[0].traits


def parted(data: bytes) -> list[bytes]:
    """The lines of a file as they are."""
    return data.removesuffix(LINE_END).split(LINE_END) if data else []


def without_set(body: Mapping[str, object]) -> dict[str, object]:
    """What contract 1 knows of a request with a file: whether it ignores the rest is open there (§11)."""
    return {name: member for name, member in body.items() if name != SET}


def lines(information: str, file: str, *, settles: bool = False) -> tuple[Line, ...] | None:
    """The lines of a file in base64, as contract 2 reads them where it `settles`. None where the contract has no such layout, or the
    text is no base64."""
    if information not in informations():
        return None
    try:
        data = base64.b64decode(file + "=" * (-len(file) % 4))
    except (binascii.Error, ValueError):
        return None
    ended, parts = data.endswith(LINE_END), parted(data)
    return tuple(
        _line(information, number, part, last_open=number == len(parts) and not ended, settles=settles)
        for number, part in enumerate(parts, 1)
    )


def _line(information: str, number: int, data: bytes, *, last_open: bool, settles: bool) -> Line:
    fields = _layout(information)
    found = _Found({}, set(), set(), {"末尾の CRLF がない行"} if last_open else set(), settles)
    width = sum(of.width for of in fields)
    if len(data) != width:
        found.faults.add((None, MALFORMED))
        found.traits.add("空の行" if not data else "短い行" if len(data) < width else "長い行")
    for of, part, following in _parts(fields, data):
        _read(of, part, following, found)
    local_id = str(found.values.pop(LOCAL_ID, ""))
    if not _ID.fullmatch(local_id):
        found.faults.add((LOCAL_ID, NOBODY))
        if settles and not local_id:
            found.settled.add(("file-blank-key", "空白の識別番号"))
        else:
            found.doubts.add((LOCAL_ID, MALFORMED))
    names = informations()[information].key
    key = {name: str(found.values[name]) for name in names if name in found.values}
    blank = tuple(name for name in names if name not in found.values)
    # What a line is whose key has a blank field, is open (§11).
    if settles:
        found.settled |= {("file-blank-key", "空白の照会キー")} if blank and not found.faults else set()
    else:
        found.doubts |= {(item, MALFORMED) for name in blank for item in (name, None)}
    items = None if found.faults else found.values
    faults = frozenset(found.faults | found.doubts)
    settled = frozenset(found.settled)
    return Line(number, local_id, key, blank, items, faults, frozenset(found.traits), settled)


def _parts(fields: tuple[Field, ...], data: bytes) -> Iterator[tuple[Field, bytes, str | None]]:
    start = 0
    for of, following in zip(fields, (*fields[1:], None), strict=True):
        yield of, data[start : start + of.width], following.name if following else None
        start += of.width


def _read(of: Field, data: bytes, following: str | None, found: _Found) -> None:
    read = decoded(data)
    if read.text is None and found.settles and read.traits == {CUT} and of.type in {"X", "N"}:
        found.faults.add((of.name, UNMAPPABLE))
        found.settled.add(("file-cut-character", CUT))
    elif read.text is None:
        items = {of.name} if read.codes == {UNMAPPABLE} else {of.name, None}
        items |= {following} if read.cut else set()
        found.faults |= {(item, code) for item in items for code in read.codes}
        found.faults |= {(of.name, MALFORMED)} if of.type in {"9", "S9"} else set()
        found.traits |= read.traits
    elif of.type in {"9", "S9"}:
        _number(of, data, read.text, found)
    elif read.text:
        found.values[of.name] = read.text
        found.traits |= _traits(data, read.text)
    else:
        found.traits.add("空白の欄")


def _number(of: Field, data: bytes, text: str, found: _Found) -> None:
    if not data.strip(b" "):
        found.traits.add("空白の欄")
        return
    whole = data.decode("ascii", errors="replace")
    if (_SIGNED if of.type == "S9" else _DIGITS).fullmatch(whole):
        found.values[of.name] = int(whole)
        found.traits |= {"負の数"} if whole.startswith("-") else set()
        found.traits |= {"13桁の数"} if len(whole.lstrip("+-0")) >= 13 else set()
        return
    bare = text.strip(_BLANKS)
    if bare and not _NUMBER_PERHAPS.fullmatch(bare):
        found.faults.add((of.name, MALFORMED))
        found.traits.add(of.type)
        return
    if found.settles and bare:
        found.faults.add((of.name, MALFORMED))
        found.settled.add(("file-numbers", of.type))
        return
    found.doubts.add((of.name, MALFORMED))
    if bare:
        found.values[of.name] = int(bare)


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
