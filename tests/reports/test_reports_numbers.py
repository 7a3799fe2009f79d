"""Numbers that are no JSON, or beyond all bounds, in what a gateway said: every view is valid all the same."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree as ET

import pytest

from harness.catalogue.verdicts import Verdict
from harness.record.run import read_run
from reports.run.views import write_views
from tests.reports.journal_book import Book

SAID = ("NaN", "Infinity", "-Infinity", "1e400", "-1e999999", r'"\ud800"', r'"\u0000"', "1" * 400)


def strictly(document: str) -> Any:
    """JSON as RFC 8259 has it. Raises ValueError."""

    def refuse(said: str) -> NoReturn:
        raise ValueError(said)

    return json.loads(document, parse_constant=refuse, parse_float=strict_float)


def strict_float(said: str) -> float:
    """Raises ValueError for one that no double holds."""
    value = float(said)
    if value in (float("inf"), float("-inf")):
        raise ValueError(said)
    return value


def documents(folder: Path) -> Iterator[str]:
    """Every JSON document of the views."""
    for path in (folder / "results.json", folder / "results.sarif", *(folder / "allure-results").iterdir()):
        yield path.read_text(encoding="utf-8")
    for name in ("report.html", "report.en.html"):
        page = (folder / name).read_text(encoding="utf-8")
        found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
        assert found
        yield from found


@pytest.mark.parametrize("said", SAID)
def test_every_view_is_valid_whatever_a_gateway_answers(said: str, tmp_path: Path) -> None:
    book = Book.open(tmp_path)
    book.run({"SIG-01": None})
    id_ = book.scenario(1, ("SIG-01",))
    book.south(id_, response="ANSWER", correlation_id="c")
    book.north(header={"correlation_id": "c"}, content="ANSWER")
    book.check(id_, ("SIG-01",), Verdict.FAIL, observed="ANSWER", seconds="ANSWER")
    book.end()
    book.path.write_bytes(book.path.read_bytes().replace(b'"ANSWER"', said.encode()))
    write_views(tmp_path)
    assert read_run(tmp_path).damaged == 0
    for document in documents(tmp_path):
        strictly(document)
    case = ET.parse(tmp_path / "junit.xml").find(".//testcase/failure")  # noqa: S314  # our own file
    assert case is not None
