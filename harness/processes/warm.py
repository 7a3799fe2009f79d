"""`python -m harness.processes.warm`: a process that has loaded modules once, and forks for whoever asks one that runs a
module as a program, on a leash as any other (leash.py). What takes a fresh process half a second is there at once.

Its standard input is one line of JSON: {"socket": path, "modules": […]}. It has no thread and opens nothing when it
forks; the modules are named by whoever starts it, as `python -m` is told which. What it forks has the environment, the
folder and the descriptors that were asked for, and nothing of another's. A program that starts processes itself is
given a warm process below itself, so that whatever it starts is its descendant."""

import atexit
import ctypes
import gc
import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import FrameType

from harness.processes import leash
from harness.processes.asked import ADDRESS, Asked, receive

STARTERS = ("harness.cli",)  # the programs that start processes themselves
_PROGRAM = ".__main__"
_NAME = 15  # prctl(2): PR_SET_NAME
_WAITING = 64  # who asks at the same time


@dataclass
class _Ending:
    """How this process ends: at once when its exit handlers are through, as nobody needs the modules taken down."""

    code: int = 1  # as Python's own for what nobody caught

    def end(self) -> None:
        """The last of the exit handlers."""
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(self.code & 0xFF)


@dataclass(frozen=True)
class _Given:
    """What a forked process was given: what it was asked for, and the line to whoever asked."""

    asked: Asked
    streams: list[int]
    line: socket.socket


def main() -> int:
    """Returns in what it forked, with the exit code of that; the warm process itself is ended by its leash."""
    ending = _Ending()
    atexit.register(ending.end)  # handlers are called in reverse: before whatever the modules register
    told = json.loads(sys.stdin.readline())
    listener = _listening(told["socket"])
    load(told["modules"])
    gc.freeze()  # what is loaded is never looked at again, and so stays shared
    sys.stdout.write('{"ready": true}\n')
    sys.stdout.flush()
    ending.code = _forked(listener)
    return ending.code


def _forked(listener: socket.socket) -> int:
    given = _serve(listener)
    folder = os.path.dirname(listener.getsockname())
    listener.close()
    _take(given)
    leash.lead()
    first = leash.first_line() if given.asked.line else b""
    _call("leash")
    source = _source(first)
    if program := os.fork():
        os.close(source)
        given.line.sendall(json.dumps(leash.hold(program, to_the_last=False)).encode())
        os._exit(0)
    given.line.close()
    os.setsid()
    os.dup2(source, 0)
    os.close(source)
    if given.asked.words[0] in STARTERS:
        below = _listening(os.path.join(folder, str(os.getpid())))
        if not os.fork():
            os.setsid()  # whoever ends the program by its group leaves it the means to end what it started
            _call("warm")
            return _forked(below)
        os.environ[ADDRESS] = below.getsockname()
        below.close()
    return _run(given.asked)


def _serve(listener: socket.socket) -> _Given:
    """Returns in a forked process, once for each that is asked for."""
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        line, _ = listener.accept()
        with suppress(OSError, ValueError, LookupError):
            if found := receive(line):
                if not os.fork():
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    return _Given(*found, line)
                for descriptor in found[1]:
                    os.close(descriptor)
        line.close()


def _reap(number: int, frame: FrameType | None) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _take(given: _Given) -> None:
    """Standard streams, folder and environment as asked for; whoever asked is told who this is."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number, descriptor in enumerate(given.streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(given.asked.environment)
    given.line.sendall(f"{os.getpid()}\n".encode())


def _source(line: bytes) -> int:
    """A descriptor from which this line is read, and then its end."""
    if not line:
        return os.open(os.devnull, os.O_RDONLY)
    reading, writing = os.pipe()
    os.write(writing, line)
    os.close(writing)
    return reading


def _run(asked: Asked) -> int:
    """Runs the module; the exit code of Python."""
    module, *arguments = asked.words
    _call(module)
    os.chdir(asked.folder)
    sys.argv[:] = ["-m", *arguments]
    sys.stdin = os.fdopen(0, encoding=sys.__stdin__.encoding if sys.__stdin__ else None, closefd=False)
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return _code(ended)
    return 0


def _code(ended: SystemExit) -> int:
    if ended.code is None or isinstance(ended.code, int):
        return ended.code or 0
    sys.stderr.write(f"{ended.code}\n")
    return 1


def load(modules: Sequence[str]) -> None:
    """`module`, or `module:function` to call it as well. Those that are programs are to run as programs still."""
    for place in modules:
        name, _, function = place.partition(":")
        module = import_module(name)
        if function:
            getattr(module, function)()
        if name.endswith(_PROGRAM):
            del sys.modules[name]


def _listening(path: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(_WAITING)
    return listener


def _call(name: str) -> None:
    """What lists of processes call this one: they all have the same command line."""
    with suppress(OSError, AttributeError):  # elsewhere than on Linux
        ctypes.CDLL(None).prctl(_NAME, name.encode(), 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main())
