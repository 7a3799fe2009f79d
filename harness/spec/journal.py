"""journal.jsonl: the one raw record of a run. Every line is one entry; every view is derived from it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from harness.spec.messages import timestamp

FILE_NAME = "journal.jsonl"
DAMAGED = "journal.damaged"
VERSION = 1


class Entry(StrEnum):
    """Kinds of entry."""

    RUN = "run"
    PLAN = "plan"
    SCENARIO = "scenario"
    STEP = "step"
    EXCHANGE = "exchange"
    POLL = "poll"
    CONTROL = "control"
    WAIT = "wait"
    SEEN = "seen"
    PEOPLE = "people"
    CHECK = "check"
    END = "end"


@dataclass(frozen=True)
class Journal:
    """An append-only writer; several processes may write to the same file at once."""

    descriptor: int
    by: str

    @classmethod
    def open(cls, path: Path, by: str) -> Self:
        """Opens for appending, creating the file. `by` names the writing process in every entry."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        return cls(os.open(path, flags, 0o600), by)

    @classmethod
    def reopen(cls, path: Path, by: str) -> Self:
        """Opens for going on after a run that was cut off. Lines that a kill or a full disk left unreadable are put
        aside, into a file beside it: what they said is not known, and is done again."""
        lines = path.read_bytes().splitlines(keepends=True)
        broken = [line for line in lines if not _is_entry(line)]
        if broken:
            path.with_name(DAMAGED).write_bytes(b"".join(broken))
            mended = path.with_name(f".{path.name}")
            mended.write_bytes(b"".join(line for line in lines if _is_entry(line)))
            mended.chmod(0o600)
            mended.replace(path)
        return cls.open(path, by)

    def write(self, entry: Entry, **fields: Any) -> None:
        """One entry, in one write(2) with O_APPEND, so that lines of several processes never mix (POSIX write)."""
        line = {"v": VERSION, "at": timestamp(), "by": self.by, "type": entry, **fields}
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
        os.write(self.descriptor, data.encode(errors="surrogatepass"))

    def close(self) -> None:
        """Closes the file; what was written is kept by the kernel even if the process is killed."""
        os.close(self.descriptor)


def _is_entry(line: bytes) -> bool:
    try:
        return line.endswith(b"\n") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The entries in order. A last line cut off by a kill is passed over; nothing else is."""
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield json.loads(line)
