"""Processes that the bench starts: each on a leash, each ended by the handle that started it."""

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from harness.catalogue.findings import ConfigurationError
from harness.processes import held, leash
from harness.processes.asked import ADDRESS
from harness.processes.output import Output

READY_SECONDS = 15.0
STOP_SECONDS = leash.GRACE_SECONDS + 4.0
ENDED = "gateway.ended"  # in the run folder: how a gateway of ours came to an end that nobody asked for
_LAST_LINES = 3
_LONGEST_WORDS = 300  # characters
_SILENCE = f"{READY_SECONDS:.0f} 秒待っても応答がない"


@dataclass(frozen=True)
class Process:
    """A leashed process. `ready` is the JSON object of its first line, empty where none was asked for."""

    name: str
    leash: held.Held
    ready: Mapping[str, object]
    output: Output
    stopping: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def start(  # noqa: PLR0913  # what a process is told
        cls,
        name: str,
        command: list[str],
        log: Path,
        env: Mapping[str, str],
        *,
        announces: bool,
        line: str = "",
        to_the_last: bool = False,
    ) -> Self:
        """Starts it; it is told nothing of the folder of its log. With `announces`, waits for the line of JSON by which
        it says that it listens. `line` comes to its standard input: what stands in argv or environment, others read.

        Raises ConfigurationError with the last line of its log when it ends or stays silent instead.
        """
        options = [leash.TO_THE_LAST] if to_the_last else []
        process = held.start(
            command,
            [*options, *_given(line)],
            {**_discreet(os.environ, log.parent), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if announces else subprocess.STDOUT,
            warm=os.environ.get(ADDRESS),
        )
        handle = cls(name, process, {}, Output(log))
        handle._tell(line)
        first: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        for pipe in (process.stderr, process.stdout):
            if pipe:
                announced = announces and pipe is process.stdout
                handle.output.follow(pipe, first.put if announced else None)
        if not announces:
            return handle
        try:
            return cls(name, process, _ready(first.get(timeout=READY_SECONDS)), handle.output)
        except (queue.Empty, ValueError) as error:
            handle.stop()
            said = " / ".join(handle.output.last_lines(1))[:_LONGEST_WORDS] or _SILENCE
            raise ConfigurationError(f"{name} を起動できない（{said}）。記録: {log}") from error

    def alive(self) -> bool:
        """Does the process still run?"""
        return self.leash.poll() is None

    def ended(self) -> str | None:
        """How it came to its end and what it said last; None while it runs."""
        if self.alive():
            return None
        self.output.close()
        said = " / ".join(self.output.last_lines(_LAST_LINES))[:_LONGEST_WORDS]
        last = f"最後の記録: {said}" if said else "何も記録していない"
        return f"{self.name}が終わった（{_status(self.leash.wait())}。{last}）"

    def note_end(self, folder: Path) -> None:
        """From now on, an end that nobody asked for is written into the folder, where workers find it."""
        threading.Thread(target=self._note_end, args=(folder / ENDED,), daemon=True).start()

    def kill(self) -> None:
        """SIGKILL to all that it started, as when a machine fails: nobody may write anything down before."""
        self.stopping.set()
        with suppress(psutil.Error):
            for child in psutil.Process(self.leash.pid).children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()
        self.stop()

    def stop(self) -> None:
        """Ends the process and all that it started; returns when it is gone."""
        self.stopping.set()
        if self.leash.stdin:
            self.leash.stdin.close()
        try:
            self.leash.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.leash.kill()
            self.leash.wait()
        self.output.close()

    def _tell(self, line: str) -> None:
        if line and self.leash.stdin:
            with suppress(BrokenPipeError):
                self.leash.stdin.write(line.encode() + b"\n")
                self.leash.stdin.flush()

    def _note_end(self, file: Path) -> None:
        self.leash.wait()
        how = self.ended()
        if how and not self.stopping.is_set():
            beside = file.with_suffix(".new")
            with suppress(OSError):
                beside.write_text(how, encoding="utf-8")
                beside.replace(file)


def _given(line: str) -> list[str]:
    return [leash.FIRST_LINE] if line else []


def _discreet(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Without what names the run folder: whoever knows it could write into it."""
    return {name: value for name, value in environment.items() if str(folder) not in value}


def _ready(line: bytes) -> dict[str, object]:
    """Raises ValueError when it is not the object that was promised."""
    ready = json.loads(line)
    if not isinstance(ready, dict) or ready.get("ready") is not True:
        raise ValueError("not ready")
    return ready


def _status(code: int) -> str:
    if code >= 0:
        return f"終了コード {code}"
    with suppress(ValueError):
        return f"シグナル {-code} {signal.Signals(-code).name}"
    return f"シグナル {-code}"
