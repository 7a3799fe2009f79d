"""Runs `renkei run` many times at once, each in a process of its own on a leash."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.matrix.plan import last_line
from harness.processes import leash
from harness.processes.held import Held, start
from harness.processes.warming import warmed
from harness.record.matrix import Ran
from reports.run.json_view import FILE_NAME

LONGEST_SECONDS = 1800.0  # of one run; the suite has deadlines of its own, this is for a bench that hangs
RUNS = "runs"
MODULES = (  # what every run loads
    "mocks.network.__main__",
    "mocks.gateway.__main__",
    "mocks.defects.__main__",
    "mocks.miniatures.__main__",
    "harness.cli.command_line",
    "harness.cli.run",
    "harness.matrix.loading:everything",
)
_WARM_LOG = "warm.log"
_STOP_SECONDS = leash.GRACE_SECONDS + 2.0


@dataclass(frozen=True)
class Job:
    """One run to do, of these scenarios where some are named. `idle` ones mostly wait on their gateway and run beside
    the others."""

    name: str
    gateway: str
    arguments: tuple[str, ...] = ()
    idle: bool = False
    scenarios: tuple[str, ...] | None = None


@dataclass
class Runner:
    """Does jobs and ends them all at once when it has to. Used by one `running` block."""

    folder: Path
    warm: str = ""  # the address of the warm process that starts its runs
    lock: threading.Lock = field(default_factory=threading.Lock)
    leashes: set[Held] = field(default_factory=set)
    stopped: bool = False

    def do(self, job: Job) -> Ran | None:
        """One run from start to end; None where it was stopped."""
        run_folder = self.run_folder(job)
        errors = run_folder.with_suffix(".err")
        command = [sys.executable, "-I", "-m", "harness.cli", "run", "--gateway", job.gateway]
        command += ["--run-folder", str(run_folder), *job.arguments]
        if job.scenarios is not None:
            self.named(job).write_text("\n".join(job.scenarios) + "\n", encoding="utf-8")
            command += ["--scenarios", str(self.named(job))]
        started = time.monotonic()
        with errors.open("wb") as said:
            code = self._leashed(command, said.fileno())
        self.named(job).unlink(missing_ok=True)
        if self.stopped:
            return None
        words = last_line(errors.read_text(encoding="utf-8", errors="replace"))
        errors.unlink()
        return Ran(code, time.monotonic() - started, _results(run_folder), words)

    def stop(self) -> None:
        """Lets go of every leash: each run and whatever it started ends. Later jobs do not start."""
        with self.lock:
            self.stopped = True
            for held in self.leashes:
                if held.stdin:
                    held.stdin.close()

    def run_folder(self, job: Job) -> Path:
        """Where the run of a job leaves its files."""
        return self.folder / RUNS / job.name

    def forget(self, job: Job) -> None:
        """Deletes the files of a run at which nobody has to look."""
        shutil.rmtree(self.run_folder(job), ignore_errors=True)

    def named(self, job: Job) -> Path:
        """Where the scenarios of a job are named that runs some only."""
        return self.run_folder(job).with_suffix(".scenarios")

    def _leashed(self, command: list[str], errors: int) -> int:
        with self.lock:
            if self.stopped:
                return -1
            held = start(
                command, (), os.environ, stdout=subprocess.DEVNULL, stderr=errors, warm=self.warm or None
            )
            self.leashes.add(held)
        try:
            return held.wait(LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            os.write(errors, f"{LONGEST_SECONDS:.0f} 秒待っても終わらない\n".encode())
            return _let_go(held)
        finally:
            with self.lock:
                self.leashes.discard(held)
                if held.stdin:
                    held.stdin.close()


@contextmanager
def running(folder: Path) -> Iterator[Runner]:
    """A runner with a folder for its runs, which is gone when nothing is left in it."""
    (folder / RUNS).mkdir()
    with warmed(folder / _WARM_LOG, MODULES) as address:
        yield Runner(folder, address)
    if not any((folder / RUNS).iterdir()):
        (folder / RUNS).rmdir()


def run_all(runner: Runner, jobs: Sequence[Job], workers: int, done: Callable[[Job, Ran], None]) -> None:
    """Runs everything, `workers` jobs at once and the idle ones one by one beside them; `done` is called in this
    thread as each ends. On KeyboardInterrupt every run is ended before it is raised again."""
    ended: queue.SimpleQueue[tuple[Job, Ran | BaseException | None]] = queue.SimpleQueue()

    def work(job: Job) -> None:
        try:
            ended.put((job, runner.do(job)))
        except BaseException as error:  # raised again below, in the thread that can tell of it
            ended.put((job, error))

    busy, idle = ThreadPoolExecutor(workers), ThreadPoolExecutor(1)
    try:
        for job in jobs:
            (idle if job.idle else busy).submit(work, job)
        for _ in jobs:
            job, ran = ended.get()
            if isinstance(ran, BaseException):
                raise ran
            if ran is not None:
                done(job, ran)
    except BaseException:
        runner.stop()
        raise
    finally:
        for pool in (busy, idle):
            pool.shutdown(cancel_futures=True)


def _let_go(held: Held) -> int:
    if held.stdin:
        held.stdin.close()
    try:
        return held.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        held.kill()
        return held.wait()


def _results(run_folder: Path) -> dict[str, object] | None:
    """results.json, or None where there is none that can be read."""
    try:
        document: dict[str, object] = json.loads((run_folder / FILE_NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return document
