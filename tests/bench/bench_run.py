"""Runs the command `renkei` as a user does, and looks at what it left behind."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from harness.processes.asked import PYTHON
from harness.processes.held import start

RENKEI = str(Path(sys.executable).with_name("renkei"))
ROOT = Path(__file__).parents[2]
WARM = "RENKEI_TESTS_WARM"  # where the warm process of these tests is: not for the runs, which start theirs themselves
LONGEST_SECONDS = 900
# A shell that puts a command into the background lets it ignore Ctrl-C, and so whatever that starts; tests of Ctrl-C
# must not depend on how they were started.
INTERRUPTIBLE = ("env", "--default-signal=INT")


@dataclass(frozen=True)
class Ended:
    """A run that is over."""

    code: int
    out: str
    err: str
    folder: Path

    def results(self) -> dict[str, Any]:
        """results.json."""
        document: dict[str, Any] = json.loads((self.folder / "results.json").read_text(encoding="utf-8"))
        return document

    def verdicts(self) -> dict[str, str]:
        """Verdict by requirement id."""
        return {r["id"]: r["verdict"] for r in self.results()["requirements"]}

    def codes(self) -> set[str]:
        """Finding codes of the checks."""
        return {c["code"] for c in self.checks() if c["code"]}

    def checks(self) -> list[dict[str, Any]]:
        """The check entries of the journal."""
        lines = (
            (self.folder / "journal.jsonl").read_bytes().splitlines()
        )  # text has more ends of lines than JSON
        return [entry for entry in map(json.loads, lines) if entry["type"] == "check"]


def without_progress(said: str) -> list[str]:
    """Lines of standard error that do not tell how far a run is."""
    return [line for line in said.splitlines() if "秒経過" not in line]


def renkei(folder: Path, *arguments: str, cwd: Path | None = None) -> Ended:
    """`renkei run ARGUMENTS` with its run folder below `folder`."""
    run_folder = folder / "run"
    words = ["run", "--run-folder", str(run_folder), *arguments]
    environment = {**os.environ, "COLUMNS": "100"}
    if (warm := os.environ.get(WARM)) and cwd is None:
        return _forked(warm, words, environment, run_folder)
    command = [RENKEI, *words]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=LONGEST_SECONDS,
        env=environment,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr, run_folder)


def _forked(warm: str, words: list[str], environment: dict[str, str], run_folder: Path) -> Ended:
    """The same, by the warm process of conftest.py."""
    command, pipe = [*PYTHON, "harness.cli", *words], subprocess.PIPE
    held = start(command, (), environment, stdout=pipe, stderr=pipe, warm=warm)
    with ThreadPoolExecutor(2) as readers:
        said = [readers.submit(_all, stream) for stream in (held.stdout, held.stderr)]
        try:
            code = held.wait(LONGEST_SECONDS)
        finally:
            if held.stdin:
                held.stdin.close()
        out, err = (words.result() for words in said)
    return Ended(code, out, err, run_folder)


def _all(stream: IO[bytes] | None) -> str:
    return stream.read().decode() if stream else ""
