"""The pages of a matrix say when its runs began: the same in both languages, however long they took."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from harness.cli import matrix as command
from harness.cli import matrix_mutants
from harness.record.mutants import Judged
from reports import facts
from reports.languages import files_of
from reports.matrix import html, mutants

BEGAN = 1_800_000_000.0
DAY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d JST")
ROW = Judged("送信 照会応答", "header.from", "空", "すべて", 1, "answers-what-was-asked", "NET-03")


@pytest.fixture
def goes_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets an hour go by; else the clock stands."""
    now = [BEGAN]
    monkeypatch.setattr(time, "time", lambda: now[-1])
    return lambda: now.append(now[-1] + 3600)


def days(folder: Path, name: str) -> Iterator[list[str]]:
    for file in files_of(name).values():
        yield DAY.findall((folder / file).read_text(encoding="utf-8"))


def test_pages_of_the_matrix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goes_by: Callable[[], None]
) -> None:
    def ran(*_: Any) -> Any:
        goes_by()
        return command._Found()

    monkeypatch.setattr(command, "_run", ran)
    with pytest.raises(typer.Exit):
        command.matrix(out=tmp_path / "matrix", defect=["accepts-replay"])
    assert list(days(tmp_path / "matrix", html.FILE_NAME)) == [[facts.moment(round(BEGAN * 1000))]] * 2


def test_pages_of_the_mutants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goes_by: Callable[[], None]
) -> None:
    def judged(*_: Any) -> list[Judged]:
        goes_by()
        return [ROW]

    monkeypatch.setattr(matrix_mutants, "_all", judged)
    matrix_mutants.try_mutants(tmp_path, tmp_path, "", 1, None)
    assert list(days(tmp_path, mutants.HTML_NAME)) == [[facts.moment(round(BEGAN * 1000))]] * 2
