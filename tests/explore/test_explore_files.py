"""What is kept of a failure, and read again."""

import json
from pathlib import Path

import pytest

from harness.explore.found import Kept, to_json
from harness.explore.keeping import FOLDER, keep
from harness.explore.story import StoryError
from tests.explore.told import found

STORY = [[{"op": "情報登録", "version": 2}], [{"op": "情報登録", "version": 1}, {"op": "待つ"}]]


def test_a_failure_is_kept_in_three_files_and_read_again(tmp_path: Path) -> None:
    (file,) = keep(tmp_path, [found(STORY)], "221007")
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [
        "01-STO-18.feature",
        "01-STO-18.json",
        "01-STO-18.sh",
    ]
    assert Kept.read(file) == Kept(found(STORY).story, 7, "STO-18")


def test_nothing_found_leaves_nothing(tmp_path: Path) -> None:
    assert keep(tmp_path, [], "221007") == []
    assert not list(tmp_path.iterdir())


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
    file.write_text(json.dumps({**json.loads(to_json(found(STORY))), **changed}), encoding="utf-8")
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
