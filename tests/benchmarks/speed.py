"""`python -m tests.benchmarks.speed [WHAT…]`: what the bench itself costs, of `help`, `defect`, `run`, `part`, `matrix`; without
a word, all but the last. CPU seconds of everything that was started beside the wall clock: the first does not depend on who
else is at work. Figures only; a noisy machine must not fail a test."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from harness.matrix.running import Job, running
from tests.benchmarks.run import RENKEI, measure

_DEFECT, _REQUIREMENT = "accepts-replay", "NET-02"
_AGAIN = 3


def cost() -> float:
    """CPU seconds of all that this process has started and that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(name: str, work: Callable[[], object]) -> None:
    """Prints what it took."""
    before, began = cost(), time.perf_counter()
    work()
    print(f"{name:24} {cost() - before:7.2f} s CPU  {time.perf_counter() - began:7.2f} s wall", flush=True)


def renkei(*arguments: str) -> None:
    """The command, whatever it comes to."""
    subprocess.run([RENKEI, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def show_help() -> None:
    """Goal: 0.3 s."""
    for _ in range(_AGAIN):
        measured("renkei --help", partial(renkei, "--help"))


def defect() -> None:
    """A run of one requirement on one defect, by itself, and as one of many of `renkei matrix`. What the warm process
    costs itself is told with those that it forked: its CPU is known when it has ended."""
    narrow = ("--brief", "--requirement", _REQUIREMENT, "--seed", "3")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(_AGAIN):
            command = (
                "run",
                "--gateway",
                f"reference+{_DEFECT}",
                *narrow,
                "--run-folder",
                f"{folder}/{number}",
            )
            measured("a defect, fresh", partial(renkei, *command))
    measured("warming up", partial(forked, 0, narrow))
    measured(f"{_AGAIN} defects and warming up", partial(forked, _AGAIN, narrow))


def forked(runs: int, narrow: tuple[str, ...]) -> None:
    """Runs as `renkei matrix` does them."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as runner:
        for number in range(runs):
            runner.do(Job(str(number), f"reference+{_DEFECT}", narrow))


def run() -> None:
    """Goals: 12 s in all, the first verdict within 1.5 s, on two idle cores."""
    for workers in ((), ("-n", "2")):
        found: list[float] = []
        measured(" ".join(("renkei run", *workers)), partial(first_verdict, workers, found))
        print(f"{'  first verdict':24} {found[0]:25.2f} s wall")


def first_verdict(workers: tuple[str, ...], found: list[float]) -> None:
    """A run, and after how many seconds it had its first verdict."""
    found.append(measure(workers)["first verdict"])


def matrix(*part: str) -> None:
    """Goal: 400 s for the whole."""
    with tempfile.TemporaryDirectory() as folder:
        measured(
            " ".join(("renkei matrix", *part)),
            partial(renkei, "matrix", *part, "--seed", "5", "--out", f"{folder}/m"),
        )


_WHAT: dict[str, Callable[[], None]] = {
    "help": show_help,
    "defect": defect,
    "run": run,
    "part": partial(matrix, "--part", "1/40"),
    "matrix": matrix,
}


def main() -> None:
    """Measures what was named."""
    for name in sys.argv[1:] or [name for name in _WHAT if name != "matrix"]:
        _WHAT[name]()


if __name__ == "__main__":
    main()
