"""The page shows how sure the suite is, where a kill matrix is given, and says when it is another suite's."""

from pathlib import Path
from typing import Any

import pytest

from harness.record.run import read_run
from reports.run.html_report import html_reports
from tests.reports.journal_book import Book

SUITE = "a" * 64


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A run of that suite."""
    made = Book.open(tmp_path)
    made.run(suite=SUITE)
    made.everything_passes()
    made.end()
    return made


def matrix(**said: Any) -> dict[str, Any]:
    """A kill matrix in short."""
    row = {
        "id": "SIG-01",
        "ja": "署名のない電文を受け付けない",
        "en": "Unsigned is refused",
        "convicts": ["skips-<b>"],
    }
    summary = {"evaluated": 171, "own_convicted": 171}
    return {
        "suite": SUITE,
        "exit_code": 0,
        "complete": True,
        "summary": summary,
        "requirements": [row],
        **said,
    }


def page(book: Book, document: dict[str, Any] | None, language: str = "report.html") -> str:
    """The page as text."""
    return html_reports(read_run(book.folder), document)[language].decode()


def test_without_a_matrix_the_page_does_not_speak_of_one(book: Book) -> None:
    assert 'id="proof"' not in page(book, None)


def test_defects_stand_beside_the_requirement_that_convicted_them(book: Book) -> None:
    shown = page(book, matrix())
    assert "171/171" in shown
    assert "<code>skips-&lt;b&gt;</code>" in shown
    assert "違う版" not in shown
    assert "Unsigned is refused" in page(book, matrix(), "report.en.html")


def test_a_matrix_of_another_suite_says_so(book: Book) -> None:
    assert "違う版" in page(book, matrix(suite="b" * 64))


@pytest.mark.parametrize(
    "document", [{}, {"requirements": [1], "summary": 2}, {"exit_code": 0, "complete": "yes"}]
)
def test_a_broken_matrix_proves_nothing(book: Book, document: dict[str, Any]) -> None:
    assert '0/0　<span class="fail">' in page(book, document)
