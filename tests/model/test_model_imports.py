"""Fixed-width files: what a line says (state.lines, state.cp932), and judge `imports`."""

import base64
from collections.abc import Mapping, Sequence

import pytest

from harness.model.judges.imports import imports
from harness.model.state.cp932 import decoded
from harness.model.state.lines import Line, lines
from tests.model.bodies import CHILDREN, LEVEL, TAX, file, line, reported
from tests.model.histories import Told, broken, occasions

_BAD, _CODE, _NOBODY = "LINE_MALFORMED", "CHARACTER_UNMAPPABLE", "SUBJECT_UNKNOWN"
_OPINION = "主治医の意見"
Row = tuple[int, str | None, str]


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


def _told() -> Told:
    told = Told()
    told.register("a")
    return told


def _import(body: Mapping[str, object], *rows: Row, total: int) -> Told:
    told = _told()
    told.call("POST", "/v1/imports", body, answer=reported(*rows, total=total))
    return told


_FAULTY: Sequence[tuple[bytes, list[tuple[str | None, str]], str]] = [
    (
        line(raw={"本人障害区分": b"\xf0"}),
        [
            ("本人障害区分", _CODE),
            ("本人障害区分", _BAD),
            (None, _BAD),
            ("本人寡婦区分", _CODE),
            (None, _CODE),
        ],
        "import-unmappable",
    ),
    (line(raw={"識別番号": b"a\x85\x40"}), [("識別番号", _CODE), (None, _NOBODY)], "import-unmappable"),
    (
        line(raw={"識別番号": b"a\x80"}),
        [(i, c) for i in ("識別番号", None) for c in (_CODE, _BAD, _NOBODY)],
        "import-unmappable",
    ),
    (line(raw={"年税額": b"\xf0\x40"}), [("年税額", _CODE), ("年税額", _BAD)], "import-unmappable"),
    (
        line(raw={"識別番号": b"a\xf0\x40"}),
        [("識別番号", _CODE), ("識別番号", _NOBODY), (None, _NOBODY)],
        "import-unmappable",
    ),
    (line()[:-1], [(None, _BAD)], "import-width"),
    (line() + b" ", [(None, _BAD)], "import-width"),
    (b"", [(None, _BAD), (None, _NOBODY), ("識別番号", _BAD)], "import-width"),
    (line("nobody") + b" ", [(None, _BAD), (None, _NOBODY)], "import-width"),
    (line(raw={"年税額": b"+12X"}), [("年税額", _BAD)], "import-number"),
    (line(raw={"扶養親族数": b"1X"}), [("扶養親族数", _BAD)], "import-number"),
    (line("nobody"), [(None, _NOBODY), ("識別番号", _NOBODY)], "import-nobody"),
    (line(" a"), [(None, _NOBODY)], "import-nobody"),
    (line(raw={"識別番号": b""}), [(None, _NOBODY), ("識別番号", _BAD)], "import-nobody"),
]
_NAMES = [
    (None, _BAD),
    (None, _CODE),
    ("年税額", _BAD),
    ("年税額", _CODE),
    ("総所得額", _BAD),
    (None, _NOBODY),
    ("年税額", "NOT_FOUND"),
]


@pytest.mark.parametrize(("data", "permitted", "rule"), _FAULTY)
def test_a_faulty_line_is_not_taken_and_named_for_one_of_its_faults(
    data: bytes, permitted: list[tuple[str | None, str]], rule: str
) -> None:
    body = file([line(相当年度="2011"), data, line(年税額=1)])
    assert broken(imports, _import(body, total=3)) == [rule]
    for item, code in {*permitted, *_NAMES}:
        told = _import(body, (2, item, code), total=3)
        named = (item, code) in permitted or (code == _NOBODY and (None, _NOBODY) in permitted)
        assert broken(imports, told) == ([] if named else [f"{rule}-named"]), (item, code)


def test_several_faults_of_a_line_are_free() -> None:
    data = line("nobody", raw={"年税額": b"12X", "本人障害区分": b"\x85"})
    for item, code in (("年税額", _BAD), ("本人障害区分", _CODE), (None, _NOBODY)):
        assert broken(imports, _import(file([data]), (1, item, code), total=1)) == []


