"""`renkei report` as its users type it."""

import os
import subprocess
from pathlib import Path

import pytest

from reports.load.page import CAPTIONS
from tests.bench.bench_run import RENKEI
from tests.reports.journal_book import Book
from tests.reports.load_book import LoadBook


def report(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RENKEI, "report", str(folder), *options], capture_output=True, text=True, timeout=60, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rewritten(folder: Path) -> tuple[str, set[str]]:
    """Reported, spoilt and reported again: the same bytes. What it said at first, and the names of the views."""
    first = report(folder)
    assert (first.returncode, first.stderr) == (0, "")
    before = contents(folder)
    (folder / "junit.xml").write_text("spoilt", encoding="utf-8")
    report(folder)
    assert contents(folder) == before
    return first.stdout, set(before)


def test_every_view_is_written_anew_and_the_same(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",))
    book.end()
    said, names = rewritten(book.folder)
    assert "適合" in said
    assert {"report.html", "report.en.html", "junit.xml", "results.json"} <= names


def test_a_record_that_was_cut_off_still_gives_a_report_that_says_so(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",))
    with book.path.open("ab") as cut:
        cut.write(b'{"type": "check", "scen')
    done = report(book.folder)
    assert done.returncode == 0
    assert "実行が最後まで終わっていない" in done.stdout
    assert "実行が最後まで終わっていない" in (book.folder / "report.html").read_text(encoding="utf-8")


def test_a_folder_without_a_record_is_one_sentence(tmp_path: Path) -> None:
    done = report(tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def allure_that(code: str, folder: Path) -> dict[str, str]:
    """An environment whose `allure` does this."""
    folder.mkdir()
    (folder / "allure").write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
    (folder / "allure").chmod(0o755)
    return {"PATH": f"{folder}:/bin:/usr/bin"}


def with_allure(run_folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`renkei report --allure-html`."""
    command = [RENKEI, "report", str(run_folder), "--allure-html"]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=60, check=False
    )


def test_allures_own_page_is_written_where_allure_is_there(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run()
    book.end()
    environment = allure_that(
        '[ "$5" = --output ] && mkdir "$6" && echo made > "$6/index.html"', tmp_path / "bin"
    )
    done = with_allure(book.folder, environment)
    assert done.returncode == 0, done.stderr
    assert (book.folder / "allure-report" / "index.html").read_text(encoding="utf-8") == "made\n"


@pytest.mark.parametrize("code", ["echo no >&2; exit 3", "exit 0"])
def test_an_allure_that_fails_is_one_sentence(tmp_path: Path, code: str) -> None:
    book = Book.open(tmp_path / "run")
    book.run()
    book.end()
    done = with_allure(book.folder, allure_that(code, tmp_path / "bin"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_without_allure_the_other_views_are_written_and_it_is_said(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run()
    book.end()
    (tmp_path / "empty").mkdir()
    done = with_allure(book.folder, {"PATH": str(tmp_path / "empty")})
    assert done.returncode == 2
    assert "npm install -g allure" in done.stderr
    assert (book.folder / "report.html").exists()


@pytest.fixture
def load(tmp_path: Path) -> LoadBook:
    """A load run that passed, without its views."""
    found = LoadBook(tmp_path / "load")
    found.passed()
    return found


def test_the_views_of_a_load_run_are_written_anew_and_the_same(load: LoadBook) -> None:
    said, names = rewritten(load.folder)
    assert "合格" in said
    assert "余裕: 保てた最も速い 2 秒間は毎秒 10 件" in said
    assert {"load.html", "junit.xml", "load.json", "load-line.svg"} <= names


def test_a_load_run_joins_the_page_of_a_suite_run(tmp_path: Path, load: LoadBook) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",))
    book.end()
    early = report(book.folder, "--load", str(load.folder))
    assert early.returncode == 2
    assert "先に renkei report" in early.stderr
    report(load.folder)
    before = contents(load.folder)
    assert report(book.folder, "--load", str(load.folder)).returncode == 0
    for name, said in (("report.html", "負荷　合格"), ("report.en.html", "Load　passed")):
        page = (book.folder / name).read_text(encoding="utf-8")
        assert said in page
        assert page.count("data:image/svg+xml;base64,") == len(CAPTIONS)
        assert "img-src data:" in page
    assert contents(load.folder) == before


def test_what_is_no_load_run_is_one_sentence(tmp_path: Path, load: LoadBook) -> None:
    book = Book.open(tmp_path / "run")
    book.end()
    other = report(book.folder, "--load", str(book.folder))
    assert (other.returncode, "renkei load run の実行フォルダーではない" in other.stderr) == (2, True)
    crossed = report(load.folder, "--load", str(load.folder))
    assert (crossed.returncode, crossed.stderr.count("\n")) == (2, 1)


def test_a_load_report_that_cannot_be_written_is_one_sentence(load: LoadBook) -> None:
    (load.folder / "load.html").mkdir()
    done = report(load.folder)
    assert done.returncode == 2
    assert "報告を書けない" in done.stderr
    assert done.stderr.count("\n") == 1
