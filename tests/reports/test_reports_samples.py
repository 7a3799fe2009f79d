"""What a run went through in part is named in every view, and so are kinds of exchange of which there were few."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from harness.catalogue.verdicts import Verdict
from harness.contract.journal import Entry
from harness.contract.law import versions
from harness.contract.law.regimes import regime
from harness.languages.choice import ENGLISH, speaking
from harness.languages.writing import is_japanese
from harness.model.kinds import ENOUGH, contract_kinds
from harness.record.run import read_run
from harness.record.values import Run
from harness.stimuli.samples import samples
from reports.run.html_report import html_reports
from reports.run.json_view import results
from reports.run.sample_words import few_rows
from reports.run.summary import summary
from tests.reports.journal_book import Book
from tests.reports.test_reports_blame import SCHEMA

RARE = "北側 受信 受領"
DECLARES = {"roles": ["応答側", "連絡"], "handling": ["自動", "手動"]}


def run_of(place: Path, *, thorough: bool) -> Run:
    """One with enough of everything but for receipts, and for what is not declared."""
    book = Book.open(place / "run")
    book.run({"SIG-01": None}, declares=DECLARES, options={"thorough": thorough})
    book.checked(1, ("SIG-01",), Verdict.PASS)
    counts = {**dict.fromkeys(contract_kinds(), ENOUGH), RARE: 12, "北側 送信 照会依頼": 0}
    book.write(Entry.OCCASIONS, rules={}, kinds=counts, violations=[], consequences=[])
    book.end()
    return read_run(book.folder)


@pytest.mark.parametrize(("thorough", "why"), [(False, ""), (True, "どの表も探索も、これより増やさなかった")])
def test_results_name_them(tmp_path: Path, thorough: bool, why: str) -> None:
    document: dict[str, Any] = json.loads(results(run_of(tmp_path, thorough=thorough)))
    jsonschema_rs.validate(SCHEMA, document)
    judge = document["judge"]
    assert judge["thorough"] is thorough
    assert judge["few"] == [
        {"kind": "北側 送信 照会依頼", "exchanges": 0, "reason": "実装適合宣言に roles 照会側 がない"},
        {"kind": RARE, "exchanges": 12, "reason": why},
    ]
    assert judge["samples"] == [sample.text("ja", thorough=thorough) for sample in samples()]


@pytest.mark.parametrize("thorough", [False, True])
def test_pages_name_them_in_their_language(tmp_path: Path, thorough: bool) -> None:
    pages = html_reports(run_of(tmp_path, thorough=thorough))
    for language, name in (("ja", "report.html"), ("en", "report.en.html")):
        page = pages[name].decode()
        assert all(sample.text(language, thorough=thorough) in page for sample in samples())
        assert not any(sample.text(language, thorough=not thorough) in page for sample in samples())
        assert speaking(language)(RARE) in page


@pytest.mark.parametrize("thorough", [False, True])
def test_pages_say_how_many_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    """By the number that decides it; in English, kinds as in the table above them."""
    monkeypatch.setattr("reports.run.sample_words.ENOUGH", 4711)
    pages = html_reports(run_of(tmp_path, thorough=thorough))
    for page in (page.decode() for page in pages.values()):
        assert page.count("4711") == 2
    assert page.count("north face sent 照会依頼") == 2


@pytest.mark.parametrize("version", versions())
def test_what_has_to_be_known_of_a_table_is_told_in_english(tmp_path: Path, version: str) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None}, law=[version])
    book.end()
    page = html_reports(read_run(book.folder))["report.en.html"].decode()
    state = regime(version).state
    assert not state or state not in page
    assert not is_japanese(speaking(ENGLISH)(state).replace("別表第二", ""))


def test_every_kind_of_exchange_has_its_english() -> None:
    told = {speaking(ENGLISH)(kind) for kind in contract_kinds()}
    assert len(told) == len(contract_kinds())
    assert all(re.match("(?:south|north) face", one) and "More" not in one for one in told)


@pytest.mark.parametrize(
    ("thorough", "why"), [(False, ""), (True, "no table and no order brought more of them")]
)
def test_why_there_were_few_is_told_as_everything_else(tmp_path: Path, thorough: bool, why: str) -> None:
    assert few_rows(run_of(tmp_path, thorough=thorough), speaking(ENGLISH)) == (
        ("北側 送信 照会依頼", 0, "The statement does not declare roles 照会側"),
        (RARE, 12, why),
    )


def test_the_summary_says_which_option_makes_more(tmp_path: Path) -> None:
    said = "".join(line.plain.strip() for line in summary(run_of(tmp_path / "a", thorough=False)))
    assert "300回に満たないもの 1。" in said
    assert "--thorough" in said
    assert "--thorough" not in "".join(
        line.plain.strip() for line in summary(run_of(tmp_path / "b", thorough=True))
    )


def test_no_two_samples_are_told_alike() -> None:
    told = [text for one in samples() for text in (one.ja, one.en, one.thorough_ja, one.thorough_en)]
    assert len(set(told)) == len(told)
