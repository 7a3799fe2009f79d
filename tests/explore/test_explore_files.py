"""What is kept of a failure, and read again."""

import json
from pathlib import Path

import pytest

from harness.contract.journal import FILE_NAME, Journal
from harness.explore.found import Found, Kept
from harness.explore.keeping import FOLDER, explored, keep
from harness.explore.story import StoryError
from harness.record.run import run_of
from tests.explore.told import found

STORY = [[{"op": "情報登録", "version": 2}], [{"op": "情報登録", "version": 1}, {"op": "待つ"}]]


def kept(folder: Path, *failures: Found) -> list[Path]:
    """The files of these failures, and a journal beside."""
    journal = Journal.open(folder / FILE_NAME, "bench")
    try:
        return [file for _, file in keep(folder, journal, failures, "221007")]
    finally:
        journal.close()


def test_a_failure_is_kept_in_three_files_and_read_again(tmp_path: Path) -> None:
    (file,) = kept(tmp_path, found(STORY))
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [
        "01-STO-18.feature",
        "01-STO-18.json",
        "01-STO-18.sh",
    ]
    assert Kept.read(file) == Kept(found(STORY).story, 7, "STO-18")


def test_what_is_kept_later_has_a_number_of_its_own(tmp_path: Path) -> None:
    files = [*kept(tmp_path, found(STORY)), *kept(tmp_path, found(STORY))]
    assert [file.name for file in files] == ["01-STO-18.json", "02-STO-18.json"]


def test_the_record_gives_the_same_files_again(tmp_path: Path) -> None:
    (file,) = kept(tmp_path, found(STORY))
    (read,) = run_of((tmp_path / FILE_NAME).read_bytes().splitlines(keepends=True)).found
    texts = {suffix: file.with_suffix(suffix).read_text(encoding="utf-8") for suffix in read.texts}
    assert texts == read.texts
    assert (read.again, read.times, read.steps) == (4, 5, 3)
    assert read.sentence in texts[".sh"].splitlines()[1], "what to look for is said first"
    assert texts[".feature"].startswith("# language: ja\n# STO-18 "), "or it is no Gherkin of ours"


def test_nothing_found_leaves_nothing(tmp_path: Path) -> None:
    assert kept(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2},
        {"seed": "7"},
        {"requirement": "STO-999"},
        {"story": "x"},
        {"story": [[{"op": "x"}]]},
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, changed: dict[str, object]) -> None:
    file = tmp_path / "x.json"
    file.write_text(
        json.dumps({**json.loads(explored(found(STORY), "01", "221007").texts[".json"]), **changed}),
        encoding="utf-8",
    )
    with pytest.raises(StoryError, match=r"x\.json"):
        Kept.read(file)


@pytest.mark.parametrize("content", ["", "[]", "null", "{}"])
def test_nor_is_anything_else(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(StoryError):
        Kept.read(file)
    with pytest.raises(StoryError):
        Kept.read(tmp_path / "none.json")
