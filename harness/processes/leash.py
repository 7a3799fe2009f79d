"""Runs one command and ends it when whoever started this ends: `python leash.py [OPTION…] COMMAND ARG…`.

The starter holds the other end of our standard input; however it goes away, kill -9 included, the pipe closes.
Linux gives us every descendant that its parent leaves behind, whatever session it moved to, so that all that was
started here is ended here, and nothing else: a process is held by its descriptor before it is looked at once more
and signalled, as its id may have passed to another. Standard library only: it starts in 20 ms.

Options: `--to-the-last` lives on while a descendant does (the command may put itself into the background);
`--first-line` gives the command the first line of our standard input as its own.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

GRACE_SECONDS = 3.0  # a gateway may flush its database on SIGTERM; then SIGKILL
TO_THE_LAST, FIRST_LINE = "--to-the-last", "--first-line"
CANNOT_START = 127
_KILLING_SECONDS = 1.5  # whoever forks as fast as it is killed
_PAUSE_SECONDS = 0.01
_DUMPABLE, _SUBREAPER = 4, 36  # prctl(2): PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER


def main(arguments: list[str]) -> int:
    """Exit code of the command, less than 0 where a signal ended it, or 127 when it cannot be started."""
    options = list(takewhile(lambda word: word.startswith("--"), arguments))
    command = arguments[len(options) :]
    lead()
    line = first_line() if FIRST_LINE in options else b""
    source = subprocess.PIPE if line else subprocess.DEVNULL
    try:
        child = subprocess.Popen(command, stdin=source, start_new_session=True)
    except OSError as error:
        name = command[0].partition("=")[0]  # PASSWORD=… before a command is a shell's way
        sys.stderr.write(f"{name}: 起動できない（{error.strerror}）\n")
        return CANNOT_START
    if child.stdin:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(line)
            child.stdin.close()
    return hold(child.pid, to_the_last=TO_THE_LAST in options)


def lead() -> None:
    """From now on, this process is given every descendant that loses its parent, and keeps itself to itself."""
    with contextlib.suppress(OSError, AttributeError):  # elsewhere than on Linux
        system = ctypes.CDLL(None)
        system.prctl(_SUBREAPER, 1, 0, 0, 0)
        system.prctl(_DUMPABLE, 0, 0, 0, 0)


def first_line() -> bytes:
    """That of our standard input, and nothing behind it."""
    line = b""
    while not line.endswith(b"\n") and (more := os.read(0, 1)):
        line += more
    return line


def hold(leader: int, *, to_the_last: bool) -> int:
    """Until the command has ended, whose process this is, or the starter has; its exit code as main gives it. Nothing that
    it started is left."""
    family = _Family(leader, to_the_last)
    threading.Thread(target=_watch_starter, args=(family,), daemon=True).start()
    family.wait()
    family.kill()
    return family.status


@dataclass
class _Family:
    """The command and its descendants. `status`: as main gives it; `led`: the leader is not reaped, so that the id of
    its group is still its own."""

    leader: int
    to_the_last: bool
    status: int = 0
    led: bool = True
    ended: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Until the leader has ended, or all of them have."""
        while True:
            try:
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            except ChildProcessError:
                break
            if found is not None and found.si_pid == self.leader:
                self.status = found.si_status if found.si_code == os.CLD_EXITED else -found.si_status
                if not self.to_the_last:
                    break
                self.led = False
            if found is not None:
                os.waitpid(found.si_pid, 0)
        self.ended.set()

    def ask(self) -> None:
        """SIGTERM to the group of the command and to who lost their parent: the others are told by theirs."""
        self._signal_group(signal.SIGTERM)
        for pid in _descendants():
            if pid != self.leader and _state(pid)[1] == os.getpid():
                _send(pid, signal.SIGTERM)

    def kill(self) -> None:
        """Until nobody is left."""
        deadline = time.monotonic() + _KILLING_SECONDS
        self._signal_group(signal.SIGKILL)
        while (there := list(_descendants())) and time.monotonic() < deadline:
            for pid in there:
                _send(pid, signal.SIGKILL)
            time.sleep(_PAUSE_SECONDS)

    def _signal_group(self, number: int) -> None:
        if self.led:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.leader, number)


def _watch_starter(family: _Family) -> None:
    while os.read(0, 4096):
        pass
    family.ask()
    family.ended.wait(GRACE_SECONDS)
    family.kill()


def _descendants() -> Iterator[int]:
    """Ids of those that run; nobody where the system has no /proc."""
    with contextlib.suppress(FileNotFoundError):
        for name in os.listdir("/proc"):
            if name.isdigit() and _is_below(int(name)):
                yield int(name)


def _is_below(pid: int) -> bool:
    state, parent = _state(pid)
    if state in {"", "Z"}:
        return False
    while parent > 1:
        if parent == os.getpid():
            return True
        parent = _state(parent)[1]
    return False


def _state(pid: int) -> tuple[str, int]:
    """State and parent, of proc(5); "" for nobody."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # pathlib would double the start
            found = file.read().rpartition(b")")[2].split()
    except OSError:
        return "", 0
    return found[0].decode(), int(found[1])


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(OSError):  # gone meanwhile
        held = os.pidfd_open(pid)
        try:
            if _is_below(pid):
                signal.pidfd_send_signal(held, number)
        finally:
            os.close(held)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the starter's business; it closes the pipe
    code = main(sys.argv[1:])
    if code < 0:
        with contextlib.suppress(OSError):  # SIGKILL has no handler
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)
