"""Looks through what is on record by now while something else is waited for. Of a long record that takes some seconds of work, which a
process of its own does beside this one: `python -m harness.plugin.looking JOURNAL ENTRIES`, after the first so many."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.contract.journal_entries import AnyEntry
from harness.model.judge import looked_through
from harness.model.violation import Violation
from harness.processes.asked import PYTHON
from harness.processes.held import start
from harness.record.reader import read

_LONG = 4_000_000  # bytes; what is shorter is looked through before a process has loaded what it needs


@dataclass(frozen=True)
class Look:
    """What was found in the first entries of a record, and in how many."""

    entries: int
    found: tuple[Violation, ...]


NOTHING_SEEN: Final = Look(0, ())


@contextmanager
def looking(path: Path, before: Look = NOTHING_SEEN, beyond: int = _LONG) -> Iterator[Future[Look]]:
    """The look, begun now, at what comes after `before`; by another process where the record is longer than that."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(_elsewhere if path.stat().st_size > beyond else look, path, before)


def look(path: Path, before: Look = NOTHING_SEEN) -> Look:
    """All that is there, with what was found before."""
    return look_at(entries_in(path), before)


def look_at(entries: Sequence[AnyEntry], before: Look = NOTHING_SEEN) -> Look:
    """All of these."""
    return Look(len(entries), (*before.found, *looked_through(entries, before.entries)))


def entries_in(path: Path) -> list[AnyEntry]:
    """None of it becomes garbage before all does: looking for some in it again and again takes a sixth of the time."""
    entries = list(read(path))
    gc.freeze()
    return entries


def _elsewhere(path: Path, before: Look) -> Look:
    """By another process; by this one where that fails, so that what is wrong is raised here."""
    command = [*PYTHON, __name__, str(path), str(before.entries)]
    held = start(command, (), os.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, warm=None)
    said = held.stdout.read() if held.stdout else b""
    code = held.wait()
    for stream in (held.stdin, held.stdout):
        if stream:
            stream.close()
    return _told(said, before) if code == 0 else look(path, before)


def _told(said: bytes, before: Look) -> Look:
    document = json.loads(said)
    found = tuple(Violation.from_entry(entry) for entry in document["found"])
    return Look(document["entries"], (*before.found, *found))


def main() -> None:
    """Writes what was found as JSON."""
    found = look(Path(sys.argv[1]), Look(int(sys.argv[2]), ()))
    document = {"entries": found.entries, "found": [violation.to_entry() for violation in found.found]}
    sys.stdout.buffer.write(json.dumps(document).encode())


if __name__ == "__main__":
    main()
