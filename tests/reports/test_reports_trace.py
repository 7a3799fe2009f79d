"""Traceability: every section that states a function has requirements, and only executed checks count."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from harness.catalogue.requirements import requirements
from harness.catalogue.sources import requirements_from, sections
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.record.run import read_run
from harness.record.trace import NOT_RUN, MatrixDocument, TracedRequirement, trace, trace_json
from reports.trace.html import trace_html
from tests.bench.bench_run import RENKEI
from tests.reports.journal_book import Book

ONE = "SIG-01"
MATRIX: MatrixDocument = {
    "schema": "renkei-matrix",
    "defects": [
        {"name": "a", "summary": "<script>甲</script>", "requirement": ONE, "own_convicts": True},
        {"name": "b", "summary": "乙", "requirement": ONE, "own_convicts": False},
    ],
}


@pytest.mark.parametrize("section", sections(), ids=lambda s: s.id)
def test_a_section_that_states_a_function_has_requirements(section: object) -> None:
    found = next(s for s in sections() if s is section)
    assert bool(requirements_from(found)) == found.states
    assert bool(found.why) != found.states


def test_every_section_of_the_document_is_listed() -> None:
    chapters = {"1": 0, "2": 4, "3": 4, "4": 5, "5": 2, "6": 3, "7": 5, "8": 0}
    numbers = [f"§{n}-{i}" for n, last in chapters.items() for i in range(1, last + 1)] + ["§1", "§8"]
    listed = {section.id.split()[0] for section in sections()}
    assert {*numbers, "評価", "実施要領"} <= listed


def test_every_requirement_comes_from_a_section_and_every_function_is_one_of_the_catalogue() -> None:
    traced = {r.id for section in sections() for r in requirements_from(section)}
    assert traced == set(requirements())
    named = {function for section in sections() for function in section.functions}
    assert named == {r.function for r in requirements().values()}


def one(book: Book, matrix: object = None) -> TracedRequirement:
    found = trace(read_run(book.folder), matrix)  # type: ignore[arg-type]
    return next(r for section in found for r in section.requirements if r.requirement.id == ONE)


def test_only_what_was_executed_is_traced(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({ONE: None, "LOG-02": None})
    book.checked(1, (ONE,), Verdict.PASS)
    book.scenario(2, (ONE,))  # begun and cut off
    book.end()
    traced = one(book)
    assert [s.scenario.line for s in traced.scenarios] == [1]
    assert traced.defects is None
    others = [
        r.verdict
        for section in trace(read_run(book.folder))
        for r in section.requirements
        if r.requirement.id == "STO-01"
    ]
    assert set(others) == {NOT_RUN}


def test_defects_come_from_the_matrix_and_are_escaped(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({ONE: None}, gateway="<b>http:</b>")
    book.checked(1, (ONE,), Verdict.FAIL)
    book.end()
    traced = one(book, MATRIX)
    assert traced.defects is not None
    assert [(d.name, d.convicted) for d in traced.defects] == [("a", True), ("b", False)]
    run = read_run(book.folder)
    page = trace_html(run, trace(run, MATRIX)).decode()
    assert "<script>" not in page
    assert "<b>http" not in page
    assert "不合格にしていない" in page
    document = json.loads(trace_json(run, trace(run, MATRIX)))
    assert document["contract"] == "1"
    assert "契約の版 1" in page
    rows = {r["id"]: r for s in document["sections"] for r in s["requirements"]}
    assert (rows[ONE]["verdict"], len(rows[ONE]["defects"])) == ("不合格", 2)
    assert rows["STO-01"]["defects"] == []


def traced_by(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`renkei trace`, as a user has it."""
    return subprocess.run(
        [RENKEI, "trace", *arguments], capture_output=True, text=True, cwd=place, check=False
    )


def folder_of(place: Path, name: str, by: str = "bench") -> Book:
    """A run folder whose journal was begun by somebody; each is newer than the one before."""
    folder = place / "runs" / name
    folder.mkdir(parents=True)
    book = Book(folder, Journal.open(folder / FILE_NAME, by))
    if by == "bench":
        book.run({ONE: None})
    else:
        book.write(Entry.LOAD, run_id="x")
    os.utime(book.path, (len(list(folder.parent.iterdir())),) * 2)
    return book


def checked(book: Book) -> Path:
    """Its folder, with a check, as old as before."""
    moment = book.path.stat().st_mtime
    book.checked(1, (ONE,))
    book.end()
    os.utime(book.path, (moment, moment))
    return book.folder


def test_the_newest_run_with_checks_is_traced_and_named(tmp_path: Path) -> None:
    checked(folder_of(tmp_path, "a"))
    wanted = checked(folder_of(tmp_path, "b"))
    folder_of(tmp_path, "c")  # ended before its first check
    folder_of(tmp_path, "d", by="load")
    (tmp_path / "runs" / "e").mkdir()
    done = traced_by(tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "実行フォルダー: runs/b")
    assert [path.parent for path in tmp_path.rglob("trace.json")] == [wanted]


def test_a_folder_without_checks_is_refused_in_one_sentence(tmp_path: Path) -> None:
    unchecked, load = folder_of(tmp_path, "a").folder, folder_of(tmp_path, "b", by="load").folder
    for folder, says in (
        (unchecked, "実行した検査が一つもない"),
        (load, "負荷の実行である"),
        (tmp_path / "none", "実行の記録を読めない"),
    ):
        done = traced_by(tmp_path, "--run-folder", str(folder))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert says in done.stderr
    done = traced_by(tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "runs に検査を実行した記録がない" in done.stderr
    assert not list(tmp_path.rglob("trace.json"))
