"""The journal of a run that was cut off, made fit to be gone on with."""

import fcntl
import os
from pathlib import Path

from harness.contract.journal import APPENDING
from harness.record.reader import is_entry

DAMAGED = "journal.damaged"


def mend(path: Path) -> None:
    """Puts lines that a kill or a full disk left unreadable aside, into a file beside it. Raises BlockingIOError while a
    process of that run still writes."""
    descriptor = os.open(path, APPENDING, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _put_aside(path)
    finally:
        os.close(descriptor)


def _put_aside(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    broken = [line for line in lines if not is_entry(line)]
    if broken:
        path.with_name(DAMAGED).write_bytes(b"".join(broken))
        mended = path.with_name(f".{path.name}")
        mended.write_bytes(b"".join(line for line in lines if is_entry(line)))
        mended.chmod(0o600)
        mended.replace(path)
