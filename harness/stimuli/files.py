"""Fixed-width CP932 files with one difficulty a line, at every place of the file (guide §2 Files)."""

import base64
from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.items import informations
from harness.contract.legacy_layout import ENCODING, LINE_END, Field, layout
from harness.gateways.south import Request
from harness.stimuli.file_sets import file_sets
from harness.stimuli.holdings import deletion, record
from harness.stimuli.stage import Resident, Stage

_INFORMATIONS: Final = ("住民票関係情報", "地方税関係情報", "生活保護関係情報", "介護保険給付等関係情報")
# Bytes of a text: what CP932 maps in its own way, IBM and NEC extensions, half-width katakana, blanks of both widths.
_TEXTS: Final = (
    b"\x81\x60\x81\x7c\x81\x61\x81\x50",
    b"\xfb\xfc\xed\x95\xee\xe0\xfa\x55\xfa\x40\xfc\x4b",
    b"\x87\x40\x87\x8a\x87\x54\x87\x90",
    b"\xb1\xb6\xde\xca\xdf\xb0",
    b"\x81\x40  \x8e\x52\x81\x40\x93\x63",
    b"\x8e\x52\x93\x63 \x81\x40 \x81\x40",
    b"  \x8e\x52\x93\x63",
    b"\x83\x5c\x95\x5c\x94\x5c\x5c\x7c",  # ソ表能\| : a second byte that is a backslash
    b"A-1 ~'\"",
)
_UNMAPPABLE: Final = (
    b"\xf0\x40",
    b"\xf9\xfc",
    b"\x81\xad",
    b"\x85\x40",
    b"\xfc\x4c",
)  # 外字, and codes without a character
_NO_CODES: Final = (b"\xff", b"\xa0", b"\x80A", b"\xfd\xfe", b"\x81\x20", b"\xe0\xff")  # bytes that are none
_MANY: Final = 2_000  # lines of one file
_WIDE_BLANK: Final = b"\x81\x40"
_NUMBERS: Final = (b"0", b"1", b"9")
Line = bytes


def files(stage: Stage) -> None:
    """Each difficulty on a line of its own between sound lines; then what is left is read."""
    for information in _INFORMATIONS:
        if not any(c.information == information for c in stage.citations(asks=False)):
            continue
        residents = stage.registered(42)
        lines = list(_lines(stage, information, residents))
        stage.draw.shuffle(lines)
        for part in (lines[: len(lines) // 2], lines[len(lines) // 2 :]):
            _import(stage, information, LINE_END.join([*part, b""]))
        _over_registered(stage, information, residents[-3:])
        _read(stage, information, residents)
    _whole_files(stage)
    _loosely(stage, "地方税関係情報")
    _many_lines(stage, "地方税関係情報")
    if stage.settles:
        file_sets(stage)


def _over_registered(stage: Stage, information: str, residents: list[Resident]) -> None:
    """A line takes the place of a whole record, its version and its reasons; what has a version comes after it whatever it is."""
    key = dict.fromkeys(_key(information), "2012")
    rows = [record(stage, r, informations()[information], key=key, version=9) for r in residents]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows}))
    _import(stage, information, LINE_END.join(_sound(stage, information, r) for r in residents))
    _read(stage, information, residents)
    stage.ask(Request("PUT", "/v1/records", "business", {**rows[0], "version": 3}))
    stage.ask(Request("PUT", "/v1/records", "business", {**rows[0], "version": 2}))
    stage.ask(deletion(rows[1]))


