"""journal.jsonl: the one raw record of a run. Every line is one entry; every view is derived from it."""

import fcntl
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from harness.contract.journal_heads import Head, Running
from harness.contract.journal_text import DamagedLineError, from_line, to_line
from harness.contract.messages import timestamp

FILE_NAME = "journal.jsonl"
DAMAGED = "journal.damaged"
VERSION = 1
WHOLE_RECORD = "全記録"  # in place of a scenario: what the record as a whole shows
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC


class Entry(StrEnum):
    """Kinds of entry."""

    RUN = "run"
    HEALTH = "health"
    PLAN = "plan"
    SCENARIO = "scenario"
    STEP = "step"
    EXCHANGE = "exchange"
    HEARD = "heard"
    POLL = "poll"
    CONTROL = "control"
    WAIT = "wait"
    SEEN = "seen"
    PEOPLE = "people"
    SECRETS = "secrets"
    CHECK = "check"
    LOAD = "load"
    CALIBRATION = "calibration"
    LOAD_SECOND = "load_second"
    LOAD_HISTOGRAM = "load_histogram"
    LOAD_EFFORT = "load_effort"
    LOAD_KIND = "load_kind"
    GATE = "gate"
    SAMPLE = "sample"
    RECONCILIATION = "reconciliation"
    END = "end"


@dataclass(frozen=True)
class Journal:
    """An append-only writer; several processes may write to the same file at once."""

    descriptor: int
    by: str
    running: Running = field(default_factory=Running)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, path: Path, by: str) -> Self:
        """Opens for appending, creating the file. `by` names the writing process in every entry."""
        descriptor = os.open(path, _FLAGS, 0o600)
        with suppress(OSError):  # some network drives know no locks
            # Whoever takes the run up again can tell that somebody still writes.
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        return cls(descriptor, by)

    def write(self, entry: Entry, **fields: Any) -> None:
        """One entry, in one write(2) with O_APPEND, so that lines of several processes never mix (POSIX write)."""
        data = to_line({"v": VERSION, "at": timestamp(), "by": self.by, "type": entry, **fields})
        with self.lock:  # the head is over the lines in the order in which they stand in the file
            os.write(self.descriptor, data)
            self.running.take(data)

    def head(self) -> Head:
        """What this process has written so far, for whoever asks later whether that is what stands in the file."""
        with self.lock:
            return self.running.head(self.by)

    def close(self) -> None:
        """Closes the file; what was written is kept by the kernel even if the process is killed."""
        os.close(self.descriptor)


def mend(path: Path) -> None:
    """Makes the journal of a run that was cut off fit to be gone on with: lines that a kill or a full disk left
    unreadable are put aside, into a file beside it. Raises BlockingIOError while a process of that run still writes."""
    descriptor = os.open(path, _FLAGS, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _put_aside(path)
    finally:
        os.close(descriptor)


def _put_aside(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    broken = [line for line in lines if not _is_entry(line)]
    if broken:
        path.with_name(DAMAGED).write_bytes(b"".join(broken))
        mended = path.with_name(f".{path.name}")
        mended.write_bytes(b"".join(line for line in lines if _is_entry(line)))
        mended.chmod(0o600)
        mended.replace(path)


def _is_entry(line: bytes) -> bool:
    try:
        from_line(line)
    except DamagedLineError:
        return False
    return line.endswith(b"\n")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The entries in order. A last line cut off by a kill is passed over; nothing else is. Raises DamagedLineError."""
    with path.open("rb") as lines:
        yield from entries_of(lines)


def entries_of(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The same of lines."""
    return (from_line(line) for line in lines if line.endswith(b"\n"))
