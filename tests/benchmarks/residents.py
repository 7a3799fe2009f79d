"""Households a second beside plain Faker names: `python tests/benchmarks/residents.py`. Asserts nothing."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from faker import Faker

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from harness.residents.build import household  # noqa: E402  # the project need not be installed to measure it

HOUSEHOLDS = 10_000
NAMES = 20_000
COLD_RUNS = 5
COLD_START = """
import time
start = time.perf_counter()
from harness.residents.build import household
household(1, 0)
print(time.perf_counter() - start)
"""


def rate(count: int, act: Callable[[int], object]) -> float:
    """Calls of `act` a second, over `count` calls."""
    start = time.perf_counter()
    for index in range(count):
        act(index)
    return count / (time.perf_counter() - start)


def cold_start() -> float:
    """Seconds from import to the first household, in a new process; the median of five."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", COLD_START], cwd=ROOT, capture_output=True, check=True, text=True
        )
        for _ in range(COLD_RUNS)
    ]
    return sorted(float(run.stdout) for run in runs)[COLD_RUNS // 2]


def main() -> None:
    """Prints the figures side by side."""
    fake = Faker("ja_JP")
    people = sum(len(list(household(1, index).people())) for index in range(500)) / 500
    households = rate(HOUSEHOLDS, lambda index: household(1, index))
    names = rate(NAMES, lambda _: (fake.name(), fake.kana_name()))
    print(f"households      {households:>10,.0f} /s   (people: {households * people:,.0f} /s, with records)")
    print(f"Faker name+kana {names:>10,.0f} /s   (kanji and kana do not match, nothing else)")
    print(f"people : names  {households * people / names:>10.2f}")
    print(f"import and first household: {cold_start() * 1000:.0f} ms")


if __name__ == "__main__":
    main()
