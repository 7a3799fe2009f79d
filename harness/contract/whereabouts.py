"""Where a process of a run is in its code, written down when the run asks: a file a process beside the journal."""

import faulthandler
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

FOLDER = "stacks"
EVERY_SECONDS = 30.0  # with --faulthandler
_ASKED = "asked"  # the file that asks
_LOOK_SECONDS = 0.2


@contextmanager
def answering(folder: Path, name: str, *, again_and_again: bool = False) -> Iterator[None]:
    """This process writes the stacks of its threads when `ask` is called, and with `again_and_again` by itself, too. Nothing
    is left of it where nobody asked.

    A thread looks for the question: a signal that faulthandler answers by itself reads frames that other threads go on
    with meanwhile, and now and then ends the process by SIGSEGV."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    over = threading.Event()
    with (place / f"{name}.{os.getpid()}.txt").open("a", encoding="utf-8") as file:
        asked = (place / _ASKED, file, over, EVERY_SECONDS if again_and_again else float("inf"))
        thread = threading.Thread(target=_answer, args=asked, name="whereabouts", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            with suppress(FileNotFoundError):  # somebody took the folder away
                if not Path(file.name).stat().st_size:
                    Path(file.name).unlink()
    leave(folder)


def ask(folder: Path) -> None:
    """Asks all who answer in this folder; a full disk keeps nobody from ending."""
    with suppress(OSError):
        (folder / FOLDER / _ASKED).touch()


def answers(folder: Path) -> dict[int, tuple[str, Path]]:
    """Who answers there, by process id: its name and its file."""
    files = sorted((folder / FOLDER).glob("*.*.txt"))
    return {int(path.stem.rpartition(".")[2]): (path.stem.rpartition(".")[0], path) for path in files}


def forget(folder: Path) -> None:
    """What was asked."""
    (folder / FOLDER / _ASKED).unlink(missing_ok=True)


def leave(folder: Path) -> None:
    """The last who answered there takes the folder away, unless something is left in it."""
    with suppress(OSError):
        (folder / FOLDER).rmdir()


def _answer(asked: Path, file: TextIO, over: threading.Event, every: float) -> None:
    known, silent = _when(asked), 0.0
    while not over.wait(_LOOK_SECONDS):
        silent += _LOOK_SECONDS
        if _when(asked) != known or silent >= every:
            known, silent = _when(asked), 0.0
            faulthandler.dump_traceback(file, all_threads=True)


def _when(asked: Path) -> int:
    return asked.stat().st_mtime_ns if asked.exists() else 0
