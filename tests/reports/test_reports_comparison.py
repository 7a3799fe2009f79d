"""Two runs beside each other, and the command that its users type."""

import subprocess
from pathlib import Path

from harness.catalogue.verdicts import Verdict
from harness.record.comparison import compare
from harness.record.run import read_run
from harness.record.suite import suite_hash
from tests.bench.bench_run import RENKEI
from tests.reports.journal_book import Book

IDS = ("SIG-01", "SIG-02", "NET-01")


def book(folder: Path, verdicts: tuple[Verdict | None, ...], **fields: object) -> Path:
    """A run with a scenario for each requirement; None leaves it out."""
    made = Book.open(folder)
    made.run(dict.fromkeys(IDS), **{"suite": suite_hash(), **fields})
    for line, (id_, verdict) in enumerate(zip(IDS, verdicts, strict=True), start=1):
        if verdict:
            made.checked(line, (id_,), verdict)
    made.end()
    return folder


def test_the_same_run_twice_differs_in_nothing(tmp_path: Path) -> None:
    one, other = (book(tmp_path / name, (Verdict.PASS,) * 3) for name in "ab")
    found = compare(read_run(one), read_run(other))
    assert found.holds
    assert (found.changes, found.lost, found.gained) == ((), (), ())
    assert found.hashes[0] == found.hashes[1]
    assert found.hashes[0].suite == suite_hash()


def test_what_got_worse_and_what_is_no_longer_executed_fails(tmp_path: Path) -> None:
    one = book(tmp_path / "a", (Verdict.PASS, Verdict.FAIL, Verdict.PASS))
    worse = compare(read_run(one), read_run(book(tmp_path / "b", (Verdict.FAIL, Verdict.PASS, Verdict.PASS))))
    assert [(c.id, c.before, c.after) for c in worse.worse] == [("SIG-01", "合格", "不合格")]
    assert [c.id for c in worse.changes] == ["SIG-01", "SIG-02"]
    assert not worse.holds
    lost = compare(read_run(one), read_run(book(tmp_path / "c", (Verdict.PASS, Verdict.FAIL, None))))
    assert len(lost.lost) == 1
    assert not lost.holds
    better = compare(read_run(one), read_run(book(tmp_path / "d", (Verdict.PASS,) * 3)))
    assert better.holds


def test_three_hashes_tell_what_was_different(tmp_path: Path) -> None:
    plain = book(tmp_path / "a", (Verdict.PASS,) * 3)
    others: dict[str, dict[str, object]] = {
        "suite": {"suite": "0" * 64},
        "environment": {"product": "another"},
        "run": {"seed": 8},
    }
    for name, fields in others.items():
        found = compare(read_run(plain), read_run(book(tmp_path / name, (Verdict.PASS,) * 3, **fields)))
        differs = {n for n in others if getattr(found.hashes[0], n) != getattr(found.hashes[1], n)}
        assert differs == {name}


def test_the_command(tmp_path: Path) -> None:
    one = book(tmp_path / "a", (Verdict.PASS,) * 3)
    other = book(tmp_path / "b", (Verdict.PASS, Verdict.FAIL, None))

    def run(*folders: Path) -> subprocess.CompletedProcess[str]:
        command = [RENKEI, "compare", *map(str, folders)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    same, worse, missing = run(one, one), run(one, other), run(one, tmp_path / "none")
    assert (same.returncode, worse.returncode, missing.returncode) == (0, 1, 2)
    assert "悪くなったことはない" in same.stdout
    assert "SIG-02  合格 → 不合格" in worse.stdout
    assert "実行されなくなった検査  1件" in worse.stdout
    assert (missing.stdout, missing.stderr.count("\n")) == ("", 1)
