"""Fixed-width files: judge `imports`."""

from collections.abc import Mapping, Sequence

import pytest

from harness.model.judges.imports import imports
from tests.model.bodies import LEVEL, TAX, file, line, reported
from tests.model.histories import Told, broken, occasions

_BAD, _CODE, _NOBODY = "LINE_MALFORMED", "CHARACTER_UNMAPPABLE", "SUBJECT_UNKNOWN"
_OPINION = "主治医の意見"
Row = tuple[int, str | None, str]


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
    rule = "import-characters" if "文字" in kind else "import-line-taken"
    whole = {("import-line-taken", "誤りのないファイル"), ("import-line-taken", "末尾の CRLF がない行")}
    assert whole | {(rule, kind)} <= occasions(imports, told)
    assert broken(imports, _import(body, (1, _OPINION, _CODE), total=1)) == ["import-characters"]
    assert broken(imports, _import(body, (1, _OPINION, _BAD), total=1)) == ["import-line-taken"]


def test_lines_that_are_counted_wrong_are_one_breach() -> None:
    data = [b"short", line(), line("nobody"), line(相当年度="2011")]
    assert broken(imports, _import(file(data), (2, None, _BAD), (4, None, _NOBODY), total=4)) == [
        "import-lines-in-order"
    ]


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
