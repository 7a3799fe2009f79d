"""Views for readers that know nothing of ours: CTRF, and the badge."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from harness.catalogue.verdicts import Verdict
from harness.languages.choice import speaking
from harness.record.run import read_run
from reports.run.badge import badge
from reports.run.ctrf import ctrf
from tests.reports.journal_book import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.open(tmp_path / "run")


def test_every_check_is_a_test_with_the_status_that_ctrf_knows(book: Book) -> None:
    book.run({"SIG-01": None, "AUTH-02": None, "LOG-01": None})
    book.checked(10, ("SIG-01",), Verdict.FAIL, code="NOT_REFUSED", observed="処理状況は応答済")
    book.checked(20, ("AUTH-02",), Verdict.INCONCLUSIVE, code="NETWORK_FAILED")
    book.checked(30, ("LOG-01",))
    book.checked(40, ("LOG-01",), Verdict.NOT_APPLICABLE)
    book.end()
    document: dict[str, Any] = json.loads(ctrf(read_run(book.folder), speaking("en")))
    assert (document["reportFormat"], document["specVersion"]) == ("CTRF", "0.0.0")
    results = document["results"]
    counts = {name: results["summary"][name] for name in ("passed", "failed", "pending", "skipped", "other")}
    assert counts == {"passed": 1, "failed": 1, "pending": 0, "skipped": 1, "other": 1}
    assert results["summary"]["tests"] == sum(counts.values())
    assert results["summary"]["stop"] >= results["summary"]["start"]
    first = results["tests"][0]
    assert first["tags"] == ["SIG-01"]
    assert "Observed: the status is 応答済" in first["message"]
    assert all({"name", "status", "duration"} <= test.keys() for test in results["tests"])


@pytest.mark.parametrize(
    ("verdict", "said", "colour"),
    [
        (Verdict.PASS, "適合", "#14612f"),
        (Verdict.FAIL, "不適合", "#a3161f"),
        (Verdict.INCONCLUSIVE, "判定不能", "#7a5200"),
    ],
)
def test_the_badge_says_verdict_day_and_version(verdict: Verdict, said: str, colour: str, book: Book) -> None:
    book.run({"SIG-01": None}, at="2026-09-21T00:00:00.000Z", versions={"renkei": "0.1.0<"})
    book.checked(10, ("SIG-01",), verdict, code="NOT_REFUSED")
    book.end()
    picture = badge(read_run(book.folder))
    root = ET.fromstring(picture)  # noqa: S314  # our own
    (title,) = root.findall("{http://www.w3.org/2000/svg}title")
    told = str(title.text)
    assert told.startswith(f"renkei 0.1.0<: {said}")
    assert told.endswith("2026-09-21")
    assert colour in picture.decode()
