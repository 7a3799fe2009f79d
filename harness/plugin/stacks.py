"""Where each process of a run is in its code, written down when somebody asks: a file a process in the run folder."""

import faulthandler
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from harness.processes import leash

FOLDER = "stacks"
EVERY_SECONDS = 30.0  # with --faulthandler
_ASK = signal.SIGUSR1
_ANSWER_SECONDS = 2.0
_LOOK_SECONDS = 0.05
_LEASH = "leash"
_OWN_SERVERS = "mocks."  # the stand-ins write theirs into their log
_STATES = {
    psutil.STATUS_STOPPED: "止められている",
    psutil.STATUS_TRACING_STOP: "止められている",
    psutil.STATUS_ZOMBIE: "終わっている",
    psutil.STATUS_DISK_SLEEP: "入出力から戻らない",
}


@contextmanager
def answering(folder: Path, name: str, *, again_and_again: bool) -> Iterator[None]:
    """This process writes its stacks when it is asked, and with `again_and_again` by itself, too. Nothing is left of it
    where nobody asked."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    with (place / f"{name}.{os.getpid()}.txt").open("a", encoding="utf-8") as file:
        faulthandler.register(_ASK, file, all_threads=True)
        if again_and_again:
            faulthandler.dump_traceback_later(EVERY_SECONDS, repeat=True, file=file)
        try:
            yield
        finally:
            if again_and_again:
                faulthandler.cancel_dump_traceback_later()
            faulthandler.unregister(_ASK)
    _tidy(place)


def ask_all(folder: Path) -> dict[str, str]:
    """Asks every process of this run for its stacks; what is wrong with which of them, where the system can tell."""
    states = {}
    for name, process in _processes(folder):
        with suppress(psutil.Error):
            state = process.status()
            if state in _STATES:
                states[f"{name}（{process.pid}）"] = _STATES[state]
            os.kill(process.pid, _ASK)
    deadline = time.monotonic() + _ANSWER_SECONDS
    while any(not path.stat().st_size for path in _files(folder)) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    return states


def kill_workers(folder: Path) -> None:
    """Ends the workers that this process started. What is on a leash ends with this process."""
    for _, process in _processes(folder):
        if process.pid != os.getpid() and process.ppid() == os.getpid():
            process.kill()


def _processes(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """This process and its own workers, which have a file, and the stand-ins behind its leashes: others below this process, as of
    tests beside the run, were not told what it means to be asked."""
    own = psutil.Process()
    named = {int(path.stem.rpartition(".")[2]): path.stem.rpartition(".")[0] for path in _files(folder)}
    for process in (own, *own.children(recursive=True)):
        with suppress(psutil.Error):
            command = [*process.cmdline(), process.name()]  # the name of what a warm process forked (warm.py)
            if process.pid in named:
                yield named[process.pid], process
            elif any(part.startswith(_OWN_SERVERS) for part in command) and _is_leash(process.parent()):
                yield next(part for part in command if part.startswith(_OWN_SERVERS)), process


def _is_leash(process: psutil.Process | None) -> bool:
    """By its file, or by the name of one that a warm process forked."""
    return process is not None and (leash.__file__ in process.cmdline() or process.name() == _LEASH)


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.txt"))


def _tidy(place: Path) -> None:
    """Takes away empty files of processes that are gone; the last to leave takes the folder."""
    for path in place.glob("*.txt"):
        pid = int(path.stem.rpartition(".")[2])
        with suppress(FileNotFoundError):
            if not path.stat().st_size and (pid == os.getpid() or not psutil.pid_exists(pid)):
                path.unlink()
    with suppress(OSError):
        place.rmdir()
