"""What the model said of a record, derived anew: whole from a run folder, of a bundle what a masked record shows."""

import json
from pathlib import Path

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.certificate.rejudged import of_bundle, of_folder
from harness.contract.journal import FILE_NAME, Entry
from harness.record.reader import read
from tests.bench.test_bench_whole_record import TWICE, concluded, journal_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run whose enquiry was answered twice."""
    place = journal_of(tmp_path / "run", *TWICE)
    assert concluded(place)
    return place


def rewritten(folder: Path, old: str, new: str) -> None:
    path = folder / FILE_NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_run_folder_is_judged_anew(folder: Path) -> None:
    found = of_folder(folder)
    assert found.objections == ()
    assert found.derived
    assert found.believed == ()


def test_a_conviction_that_was_taken_away_is_seen(folder: Path) -> None:
    lines = (folder / FILE_NAME).read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["type"] != "check" or "全記録" not in line.decode()]
    (folder / FILE_NAME).write_bytes(b"".join(kept))
    assert {objection.code for objection in of_folder(folder).objections} == {"VERDICT_DIFFERS"}


def test_other_words_are_seen(folder: Path) -> None:
    code = next(e["observed"] for e in read(folder / FILE_NAME) if e["type"] == Entry.CHECK and e["observed"])
    rewritten(folder, json.dumps(code, ensure_ascii=False)[1:-1], "なにもない")
    assert {objection.code for objection in of_folder(folder).objections} >= {"RECORD_DIFFERS"}


def test_a_bundle_says_what_was_believed(folder: Path) -> None:
    entries = list(read(folder / FILE_NAME))
    found = of_bundle(entries)
    assert {*found.derived, *found.believed} == set(of_folder(folder).derived)
    assert found.derived


def test_a_run_that_was_cut_off_is_told_in_one_sentence(tmp_path: Path) -> None:
    journal_of(tmp_path / "run")
    for place in (tmp_path / "run", tmp_path / "none"):
        with pytest.raises(ConfigurationError):
            of_folder(place)
