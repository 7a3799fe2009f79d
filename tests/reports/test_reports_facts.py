"""Every page says of whom it tells: organisation, day, suite."""

from pathlib import Path

import pytest

from harness.catalogue.verdicts import Verdict
from harness.record.entries import meta
from harness.record.run import read_run
from harness.record.trace import trace
from reports import facts
from reports.run.html_report import html_reports
from reports.trace.html import trace_html
from tests.reports.journal_book import Book


@pytest.mark.parametrize(("at", "said"), [(0, "1970-01-01 09:00 JST"), (None, "-"), (10**30, "-")])
def test_the_day_of_a_run(at: int | None, said: str) -> None:
    assert facts.moment(at) == said


def test_an_organisation_is_shown_by_its_name() -> None:
    told = meta({"organisation": "221007", "versions": {"renkei": "0.1.0"}, "at": 0})
    assert facts.organisation(told) == "静岡市 221007"
    assert facts.suite(told) == "0.1.0"


def test_every_page_names_organisation_day_and_suite(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",), Verdict.PASS)
    book.end()
    run = read_run(book.folder)
    pages = [*html_reports(run).values(), trace_html(run, trace(run, None))]
    for page in pages:
        for told in (facts.organisation(run.meta), facts.day(run.meta), facts.suite(run.meta)):
            assert told in page.decode()
            assert told not in {"", "-"}
