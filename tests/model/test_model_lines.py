"""What the lines of a fixed-width file say: state.lines and state.cp932."""

import base64

import pytest

from harness.model.state.cp932 import decoded
from harness.model.state.lines import Line, lines
from tests.model.bodies import CHILDREN, LEVEL, TAX, file, line

_BAD, _CODE = "LINE_MALFORMED", "CHARACTER_UNMAPPABLE"
_OPINION = "主治医の意見"


def _read(*data: bytes, information: str = TAX) -> tuple[Line, ...]:
    found = lines(information, file(data)["file"])
    assert found is not None
    return found


def _opinion(data: bytes) -> Line:
    return _read(line(information=LEVEL, raw={_OPINION: data}), information=LEVEL)[0]


def _amount(data: bytes, information: str = TAX, name: str = "年税額") -> Line:
    width = {"年税額": 14, "世帯人員": 2}[name]
    assert len(data) <= width
    return _read(line(information=information, raw={name: data}), information=information)[0]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x81\x60", "～"),
        (b"\x81\x7c", "－"),
        (b"\x81\x61\x81\x91\x81\x92\x81\xca", "∥￠￡￢"),
        (b"\x81\x5f", "＼"),
        (b"\\~", "\\~"),
        (b"\xfb\xfc", "髙"),
        (b"\xee\xe0", "髙"),
        (b"\xfa\x40\xfa\x54", "ⅰ￢"),
        (b"\x87\x40\x87\x8a", "①㈱"),
        (b"\xb6\xde\x8a\xbf", "ｶﾞ漢"),
        (b"\x95\x5c\x83\x5c", "表ソ"),
    ],
)
def test_cp932_is_microsofts_mapping(data: bytes, text: str) -> None:
    assert decoded(data).text == text


def test_every_code_with_a_character_is_that_character() -> None:
    for lead in (*range(0x81, 0xA0), *range(0xE0, 0xF0), *range(0xFA, 0xFD)):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            pair = bytes((lead, trail))
            try:
                expected = pair.decode("cp932").rstrip("\u3000")
            except UnicodeDecodeError:
                expected = None
            assert decoded(pair).text == expected


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"\xf0\x40", {_CODE}),
        (b"\xf9\xfc", {_CODE}),
        (b"\x85\x40", {_CODE}),
        (b"\xfc\x4c", {_CODE}),
        (b"\x80", {_CODE, _BAD}),
        (b"\xa0", {_CODE, _BAD}),
        (b"\xfd", {_CODE, _BAD}),
        (b"\xff", {_CODE, _BAD}),
        (b"\x81\x20", {_CODE, _BAD}),
        (b"\x81", {_CODE, _BAD}),
    ],
)
def test_a_code_without_a_character_is_never_replaced(data: bytes, codes: set[str]) -> None:
    found = decoded(b"A" + data)
    assert found.text is None
    assert found.codes == codes


def test_items_are_those_of_the_layout() -> None:
    found = _read(line("a-1", 年税額=-812000, 本人障害区分="0", 扶養親族数=2))[0]
    assert (found.local_id, found.key, found.faults) == ("a-1", {"相当年度": "2012"}, frozenset())
    assert found.items == {"相当年度": "2012", "年税額": -812000, "本人障害区分": "0", "扶養親族数": 2}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("　あ い　 　".encode("cp932"), "　あ い"),
        (b" \x81\x40 x \x81\x40", " 　 x"),
        (b"\x81\x40\x81\x40", None),
        (b"  \x81\x40 ", None),
        (b"\t", "\t"),
        ("髙﨑～".encode("cp932"), "髙﨑～"),
    ],
)
def test_blanks_on_the_right_are_dropped_and_nothing_else(data: bytes, text: str | None) -> None:
    found = _opinion(data)
    assert found.items is not None
    assert found.items.get(_OPINION) == text
    assert not found.faults


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"+0000000812000", 812000),
        (b"-0000000000001", -1),
        (b"-0000000000000", 0),
        (b"+9999999999999", 9999999999999),
    ],
)
def test_a_signed_number(data: bytes, value: int) -> None:
    found = _amount(data)
    assert found.items is not None
    assert found.items["年税額"] == value
    assert not found.faults


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"00000000812000", 812000),
        (b"99999999999999", 99999999999999),
        (b"+812000", 812000),
        (b"       +812000", 812000),
        ("１２".encode("cp932"), 12),
        (b"\x81\x40\x81\x40", None),
    ],
)
def test_what_may_be_a_number_is_open(data: bytes, value: int | None) -> None:
    found = _amount(data)
    assert found.items is not None
    assert found.items.get("年税額") == value
    assert found.faults == {("年税額", _BAD)}


@pytest.mark.parametrize(
    "data", [b"+12X", b"+1 2", b"+", b"++1", b"1+", b"1.5", b"1,000", b"0x1", b"--", b"+\xb1"]
)
def test_what_is_no_number(data: bytes) -> None:
    found = _amount(data)
    assert found.items is None
    assert found.faults == {("年税額", _BAD)}


def test_an_unsigned_number() -> None:
    assert _amount(b"03", CHILDREN, "世帯人員").faults == frozenset()
    assert _amount(b"-3", CHILDREN, "世帯人員").faults == {("世帯人員", _BAD)}
    assert _amount(b"3X", CHILDREN, "世帯人員").items is None


def test_a_blank_field_is_an_item_that_is_not_there() -> None:
    found = _read(line())[0]
    assert found.items == {"相当年度": "2012"}
    assert not found.faults


def test_lines_are_those_between_their_ends() -> None:
    one, two = line("a"), line("b")
    for ended in (True, False):
        found = lines(TAX, file([one, two], ended=ended)["file"])
        assert found is not None
        assert [row.local_id for row in found] == ["a", "b"]
    assert [row.items is None for row in _read(one, b"", two)] == [False, True, False]
    assert lines(TAX, "") == ()
    assert lines("誰も知らない情報", "") is None
    whole = base64.b64encode(one + b"\r\n" + two[:-1]).decode()
    assert lines(TAX, whole.rstrip("=")) == lines(TAX, whole)
