"""The processes of a run, when it stands still: each is asked where it is in its code, and those that do not answer are named."""

import time
from contextlib import suppress
from pathlib import Path

import psutil

from harness.contract.whereabouts import answers, ask, forget, leave

_ANSWER_SECONDS = 5.0  # on a crowded machine
_LOOK_SECONDS = 0.05
_SILENT = "答えない"
_STATES = {
    psutil.STATUS_STOPPED: "止められている",
    psutil.STATUS_TRACING_STOP: "止められている",
    psutil.STATUS_ZOMBIE: "終わっている",
    psutil.STATUS_DISK_SLEEP: "入出力から戻らない",
}


def ask_all(folder: Path) -> dict[str, str]:
    """Asks bench, workers and network for their stacks; what is wrong with which of those that do not write them."""
    before = _written(folder)
    ask(folder)
    deadline = time.monotonic() + _ANSWER_SECONDS
    while (silent := _silent(folder, before)) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    return {f"{name}（{pid}）": _state(pid) for pid, name in silent.items()}


def kill_workers(folder: Path) -> None:
    """Ends the workers that this process started. What is on a leash ends with this process."""
    for process in psutil.Process().children():
        if process.pid in answers(folder):
            process.kill()


def tidy(folder: Path) -> None:
    """Takes away empty files of processes that are gone without having done so."""
    for pid, (_, path) in answers(folder).items():
        with suppress(FileNotFoundError):  # it has just left
            if not path.stat().st_size and not psutil.pid_exists(pid):
                path.unlink()
    forget(folder)
    leave(folder)


def _written(folder: Path) -> dict[int, int]:
    """How much each process has written that is still there."""
    sizes = {}
    for pid, (_, path) in answers(folder).items():
        with suppress(FileNotFoundError):  # it has just left
            if psutil.pid_exists(pid):
                sizes[pid] = path.stat().st_size
    return sizes


def _silent(folder: Path, before: dict[int, int]) -> dict[int, str]:
    names = answers(folder)
    return {
        pid: names[pid][0]
        for pid, size in _written(folder).items()
        if size == before.get(pid) and pid in names
    }


def _state(pid: int) -> str:
    try:
        return _STATES.get(psutil.Process(pid).status(), _SILENT)
    except psutil.NoSuchProcess:
        return _STATES[psutil.STATUS_ZOMBIE]
