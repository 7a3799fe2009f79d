"""Tests are dealt out to workers so that all begin with what is slow, and none is lost."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import LONGEST, TESTS, spread


def item(name: str, *, slow: bool) -> Any:
    """As far as it is looked at."""
    return SimpleNamespace(path=name.partition(":")[0], name=name, get_closest_marker=lambda _: slow or None)


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_each_worker_begins_with_slow_files_of_its_own(workers: int) -> None:
    slow = [item(f"s{file}:{n}", slow=True) for file in range(4) for n in range(3)]
    fast = [item(f"f{file}:{n}", slow=False) for file in range(10) for n in range(7)]
    dealt = spread([*fast[:30], *slow, *fast[30:]], workers)
    assert sorted(one.name for one in dealt) == sorted(one.name for one in (*slow, *fast))
    begun, begins = 0, []
    for number in range(workers):  # as the workers are given theirs
        begins.append(dealt[begun].name)
        begun += (len(dealt) - begun) // (workers - number)
    assert [name[0] for name in begins] == ["s"] * workers


def test_there_may_be_nothing_fast_and_fewer_files_than_workers() -> None:
    slow = [item(f"s:{n}", slow=True) for n in range(5)]
    assert spread(slow, 4) == slow
    assert spread([], 4) == []


def test_the_longest_files_come_first() -> None:
    files = ["bench/a.py", *reversed(LONGEST)]
    slow = [item(f"{TESTS / file}:{n}", slow=True) for file in files for n in range(2)]
    dealt = spread(slow, len(files))
    assert [one.name for one in dealt[::2]] == [f"{TESTS / file}:0" for file in (*LONGEST, "bench/a.py")]
    assert all((TESTS / file).is_file() for file in LONGEST)
