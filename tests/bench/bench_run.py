"""Runs the command `renkei` as a user does, and looks at what it left behind."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RENKEI = str(Path(sys.executable).with_name("renkei"))
ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 300
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
        lines = (self.folder / "journal.jsonl").read_bytes().splitlines()
        return [entry for entry in map(json.loads, lines) if entry["type"] == "check"]


def renkei(folder: Path, *arguments: str, cwd: Path | None = None) -> Ended:
    """`renkei run ARGUMENTS` with its run folder below `folder`."""
    run_folder = folder / "run"
    command = [RENKEI, "run", "--run-folder", str(run_folder), *arguments]
    environment = {**os.environ, "COLUMNS": "100"}
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
