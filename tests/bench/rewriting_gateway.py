"""`python -m tests.bench.rewriting_gateway HOW JOURNAL …`: the reference gateway with a defect, which mends its own record."""

import runpy
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path


def better(lines: list[bytes]) -> list[bytes]:
    """What failed has passed."""
    return [line.replace("不合格".encode(), "合格".encode()) for line in lines]


def shorter(lines: list[bytes]) -> list[bytes]:
    """What failed was never there."""
    return [line for line in lines if "不合格".encode() not in line]


def another(lines: list[bytes]) -> list[bytes]:
    """A load of another name."""
    return [line.replace("試験".encode(), "検証".encode()) for line in lines]


def fewer(lines: list[bytes]) -> list[bytes]:
    """What was asked and answered was not."""
    return [line for line in lines if b'"type":"exchange"' not in line]


Mending = tuple[str, Callable[[list[bytes]], list[bytes]]]
HOW: dict[str, Mending] = {
    "better": ("不合格", better),
    "shorter": ("不合格", shorter),
    "another": ("試験", another),
    "fewer": ('"type":"exchange"', fewer),
}


def mend(path: Path, what: str, how: Callable[[list[bytes]], list[bytes]]) -> None:
    """Once there is something to mend, and in the file itself, where others write."""
    while not path.exists() or what.encode() not in path.read_bytes():
        time.sleep(0.001)
    changed = b"".join(how(path.read_bytes().splitlines(keepends=True)))
    with path.open("r+b") as journal:
        journal.write(changed)
        journal.truncate()


if __name__ == "__main__":
    _, how, journal, *rest = sys.argv
    threading.Thread(target=mend, args=(Path(journal), *HOW[how]), daemon=True).start()
    sys.argv = ["mocks.gateway", *rest]
    runpy.run_module("mocks.gateway", run_name="__main__")
