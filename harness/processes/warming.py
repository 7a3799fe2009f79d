"""A warm process (warm.py) for as long as somebody needs one."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.catalogue.findings import ConfigurationError
from harness.processes.process import Process

_SOCKET = "socket"


@contextmanager
def warmed(log: Path, modules: Sequence[str]) -> Iterator[str]:
    """Its address, empty where there is none: then every process starts by itself, and does the same. Its log is gone
    where it said nothing."""
    # Not in the run folder: the path of a socket may have 107 bytes. Only this user may enter.
    with TemporaryDirectory(prefix="renkei-") as folder:
        process = _start(log, os.path.join(folder, _SOCKET), modules)
        try:
            yield os.path.join(folder, _SOCKET) if process else ""
        finally:
            if process:
                process.stop()
            if log.exists() and not log.stat().st_size:
                log.unlink()


def _start(log: Path, socket: str, modules: Sequence[str]) -> Process | None:
    if not hasattr(os, "fork"):
        return None
    command = [sys.executable, "-I", "-m", "harness.processes.warm"]
    line = json.dumps({"socket": socket, "modules": list(modules)})
    try:
        return Process.start("温めたプロセス", command, log, {}, announces=True, line=line)
    except ConfigurationError:
        return None
