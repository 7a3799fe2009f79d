"""The kill matrix: what counts as a conviction, what the whole comes to, and files that hold whatever was said."""

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from harness.catalogue.verdicts import Exit, Verdict
from harness.record.matrix import (
    CLEAN,
    Conviction,
    Defect,
    Matrix,
    MatrixOrder,
    Ran,
    Row,
    control_of,
    matrix_of,
    row_of,
)
from reports.matrix.html import matrix_html
from reports.matrix.json_view import matrix_json
from reports.matrix.summary import exceptions, summary

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reports" / "matrix" / "matrix.schema.json").read_text(encoding="utf-8")
)
REPLAY = Defect("accepts-replay", "NET-02", "同じ電文を何度でも受け付ける")
HOSTILE = Defect(
    "</style><script>alert(1)</script>", "NET-02", '"><img src=x onerror=alert(2)>\x1b[31m{{ 7 * 7 }}'
)
EXIT = {True: 0, False: 1}


def results(codes: Mapping[str, tuple[str, ...]], complete: bool = True) -> dict[str, Any]:
    """results.json of a run in which each requirement had one scenario a code; "" is a scenario that passed."""
    scenarios = [
        {"id": f"{id_}:{number}", "code": code or None}
        for id_, found in codes.items()
        for number, code in enumerate(found)
    ]
    requirements = [
        {
            "id": id_,
            "verdict": (Verdict.FAIL if any(found) else Verdict.PASS).value,
            "code": None,
            "deciding": [f"{id_}:{n}" for n, code in enumerate(found) if code or not any(found)],
        }
        for id_, found in codes.items()
    ]
    return {"complete": complete, "requirements": requirements, "scenarios": scenarios}


def ran(**codes: tuple[str, ...]) -> Ran:
    """A run; requirement ids are written with an underscore here."""
    found = {id_.replace("_", "-"): given for id_, given in codes.items()}
    return Ran(EXIT[not any(map(any, found.values()))], 1.0, results(found))


def whole(*rows: Row, clean: Ran | None = None, empty: Ran | None = None) -> Matrix:
    """A matrix of these rows, with one clean and one empty gateway."""
    controls = (
        control_of(CLEAN, clean or ran(NET_01=("",), NET_02=("",))),
        control_of("null", empty or ran(NET_01=("NO_ANSWER",), NET_02=("NO_ANSWER",))),
    )
    return matrix_of(MatrixOrder(len(rows), 2, seed=7), rows, controls, 12.3)


def convicted(by: int = 1) -> Row:
    """A defect convicted by its own requirement and others."""
    others = {f"X_{number}": ("NOT_REFUSED",) for number in range(by - 1)}
    return row_of(REPLAY, ran(NET_02=("NOT_REFUSED",), **others))


def test_a_finding_of_its_own_convicts() -> None:
    row = row_of(REPLAY, ran(NET_01=("", ""), NET_02=("", "NOT_REFUSED", "PREREQUISITE")))
    assert row.convicting == (Conviction("NET-02", ("NOT_REFUSED",)),)
    assert (row.own_convicts, row.failed_in_passing, row.as_expected) == (True, (), True)


def test_another_requirement_convicts_and_the_own_one_does_not() -> None:
    row = row_of(REPLAY, ran(NET_01=("NOT_REFUSED",), NET_02=("",)))
    assert [c.requirement for c in row.convicting] == ["NET-01"]
    assert (row.own_convicts, row.as_expected) == (False, False)
    assert whole(row).exit == Exit.DOES_NOT_CONFORM


@pytest.mark.parametrize("code", ["PREREQUISITE", "PAIRED_POSITIVE_FAILED"])
def test_a_scenario_that_stumbled_on_its_way_convicts_nobody(code: str) -> None:
    row = row_of(REPLAY, ran(NET_01=(code,), NET_02=("NOT_REFUSED",)))
    assert [c.requirement for c in row.convicting] == ["NET-02"]
    assert row.failed_in_passing == ("NET-01",)


def test_the_own_requirement_may_fail_by_any_code() -> None:
    row = row_of(REPLAY, ran(NET_02=("PREREQUISITE",)))
    assert (row.own_convicts, row.convicting, row.failed_in_passing) == (True, (), ("NET-02",))


def test_a_requirement_that_was_never_tested_fails_in_passing() -> None:
    document = results({})
    document["requirements"] = [{"id": "NET-02", "verdict": "不合格", "code": "PREREQUISITE", "deciding": []}]
    assert row_of(REPLAY, Ran(1, 1.0, document)).failed_in_passing == ("NET-02",)


def test_what_everything_comes_to() -> None:
    good = whole(convicted(), convicted(3))
    assert (good.exit, good.own_convicted, good.precise_share) == (Exit.CONFORMS, 2, 1.0)
    assert [e.title for e in exceptions(good)] == ["どの欠陥も不合格にしていない要件（参考）"]


