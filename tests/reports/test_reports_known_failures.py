"""Known failures in a run: 既知 in place of 不合格, and entries that fail the run by themselves."""

import json
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema_rs import Draft202012Validator

from harness.catalogue.verdicts import Exit, Verdict
from harness.record.conclusion import assess
from harness.record.known_failures import parse
from harness.record.run import read_run
from reports.run import json_view, junit
from reports.run.known_failures_block import OWNER, known_failures_block
from reports.run.summary import summary
from tests.reports.journal_book import AT, FILE, Book

ONE, OTHER = "SIG-01", "LOG-02"
SCHEMA = Path(json_view.__file__).with_name("results.schema.json")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.open(tmp_path / "run")


def entry(**fields: str) -> dict[str, str]:
    return {
        "requirement": "",
        "scenario": "",
        "owner": "開発課",
        "reason": "x",
        "expires": "2013-01-01",
        **fields,
    }


def ran(book: Book, known: list[dict[str, str]], verdicts: dict[int, Verdict], **fields: Any) -> None:
    """A run of scenarios of one requirement, by line."""
    book.run({ONE: None}, known=known, **fields)
    for line, verdict in verdicts.items():
        book.checked(line, (ONE,), verdict, code="LEAK" if verdict == Verdict.FAIL else None)
    book.end()


@pytest.mark.parametrize(
    ("known", "verdicts", "state", "verdict"),
    [
        ({"requirement": ONE}, {1: Verdict.FAIL}, "有効", Verdict.KNOWN),
        ({"scenario": f"{FILE}:1"}, {1: Verdict.FAIL, 2: Verdict.PASS}, "有効", Verdict.KNOWN),
        ({"scenario": f"{FILE}:1"}, {1: Verdict.FAIL, 2: Verdict.FAIL}, "有効", Verdict.FAIL),
        ({"requirement": ONE}, {1: Verdict.INCONCLUSIVE}, "有効", Verdict.INCONCLUSIVE),
        ({"requirement": ONE}, {1: Verdict.PASS}, "合格", Verdict.PASS),
        ({"requirement": ONE, "expires": AT[:10]}, {1: Verdict.FAIL}, "期限切れ", Verdict.FAIL),
        ({"scenario": "no/such.feature:1"}, {1: Verdict.PASS}, "該当なし", Verdict.PASS),
        ({"requirement": OTHER}, {1: Verdict.PASS}, "未選択", Verdict.PASS),
    ],
)
def test_what_an_entry_does_and_what_becomes_of_it(
    book: Book, known: dict[str, str], verdicts: dict[int, Verdict], state: str, verdict: Verdict
) -> None:
    ran(book, [entry(**known)], verdicts)
    assessment = assess(read_run(book.folder))
    assert [str(k.state) for k in assessment.known_failures] == [state]
    assert [r.verdict for r in assessment.results] == [verdict]
    wrong = state in {"合格", "期限切れ", "該当なし"}
    assert bool(assessment.wrong_known_failures) == wrong
    assert not wrong or assessment.exit == Exit.DOES_NOT_CONFORM


@pytest.mark.parametrize(
    ("at", "state"), [("2012-07-31T14:59:59.999Z", "有効"), ("2012-07-31T15:00:00.000Z", "期限切れ")]
)
def test_an_entry_expires_when_its_day_begins_in_japan(book: Book, at: str, state: str) -> None:
    ran(book, [entry(requirement=ONE, expires="2012-08-01")], {1: Verdict.FAIL}, at=at)
    assert [str(k.state) for k in assess(read_run(book.folder)).known_failures] == [state]


def test_an_entry_about_what_is_not_declared_is_no_wrong_entry(book: Book) -> None:
    book.run({ONE: None, OTHER: "宣言しない"}, known=[entry(requirement=OTHER)])
    book.checked(1, (ONE,))
    book.end()
    assert [str(k.state) for k in assess(read_run(book.folder)).known_failures] == ["未選択"]


@pytest.mark.parametrize("left_out", [{"narrowed": True}, {"brief": True}, {"chosen": True}])
def test_a_scenario_that_was_left_out_by_choice_is_no_wrong_entry(
    book: Book, left_out: dict[str, bool]
) -> None:
    ran(book, [entry(scenario="no/such.feature:1")], {1: Verdict.PASS}, **left_out)
    assert [str(k.state) for k in assess(read_run(book.folder)).known_failures] == ["未選択"]


def test_a_known_failure_is_never_conformance(book: Book) -> None:
    ran(book, [entry(requirement=ONE)], {1: Verdict.FAIL})
    assessment = assess(read_run(book.folder))
    assert (assessment.exit, assessment.heading) == (Exit.DOES_NOT_CONFORM, "不適合")
    text = "\n".join(line.plain for line in summary(read_run(book.folder)))
    assert "新しい不合格はない。既知の不合格は、適合とは数えない。" in text


def test_every_view_shows_a_wrong_entry(book: Book) -> None:
    ran(book, [entry(requirement=ONE, owner="\x1b[31m課")], {1: Verdict.PASS})
    run = read_run(book.folder)
    document = json.loads(json_view.results(run))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    assert [k["state"] for k in document["known"]] == ["合格"]
    failures = [f.get("type") for f in ET.fromstring(junit.junit(run)).iter("failure")]  # noqa: S314
    assert failures == ["KNOWN_PASSES"]
    text = "\n".join(line.plain for line in summary(run))
    assert "合格するようになった。除く。" in text
    assert "\x1b" not in text


def test_the_suggested_block_is_what_the_file_takes(book: Book) -> None:
    ran(book, [], {1: Verdict.FAIL, 2: Verdict.FAIL})
    (whole,) = parse(known_failures_block(read_run(book.folder)), "block")
    assert (whole.requirement, whole.owner) == (ONE, OWNER)
    assert (str(whole.expires), whole.reason[:4]) == ("2012-10-30", "LEAK")


def test_a_requirement_that_failed_in_part_is_suggested_by_scenario(book: Book) -> None:
    ran(book, [], {1: Verdict.FAIL, 2: Verdict.PASS})
    (one,) = tomllib.loads(known_failures_block(read_run(book.folder)))["known"]
    assert one["scenario"] == f"{FILE}:1"


def test_nothing_failed_nothing_suggested(book: Book) -> None:
    ran(book, [], {1: Verdict.PASS})
    assert known_failures_block(read_run(book.folder)) == "# 新しい不合格はない。\n"
