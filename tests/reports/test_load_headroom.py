"""By how much: the fastest seconds before the first that fell behind, and what of each limit was used."""

from pathlib import Path
from typing import Any

import pytest

from harness.record.load_headroom import Carried, carried
from harness.record.load_run import Gate
from reports.load.page import headroom
from tests.reports.load_book import LoadBook


def ramp(tmp_path: Path, broken: dict[str, Any]) -> Carried | None:
    """Twice as fast every ten seconds; from the 40th second on, what is told of a second is another."""
    book = LoadBook(tmp_path / "run")
    book.first(seconds=200)
    book.gate()
    for number in range(80):
        rate = 10 * 2 ** (number // 10)
        told = {"planned": rate, "answered": rate, **(broken if number >= 40 else {})}
        book.second(number, **told)
    return carried(book.read())


def test_everything_was_carried(tmp_path: Path) -> None:
    assert ramp(tmp_path, {}) == Carried(10, 1280.0, 256.0, whole=True)


@pytest.mark.parametrize(
    "broken",
    [{"p99_ms": 101.0}, {"errors": 1}, {"dropped": 1}, {"answered": 80}],
    ids=lambda b: next(iter(b)),
)
def test_the_first_promise_that_is_broken_is_the_limit(tmp_path: Path, broken: dict[str, Any]) -> None:
    assert ramp(tmp_path, broken) == Carried(10, 80.0, 16.0, whole=False)


def test_answers_that_take_half_a_second_are_not_behind(tmp_path: Path) -> None:
    """In a short run they are more than a twentieth of all that was asked until then."""
    book = LoadBook(tmp_path / "run")
    book.first(seconds=10)
    for number in range(10):
        book.second(number, planned=100, answered=50 if not number else 100)
    assert carried(book.read()) == Carried(2, 100.0, 20.0, whole=True)


def test_what_fails_from_the_begin_carries_nothing(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    for number in range(40):
        book.second(number, errors=1)
    assert carried(book.read()) is None


def test_answers_that_come_after_the_load_are_no_throughput_of_it(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    for number in range(40):
        book.second(number, answered=0)
    for number in range(40, 60):
        book.second(number, planned=0, answered=20)
    assert carried(book.read()) is None


@pytest.mark.parametrize(
    ("complete", "code", "shown"),
    [
        (True, "", True),
        (False, "GATE_MISSED", True),
        (False, "NOT_MEASURED", False),
        (False, "NO_ANSWER", False),
    ],
)
def test_what_was_broken_off_tells_nothing_about_speed(
    tmp_path: Path, complete: bool, code: str, shown: bool
) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    for number in range(40):
        book.second(number)
    book.end(complete=complete, code=code, verdict="不合格" if code else "合格")
    said = headroom(book.read())
    assert ("毎秒 10 件" in said) is shown
    assert ("終わりまで行っていない" in said) is not shown


def test_a_part_of_the_limit() -> None:
    gates = Gate("p99_ms", 200.0, 50.0, True), Gate("p99_ms", 0.0, 0.0, True), Gate("p99_ms", 1.0, None, None)
    assert [gate.part for gate in gates] == ["25.0%", "-", "-"]
