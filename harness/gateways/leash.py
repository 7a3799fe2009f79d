"""Runs one command and ends it when whoever started this ends: `python leash.py COMMAND ARG…`.

The starter holds the other end of our standard input; however it goes away, kill -9 included, the pipe closes.
Only the process group that was started here is ever signalled, and only while its leader is not yet reaped, so
that its id cannot have passed to another process. Standard library only: it starts in 20 ms.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading

GRACE_SECONDS = 3.0  # a gateway may flush its database on SIGTERM; then SIGKILL


def main(command: list[str]) -> int:
    """Exit code of the command, or 127 when it cannot be started."""
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: 起動できない（{error.strerror}）\n")
        return 127
    ended = threading.Event()
    threading.Thread(target=_watch_child, args=(child.pid, ended), daemon=True).start()
    threading.Thread(target=_watch_starter, args=(child.pid, ended), daemon=True).start()
    ended.wait()
    _signal_group(child.pid, signal.SIGKILL)  # what the leader left behind in its group
    return child.wait()


def _watch_child(pid: int, ended: threading.Event) -> None:
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    ended.set()


def _watch_starter(pid: int, ended: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    _signal_group(pid, signal.SIGTERM)
    ended.wait(GRACE_SECONDS)
    ended.set()


def _signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the starter's business; it closes the pipe
    sys.exit(main(sys.argv[1:]))