@pytest.mark.parametrize("data", [line(raw={"相当年度": b""}), line(raw={"年税額": b"12"})])
def test_an_open_line_may_be_taken_or_not(data: bytes) -> None:
    item = "相当年度" if data[20:24] == b"    " else "年税額"
    assert broken(imports, _import(file([data]), total=1)) == []
    assert broken(imports, _import(file([data]), (1, item, _BAD), total=1)) == []
    assert set(broken(imports, _import(file([data]), (1, item, "NOT_FOUND"), total=1))) == {
        "import-line-taken"
    }


@pytest.mark.parametrize("spoilt", [1, 2, 3, 4])
def test_every_other_line_is_taken(spoilt: int) -> None:
    good = [line(相当年度=str(year)) for year in (2010, 2011, 2012)]
    data = [*good[: spoilt - 1], b"short", *good[spoilt - 1 :]]
    assert broken(imports, _import(file(data), (spoilt, None, _BAD), total=4)) == []
    also = spoilt + 1 if spoilt < 4 else 3
    rows = sorted([(spoilt, None, _BAD), (also, None, _BAD)])
    assert set(broken(imports, _import(file(data), *rows, total=4))) == {"import-line-taken"}


_SPECIAL = [
    (line(information=LEVEL), "空白の欄"),
    (line(information=LEVEL, 利用者負担月額=-1), "負の数"),
    (line(information=LEVEL, 利用者負担月額=1234567890123), "13桁の数"),
    (line(information=LEVEL, raw={_OPINION: "髙".encode("cp932")}), "IBM拡張文字"),
    (line(information=LEVEL, raw={_OPINION: "①".encode("cp932")}), "NEC特殊文字"),
    (line(information=LEVEL, raw={_OPINION: "～".encode("cp932")}), "JISと違う文字"),
    (line(information=LEVEL, raw={_OPINION: " 　 a".encode("cp932")}), "先頭の空白"),
    (line(information=LEVEL, raw={_OPINION: "a 　 ".encode("cp932")}), "全角の空白で埋めた欄"),
]


@pytest.mark.parametrize(("data", "kind"), _SPECIAL)
def test_every_special_line_is_taken(data: bytes, kind: str) -> None:
    body = file([data], ended=False, information=LEVEL)
    told = _import(body, total=1)
    assert broken(imports, told) == []
    special = {"誤りのないファイル", "末尾の CRLF がない行", kind}
    assert {("import-line-taken", alternative) for alternative in special} <= occasions(imports, told)
    assert broken(imports, _import(body, (1, _OPINION, _CODE), total=1)) == ["import-line-taken"]


@pytest.mark.parametrize(("accepted", "found"), [(2, []), (1, ["import-adds-up"]), (3, ["import-adds-up"])])
def test_taken_and_reported_lines_add_up(accepted: int, found: list[str]) -> None:
    for ended in (True, False):
        told = _told()
        answer = {**reported((2, None, _BAD), total=3), "accepted": accepted}
        told.call("POST", "/v1/imports", file([line(), b"x", line()], ended=ended), answer=answer)
        assert broken(imports, told) == found


@pytest.mark.parametrize("rows", [[(2, None, _BAD), (1, None, _BAD)], [(1, None, _BAD), (3, None, _BAD)]])
def test_lines_are_in_order_and_of_the_file(rows: list[Row]) -> None:
    assert "import-lines-in-order" in broken(imports, _import(file([b"x", b"y"]), *rows, total=2))


def test_a_line_beyond_the_file_is_not_reported() -> None:
    assert "import-lines-in-order" in broken(imports, _import(file([line()]), (2, None, _BAD), total=2))


def test_an_empty_file_has_no_line_or_an_empty_one() -> None:
    body = {"information": TAX, "file": ""}
    assert broken(imports, _import(body, total=0)) == []
    assert broken(imports, _import(body, (1, None, _BAD), total=1)) == []
    assert broken(imports, _import(body, total=2)) == ["import-adds-up"]


def test_who_is_registered_meanwhile_may_be_unknown() -> None:
    for rows in ([], [(1, None, _NOBODY)]):
        told = _told()
        told.register("b", at=10, lasts=5)
        told.call("POST", "/v1/imports", file([line("b")]), answer=reported(*rows, total=1), at=12)
        assert broken(imports, told) == []
