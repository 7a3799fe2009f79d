"""A process on a leash, as whoever started it holds it: by its standard input, at whose end it ends."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol

from harness.processes import leash
from harness.processes.asked import ADDRESS, PYTHON, SECONDS, Asked, ask

_UNKNOWN = -signal.SIGKILL  # of a leash that came to its end without a word
_LONGEST_WORD = 4_096  # bytes


class Held(Protocol):
    """The leash, as subprocess.Popen has it."""

    pid: int
    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    @property
    def returncode(self) -> int | None:
        """Exit code of the command, less than 0 where a signal ended it; None as long as it is not known."""
        ...

    def poll(self) -> int | None:
        """The same, asked for now."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """The same when it has ended. Raises subprocess.TimeoutExpired."""
        ...

    def kill(self) -> None:
        """Ends the leash itself."""
        ...


def start(  # noqa: PLR0913  # what a process is given
    command: Sequence[str],
    options: Sequence[str],
    env: Mapping[str, str],
    *,
    stdout: int,
    stderr: int,
    warm: str | None,
) -> Held:
    """Starts a command on a leash with these options of it: `stdout` and `stderr` as subprocess takes them. By the warm
    process at an address where there is one and it has what is asked for, and as any process otherwise."""
    own = {name: value for name, value in env.items() if name != ADDRESS}
    if warm and tuple(command[: len(PYTHON)]) == PYTHON and leash.TO_THE_LAST not in options:
        asked = Asked(tuple(command[len(PYTHON) :]), leash.FIRST_LINE in options, os.getcwd(), own)
        with contextlib.suppress(OSError):  # it is gone
            return _warmed(warm, asked, stdout, stderr)
    return subprocess.Popen(
        [sys.executable, "-I", "-S", leash.__file__, *options, *command],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=stderr,
        env=own,
        start_new_session=True,  # Ctrl-C reaches it through its leash, once
    )


@dataclass(eq=False)
class _Warmed:
    """A leash that a warm process forked. `line`: where the leash says how its command ended, and closed when it is gone."""

    line: socket.socket
    pid: int
    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None
    returncode: int | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def poll(self) -> int | None:
        """As of Held."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, timeout: float | None = None) -> int:
        """As of Held."""
        if self.returncode is None and not select.select([self.line], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        with self.lock:
            if self.returncode is None:
                word = self.line.recv(_LONGEST_WORD)
                self.returncode = int(json.loads(word)) if word else _UNKNOWN
            return self.returncode

    def kill(self) -> None:
        """As of Held."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def _warmed(address: str, asked: Asked, stdout: int, stderr: int) -> Held:
    """Raises OSError where nobody is at the address."""
    with contextlib.ExitStack() as undo:
        line = undo.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        line.settimeout(SECONDS)
        line.connect(address)
        with contextlib.ExitStack() as given:
            theirs, to_it = os.pipe()
            given.callback(os.close, theirs)
            stdin = undo.enter_context(os.fdopen(to_it, "wb", 0))
            out, said = _stream(stdout, theirs)
            given.callback(os.close, said)
            errors, complained = _stream(stderr, said)
            given.callback(os.close, complained)
            for stream in (out, errors):
                if stream:
                    undo.enter_context(stream)
            pid = ask(line, asked, (theirs, said, complained))
        line.settimeout(None)
        undo.pop_all()
    return _Warmed(line, pid, stdin, out, errors)


def _stream(where: int, out: int) -> tuple[IO[bytes] | None, int]:
    """What its starter reads, if anything, and the descriptor that it writes to; `out`: the one of standard output."""
    if where == subprocess.PIPE:
        ours, theirs = os.pipe()
        return os.fdopen(ours, "rb"), theirs
    if where == subprocess.DEVNULL:
        return None, os.open(os.devnull, os.O_WRONLY)
    return None, os.dup(out if where == subprocess.STDOUT else where)
