"""journal.jsonl: the one raw record of a run. Every line is one entry; every view is derived from it."""

import fcntl
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from harness.contract.journal_heads import Head, Running
from harness.contract.journal_text import to_line
from harness.contract.messages import timestamp

FILE_NAME = "journal.jsonl"
VERSION = 1
WHOLE_RECORD = "全記録"  # in place of a scenario: what the record as a whole shows
APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC


class Entry(StrEnum):
    """Kinds of entry."""

    RUN = "run"
    HEALTH = "health"
    PREFLIGHT = "preflight"
    PLAN = "plan"
    SCENARIO = "scenario"
    STEP = "step"
    EXCHANGE = "exchange"
    HEARD = "heard"
    ASKED = "asked"
    RESTART = "restart"
    POLL = "poll"
    CONTROL = "control"
    WAIT = "wait"
    SEEN = "seen"
    PEOPLE = "people"
    SECRETS = "secrets"
    OCCASIONS = "occasions"
    FOUND = "found"
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
        descriptor = os.open(path, APPENDING, 0o600)
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
