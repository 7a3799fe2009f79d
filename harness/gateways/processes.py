"""Processes that the bench starts: each on a leash, each ended by the handle that started it."""

import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from harness.gateways import leash
from harness.spec.findings import ConfigurationError

READY_SECONDS = 15.0
STOP_SECONDS = leash.GRACE_SECONDS + 2.0


@dataclass(frozen=True)
class Process:
    """A leashed process. `ready` is the JSON object of its first line, empty where none was asked for."""

    name: str
    leash: subprocess.Popen[bytes]
    ready: dict[str, Any]

    @classmethod
    def start(cls, name: str, command: list[str], log: Path, env: dict[str, str], *, announces: bool) -> Self:
        """Starts it. With `announces`, waits for the line of JSON by which it says that it listens.

        Raises ConfigurationError with the last line of its log when it ends or stays silent instead.
        """
        with log.open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", leash.__file__, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if announces else errors,
                stderr=errors,
                env={**os.environ, **env},
                start_new_session=True,
            )
        handle = cls(name, process, {})
        if not announces:
            return handle
        try:
            return cls(name, process, _first_line(process))
        except (queue.Empty, ValueError) as error:
            handle.stop()
            raise ConfigurationError(f"{name} を起動できない（{_last_line(log)}）。記録: {log}") from error

    def alive(self) -> bool:
        """Does the process still run?"""
        return self.leash.poll() is None

    def stop(self) -> None:
        """Ends the process and all that it started; returns when it is gone."""
        if self.leash.stdin:
            self.leash.stdin.close()
        try:
            self.leash.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.leash.kill()
            self.leash.wait()
        if self.leash.stdout:
            self.leash.stdout.close()


def _first_line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Raises queue.Empty when nothing comes in time, ValueError when it is not the object that was promised."""
    lines: queue.Queue[bytes] = queue.Queue()
    stdout = process.stdout
    assert stdout is not None
    threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
    ready = json.loads(lines.get(timeout=READY_SECONDS))
    if not isinstance(ready, dict) or ready.get("ready") is not True:
        raise ValueError("not ready")
    return ready


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else f"{READY_SECONDS:.0f} 秒待っても応答がない"