@pytest.mark.parametrize(("imprecise", "code"), [(1, Exit.CONFORMS), (2, Exit.DOES_NOT_CONFORM)])
def test_one_defect_in_ten_may_be_convicted_by_many(imprecise: int, code: Exit) -> None:
    rows = [convicted(4)] * imprecise + [convicted()] * (10 - imprecise)
    found = whole(*rows)
    assert (found.exit, found.precise_share) == (code, 1 - imprecise / 10)
    assert "4要件" in exceptions(found)[0].lines[0]


def test_the_clean_gateway_passes_everything_and_an_empty_one_nothing() -> None:
    assert whole(convicted(), clean=ran(NET_01=("",), NET_02=("NO_ANSWER",))).exit == Exit.DOES_NOT_CONFORM
    assert whole(convicted(), empty=ran(NET_01=("",), NET_02=("NO_ANSWER",))).exit == Exit.DOES_NOT_CONFORM
    assert whole(convicted(), clean=Ran(0, 1.0, results({}))).exit == Exit.DOES_NOT_CONFORM


@pytest.mark.parametrize(
    "broken",
    [
        Ran(2, 1.0, None, "欠陥 x はない"),
        Ran(3, 1.0, results({"NET-02": ("NOT_REFUSED",)})),
        Ran(1, 1.0, results({"NET-02": ("NOT_REFUSED",), "NET-01": ("BENCH_ERROR",)})),
        Ran(1, 1.0, results({"NET-02": ("NOT_REFUSED",)}, complete=False)),
    ],
    ids=["no results", "bench error", "bench error within", "cut off"],
)
def test_a_run_that_cannot_be_evaluated_is_named(broken: Ran) -> None:
    found = whole(convicted(), row_of(REPLAY, broken))
    assert (found.exit, found.own_convicted) == (Exit.BENCH_ERROR, 1)
    first = exceptions(found)[0]
    assert first.title == "評価できない実行"
    assert "accepts-replay" in first.lines[0]
    assert broken.said in first.lines[0]


def test_what_was_interrupted_is_incomplete() -> None:
    found = matrix_of(MatrixOrder(2, 2, seed=7), [convicted()], [], 1.0)
    assert (found.complete, found.exit) == (False, Exit.INCONCLUSIVE)
    assert "中断された" in matrix_html(found).decode()
    assert json.loads(matrix_json(found))["complete"] is False


def test_rows_and_columns_are_in_the_order_of_the_catalogue() -> None:
    late = row_of(Defect("a", "JF-01", ""), ran(JF_01=("NOT_REFUSED",), X_9=("NOT_REFUSED",)))
    found = whole(late, convicted())
    assert found.columns == ("NET-01", "NET-02", "JF-01", "X-9")
    assert [r.defect.name for r in found.rows] == ["accepts-replay", "a"]


@pytest.fixture
def hostile() -> Matrix:
    """Texts that would act if they could, one row of every kind."""
    return whole(
        row_of(HOSTILE, ran(NET_02=("<b>",))),
        row_of(HOSTILE, ran(NET_01=("PREREQUISITE",), **{"<i>": ("NOT_REFUSED",)})),
        row_of(HOSTILE, Ran(3, 1.0, None, "<script>\x1b[2J")),
    )


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more."""
        self.found.append((tag, dict(attrs)))


def test_the_page_is_one_file_and_nothing_in_it_acts(hostile: Matrix) -> None:
    page = matrix_html(hostile).decode()
    tags = Tags()
    tags.feed(page)
    assert {tag for tag, _ in tags.found} & {"script", "img", "link", "iframe", "i", "b"} == set()
    assert not [a for _, given in tags.found for a in given if a.startswith("on") or a == "src"]
    elsewhere = {link for _, given in tags.found if (link := given.get("href")) and not link.startswith("#")}
    assert elsewhere == {"matrix.en.html"}
    assert "url(" not in page
    assert "\x1b" not in page
    assert "{{ 7 * 7 }}" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_table_can_be_heard(hostile: Matrix) -> None:
    tags = Tags()
    tags.feed(matrix_html(hostile).decode())
    assert all("scope" in given for tag, given in tags.found if tag == "th")
    assert sum(tag == "caption" for tag, _ in tags.found) == 2
    signs = [given["aria-label"] or "" for _, given in tags.found if given.get("role") == "img"]
    assert sorted(sign.split("（")[0] for sign in signs) == [
        "<i> 不合格",
        "NET-01 前提が成り立たず不合格",
        "自らの要件 NET-02 が不合格にならない",
        "自らの要件 NET-02 不合格",
    ]


def test_json_meets_its_schema(hostile: Matrix) -> None:
    for found in (
        hostile,
        whole(convicted(4)),
        matrix_of(MatrixOrder(9, 3, 1, "2/7", narrowed=True), [], [], 0.0),
    ):
        Draft202012Validator(SCHEMA).validate(json.loads(matrix_json(found)))
    assert json.loads(matrix_json(whole(convicted())))["defects"][0]["convicting"] == [
        {"id": "NET-02", "codes": ["NOT_REFUSED"]}
    ]


def test_the_summary_cannot_control_a_terminal(hostile: Matrix) -> None:
    text = "\n".join(summary(hostile))
    assert "\x1b" not in text
    assert text.startswith("欠陥と要件の対応: 評価できない実行がある")
