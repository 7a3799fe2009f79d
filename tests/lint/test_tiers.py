"""The fast tier: its lists name files that there are, and no room of the tests is without it."""

from collections.abc import Iterable
from pathlib import Path

from tests.conftest import FAST_FILES, SLOW_FILES, TESTS, is_slow

FILES = [path for path in TESTS.glob("*/test_*.py") if path.parent.name != "benchmarks"]


def rooms_without_fast_tests(files: Iterable[Path]) -> set[str]:
    """The folders of tests in which everything is slow."""
    files = list(files)
    return {p.parent.name for p in files} - {p.parent.name for p in files if not is_slow(p)}


def test_every_file_that_is_named_exists() -> None:
    named = SLOW_FILES.union(*FAST_FILES.values())
    assert {name for name in named if not (TESTS / name).is_file()} == set()


def test_every_room_has_fast_tests() -> None:
    assert rooms_without_fast_tests(FILES) == set()


def test_a_room_in_which_everything_is_slow_is_seen() -> None:
    slow = [path for path in FILES if path.parent.name != "certificate" or is_slow(path)]
    assert rooms_without_fast_tests(slow) == {"certificate"}
