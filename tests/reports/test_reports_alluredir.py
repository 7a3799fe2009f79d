"""What stands in --alluredir once the record is at its end: allure-pytest's uuids, and the verdicts of the record."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.verdicts import Verdict
from harness.contract.journal import WHOLE_RECORD
from harness.languages.choice import LANGUAGES, in_japanese, speaking
from harness.plugin.alluredir import SCENARIO_LABEL, settle
from harness.record.run import read_run
from reports.run.allure import allure
from tests.reports.journal_book import Book

UUID = "1b4f5c9e-0d0b-4b7e-9a53-6a6f0f7a6b10"
OURS = {"name": SCENARIO_LABEL, "value": "x"}
EARLIER = "2b4f5c9e-0d0b-4b7e-9a53-6a6f0f7a6b10"


def book_of(folder: Path) -> Book:
    """A scenario that passed as pytest saw it, and was convicted by what the record says; the whole record beside it."""
    book = Book.open(folder / "run")
    book.run({"STO-01": None})
    book.checked(10, ("STO-01",), Verdict.FAIL)
    book.scenario(20, ("STO-01",), id_=f"{WHOLE_RECORD}:STO-01")
    book.end(exit_code=1)
    return book


def written(folder: Path, name: str, uuid: str, start: int, scenario: str | None) -> Path:
    """A result as allure-pytest writes one."""
    labels = [{"name": SCENARIO_LABEL, "value": scenario}] if scenario else []
    path = folder / f"{name}-result.json"
    path.write_text(json.dumps({"uuid": uuid, "start": start, "status": "passed", "labels": labels}))
    return path


def results(folder: Path) -> dict[str, Any]:
    loaded = [json.loads(path.read_bytes()) for path in folder.glob("*-result.json")]
    return {result["uuid"]: result for result in loaded}


def test_the_record_speaks_under_the_uuid_that_allure_pytest_gave(tmp_path: Path) -> None:
    run = read_run(book_of(tmp_path).folder)
    folder = tmp_path / "allure"
    folder.mkdir()
    began, scenario = run.meta.at or 0, run.scenarios[0].scenario.id
    replaced = written(folder, "a", UUID, began, scenario)
    kept = [
        written(folder, "b", EARLIER, began - 1, scenario),  # of another run
        written(folder, "c", "c", began, None),  # of a test that is no scenario
        folder / "d-result.json",
    ]
    kept[2].write_text("[]")
    before = [path.read_bytes() for path in kept]
    settle(folder, run, in_japanese)
    assert not replaced.exists()
    assert [path.read_bytes() for path in kept] == before
    kept[2].unlink()
    found = results(folder)
    assert (found[UUID]["status"], found[UUID]["name"]) == ("failed", "シナリオ10")
    assert (folder / found[UUID]["attachments"][0]["source"]).exists()
    assert len(found) == 4  # with what the whole record shows


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_anything_of_allure_pytest_it_is_the_view(tmp_path: Path, language: str) -> None:
    run, tell = read_run(book_of(tmp_path).folder), speaking(language)
    settle(tmp_path / "new" / "allure", run, tell)
    settle(tmp_path / "new" / "allure", run, tell)
    assert {path.name: path.read_bytes() for path in (tmp_path / "new" / "allure").iterdir()} == dict(
        allure(run, tell)
    )


@pytest.mark.parametrize(
    "left",
    [
        {"labels": None},
        {"labels": "x"},
        {"labels": [None, {"value": "x"}]},
        {"labels": [OURS], "uuid": "none"},
        {"labels": [OURS], "uuid": None},
        {"labels": [OURS], "start": None},
        {"labels": [OURS], "start": "now"},
    ],
)
def test_what_others_left_there_in_whatever_form_stays(tmp_path: Path, left: dict[str, Any]) -> None:
    run = read_run(book_of(tmp_path).folder)
    path = tmp_path / "x-result.json"
    path.write_text(json.dumps({"uuid": UUID, "start": run.meta.at, **left}), encoding="utf-8")
    before = path.read_bytes()
    settle(tmp_path, run, in_japanese)
    assert path.read_bytes() == before


def test_what_is_nested_without_end_stays(tmp_path: Path) -> None:
    path = tmp_path / "x-result.json"
    path.write_text("[" * 100_000)
    settle(tmp_path, read_run(book_of(tmp_path).folder), in_japanese)
    assert path.exists()
