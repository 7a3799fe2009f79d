"""results.sarif: what a code host shows beside the scenarios."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from harness.catalogue.features import FEATURE_FOLDER
from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Verdict
from harness.record.run import read_run
from reports.run.sarif import sarif
from tests.reports.journal_book import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A journal to be filled."""
    return Book.open(tmp_path)


def document(book: Book) -> dict[str, Any]:
    """The one run of the document."""
    found: dict[str, Any] = json.loads(sarif(read_run(book.folder)))
    assert found["version"] == "2.1.0"
    run: dict[str, Any] = found["runs"][0]
    return run


def test_a_failure_points_to_its_scenario_and_says_what_to_do(book: Book) -> None:
    book.run()
    book.checked(10, ("AUTH-01",))
    book.checked(20, ("AUTH-02", "SIG-01"), Verdict.FAIL, code="NOT_REFUSED", observed="200 <b>")
    book.end()
    run = document(book)
    found = [(r["ruleId"], r["level"]) for r in run["results"][:2]]
    assert found == [("AUTH-02", "error"), ("SIG-01", "error")]
    (place,) = run["results"][0]["locations"]
    assert place["logicalLocations"][0]["fullyQualifiedName"].startswith("features/")
    assert "physicalLocation" not in place  # the scenario does not lie where the gateway does
    assert "観測: 200 <b>" in run["results"][0]["message"]["text"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {r["ruleId"] for r in run["results"]}


def test_what_was_not_tested_is_shown_where_it_would_have_been(book: Book) -> None:
    """A run that was cut off: everything but one is untested."""
    book.run()
    book.checked(10, ("AUTH-01",))
    results = document(book)["results"]
    assert {r["ruleId"] for r in results} == requirements().keys() - {"AUTH-01"}
    for result in results:
        name, _, line = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].rpartition(":")
        file = FEATURE_FOLDER.parent / name
        shown = file.read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert shown.strip().startswith(("シナリオ", "シナリオアウトライン"))


def test_what_is_not_met_is_shown_at_the_statement_of_the_vendor(book: Book) -> None:
    book.run({"AUTH-01": None}, options={"statement_file": "/home/vendor/gateway/宣言.toml"})
    book.checked(10, ("AUTH-01",), Verdict.FAIL, code="NOT_REFUSED")
    book.end()
    (place,) = document(book)["results"][0]["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert (unquote(uri), place["physicalLocation"]["region"]) == ("宣言.toml", {"startLine": 1})


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("conf/宣言.toml", "conf/宣言.toml"),
        ("a b/c:d#1.toml", "a b/c:d#1.toml"),
        ("/home/vendor/gateway/宣言.toml", "宣言.toml"),
        ("conf/../../宣言.toml", "宣言.toml"),
        ("", "宣言.toml"),
    ],
)
def test_a_statement_is_shown_where_it_lies_below_the_working_directory(
    book: Book, place: str, shown: str
) -> None:
    """Whatever a record says of it, no place outside is named."""
    asked = {"statement_file": "/home/vendor/gateway/宣言.toml", "statement_place": place}
    book.run({"AUTH-01": None}, options=asked)
    book.checked(10, ("AUTH-01",), Verdict.FAIL, code="NOT_REFUSED")
    book.end()
    (found,) = document(book)["results"][0]["locations"]
    uri = found["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == shown
    assert not set(uri) & set(": #")  # a reference to a file, and neither a scheme nor a fragment


def test_what_no_scenario_can_check_has_no_place(book: Book) -> None:
    book.run({"AUTH-01": None, "XX-99": None})
    book.checked(10, ("AUTH-01",))
    book.end()
    assert [(r["ruleId"], r["locations"]) for r in document(book)["results"]] == [("XX-99", [])]


def test_known_and_unclear_are_no_errors(book: Book) -> None:
    book.run({"AUTH-01": None, "AUTH-02": None})
    book.checked(10, ("AUTH-01",), Verdict.KNOWN, code="NOT_REFUSED")
    book.checked(20, ("AUTH-02",), Verdict.INCONCLUSIVE, code="NETWORK_FAILED")
    book.end()
    assert {r["level"] for r in document(book)["results"]} == {"note", "warning"}