def _many_lines(stage: Stage, information: str) -> None:
    """More than what is read at once, a year and a resident each, with faults at both ends and between; then some are asked for."""
    citation = next((c for c in stage.citations(asks=False) if c.information == information), None)
    if citation is None:
        return
    residents, stranger = stage.registered(4), stage.residents(1)[0]
    fields, years = layout(information), [f"{number:04d}" for number in range(_MANY)]
    lines = [
        _line(stage, fields, residents[number % 4], {"相当年度": year.encode()})
        for number, year in enumerate(years)
    ]
    for number, fault in ((1, b"x"), (_MANY // 2, b"\r"), (_MANY - 2, b"\n")):
        lines[number] = lines[number][:-1] + fault
    lines[0], lines[_MANY // 3] = b"", _line(stage, fields, stranger, {})
    _import(stage, information, LINE_END.join(lines))
    for number in (
        0,
        1,
        2,
        559,
        560,
        561,
        1_000,
        1_001,
        _MANY - 2,
        _MANY - 1,
    ):  # 550 lines end near 65,536 bytes
        stage.enquired(residents[number % 4], citation, key={"相当年度": years[number]})
        stage.read[residents[number % 4].ref] += 1
    stage.settled({resident.ref: stage.read[resident.ref] for resident in residents})


def _lines(stage: Stage, information: str, residents: list[Resident]) -> Iterator[Line]:
    """Of one resident each."""
    fields = layout(information)
    waiting = iter(residents[:-3])
    texts = [f for f in fields[1:] if f.type in ("X", "N") and f.name not in _key(information)]
    numbers = [f for f in fields[1:] if f.is_integer]
    for raw in _TEXTS:
        yield _line(stage, fields, next(waiting), {_widest(texts).name: raw})
    for raw in _UNMAPPABLE[:3]:
        yield _line(stage, fields, next(waiting), {_widest(texts).name: b"\x8e\x52" + raw})
    for raw in (stage.draw.choice(_UNMAPPABLE[3:]), *stage.draw.sample(_NO_CODES, 2)):
        yield _line(stage, fields, next(waiting), {_widest(texts).name: b"\x8e\x52" + raw + b"\x8e\x52"})
    for number, field in enumerate(numbers):
        raws = _numbers(field)
        for further in range(2):  # in turn, so that each stands in some field
            yield _line(stage, fields, next(waiting), {field.name: raws[(2 * number + further) % len(raws)]})
    yield _line(stage, fields, next(waiting), {field.name: b"" for field in texts})
    yield _line(stage, fields, next(waiting), {field.name: _WIDE_BLANK for field in texts if field.width > 1})
    yield _line(stage, fields, next(waiting), {field.name: b"" for field in numbers})
    for field in numbers[:1] + numbers[-1:]:
        yield _line(stage, fields, next(waiting), {field.name: b"1x".rjust(field.width, b"0")})
    yield _line(stage, fields, stage.residents(1)[0], {})  # whom nobody registered
    # Nor anybody whose id differs by a zero from that of somebody who is.
    for near in (b"0%s", b"000%s", b"%s0"):
        yield _line(stage, fields, residents[0], {fields[0].name: near % residents[0].local_id.encode()})
    sound = _line(stage, fields, residents[0], {})
    yield from (sound[:-1], sound + b" ")


def _loosely(stage: Stage, information: str) -> None:
    """Numbers in another form than the layout has, a year and a local id of blanks."""
    fields = layout(information)
    numbers = {field.type: field for field in fields[1:] if field.is_integer}
    wrong = [{of.name: b"1".rjust(of.width)} for of in numbers.values()]
    wrong += [{of.name: b"1".rjust(of.width, b"0")} for of in numbers.values() if of.type == "S9"]
    wrong += [{name: b""} for name in (*_key(information), fields[0].name)]
    residents = stage.registered(len(wrong))
    lines = [_line(stage, fields, r, said) for r, said in zip(residents, wrong, strict=True)]
    _import(stage, information, LINE_END.join(lines))


def _numbers(field: Field) -> tuple[bytes, ...]:
    width = field.width
    if field.type == "9":
        return (b"9" * width, b"0" * width, b"x" * width, b" " * width)
    digits = b"9" * (width - 1)
    return (
        b"+" + digits,
        b"-" + digits,
        b"+" + b"0" * (width - 1),
        b" " * width,
        b"+" + b"x" * (width - 1),
        b"9" * width,
        b" " + digits,
    )


def _line(stage: Stage, fields: tuple[Field, ...], resident: Resident, said: Mapping[str, bytes]) -> Line:
    """Every field drawn that is not said, padded to its width."""
    values = {
        fields[0].name: resident.local_id.encode(),
        **{f.name: _drawn(stage, f) for f in fields[1:]},
        **said,
    }
    return b"".join(values[field.name][: field.width].ljust(field.width) for field in fields)


def _drawn(stage: Stage, field: Field) -> bytes:
    if field.name == "相当年度":
        return b"2012"
    if field.type == "9":
        return stage.draw.choice(_NUMBERS).zfill(field.width)
    if field.type == "S9":
        return stage.draw.choice((b"+", b"-")) + str(
            stage.draw.randrange(10 ** (field.width - 1))
        ).encode().zfill(field.width - 1)
    return "静岡".encode(ENCODING)[: field.width] if field.type == "N" else b"1"


def _key(information: str) -> tuple[str, ...]:
    return informations()[information].key


def _widest(fields: list[Field]) -> Field:
    """Where every text fits."""
    return max(fields, key=lambda field: field.width)


def _sound(stage: Stage, information: str, resident: Resident) -> Line:
    return _line(stage, layout(information), resident, {})


def _import(stage: Stage, information: str, data: bytes) -> None:
    body = {"information": information, "file": base64.b64encode(data).decode()}
    stage.ask(Request("POST", "/v1/imports", "business", body))


def _read(stage: Stage, information: str, residents: list[Resident]) -> None:
    citation = next(c for c in stage.citations(asks=False) if c.information == information)
    key = dict.fromkeys(_key(information), "2012")
    for resident in residents:
        stage.enquired(resident, citation, key=key)
        stage.read[resident.ref] += 1
    stage.settled({resident.ref: stage.read[resident.ref] for resident in residents})


def _whole_files(stage: Stage) -> None:
    """Many faulty lines before sound ones; the same resident twice; nothing at all; one line without end."""
    information = _INFORMATIONS[0]
    residents = stage.registered(2)
    sound = [_sound(stage, information, resident) for resident in residents]
    short = [line[:-2] for line in sound * 8]
    for lines in ([*short, *sound], [sound[0], sound[1], sound[0]], [b"", *sound], [sound[0]]):
        _import(stage, information, LINE_END.join(lines))
    for data in (b"", LINE_END, sound[0] + b"\n" + sound[1], sound[0] + b"\r" + sound[1]):
        _import(stage, information, data)
    for body in (
        {"information": "ない情報", "file": ""},
        {"information": information, "file": "%%%"},
        {"information": information, "file": "QUJDR"},
        {"information": information},
    ):
        stage.ask(Request("POST", "/v1/imports", "business", body))
    _read(stage, information, residents)
