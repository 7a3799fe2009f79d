"""What exploration found stands in the report with all that is needed to have it again, and in results.json; masked where it leaves the
run folder."""

import json
from pathlib import Path

import jsonschema_rs

from harness.certificate.redaction import masks_of, must_be_masked, redacted
from harness.contract.journal import FILE_NAME, Entry
from harness.record.run import run_of
from reports.run.html_report import FILE_NAMES
from reports.run.views import write_views
from tests.reports.journal_book import Book

SCHEMA = json.loads(Path("reports/run/results.schema.json").read_text(encoding="utf-8"))
NAME, LOCAL = "比嘉 さくら子", "R4711-08-15"
FOUND = {
    "name": "01-STO-18",
    "requirement": "STO-18",
    "code": "UNEXPECTED_STATUS",
    "observed": "古い版が <b>採られた</b>",
    "expected": "409 VERSION_STALE",
    "where": "南側の PUT",
    "seed": 7,
    "again": 4,
    "times": 5,
    "steps": 1,
    "story": [[{"op": "情報登録"}]],
    "feature": "# language: ja\n機能: 探索が見つけた失敗\n",
    "script": f'#!/bin/sh\ncall 1 200 PUT /v1/subjects/"${{LOCAL_1}}" \'{{"name": "{NAME}"}}\'\n',
    "returned": False,
}


def book(folder: Path) -> Book:
    """A run that found one."""
    opened = Book.open(folder)
    opened.run({"STO-18": None}, options={})
    opened.write(Entry.PEOPLE, scenario="s", people={"r1": {"氏名": NAME, "識別番号": LOCAL}})
    opened.checked(1, ("STO-18",))
    opened.write(Entry.FOUND, **FOUND)
    opened.end()
    return opened


def test_the_page_shows_all_three_and_how_often_it_came_again(tmp_path: Path) -> None:
    write_views(book(tmp_path).folder)
    for name, again in zip(FILE_NAMES.values(), ("毎回ではない", "not every time"), strict=True):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert "4/5" in page
        assert again in page
        assert [suffix for suffix in (".feature", ".json", ".sh") if f"01-STO-18{suffix}" not in page] == []
        assert "${LOCAL_1}" in page
        assert "<b>採られた" not in page, "what a gateway said is no markup"


def test_results_hold_them_whole(tmp_path: Path) -> None:
    write_views(book(tmp_path).folder)
    document = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    jsonschema_rs.validate(SCHEMA, document)
    (found,) = document["explored"]
    assert json.loads(found["texts"][".json"])["story"] == FOUND["story"]
    assert (found["again"], found["times"], found["steps"]) == (4, 5, 1)


def test_in_a_bundle_nobody_is_named_and_it_can_still_be_replayed(tmp_path: Path) -> None:
    journal = book(tmp_path).path
    masks = masks_of(journal)
    content = redacted(journal, masks)
    must_be_masked("journal.jsonl", content, masks)
    (found,) = run_of(content.splitlines(keepends=True)).found
    assert NAME not in found.texts[".sh"]
    assert "採られた" not in found.texts[".sh"], "what a gateway says may name anybody"
    assert "${LOCAL_1}" in found.texts[".sh"]
    assert (found.story, found.seed) == (FOUND["story"], 7)


def test_a_record_that_says_nothing_of_what_was_found_is_read(tmp_path: Path) -> None:
    opened = Book.open(tmp_path)
    opened.run({"STO-18": None})
    opened.write(Entry.FOUND, again=True, seed="x", script=None)
    opened.end()
    write_views(tmp_path)
    (found,) = run_of((tmp_path / FILE_NAME).read_bytes().splitlines(keepends=True)).found
    assert (found.again, found.seed, found.script) == (0, 0, "")
