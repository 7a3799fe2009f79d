"""`renkei report` as its users type it."""

import subprocess
from pathlib import Path

from tests.bench.bench_run import RENKEI
from tests.reports.journal_book import Book


def report(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RENKEI, "report", str(folder)], capture_output=True, text=True, timeout=60, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_view_is_written_anew_and_the_same(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",))
    book.end()
    first = report(book.folder)
    assert (first.returncode, first.stderr) == (0, "")
    assert "適合" in first.stdout
    before = contents(book.folder)
    assert {"report.html", "report.en.html", "junit.xml", "results.json"} <= set(before)
    (book.folder / "junit.xml").write_text("spoilt", encoding="utf-8")
    report(book.folder)
    assert contents(book.folder) == before


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
