"""Stories written by hand, performed by the commands as a user does."""

import json
import subprocess
from pathlib import Path

from tests.bench.bench_run import RENKEI

Told = list[list[dict[str, object]]]


def kept(folder: Path, requirement: str, story: object) -> Path:
    """As exploration keeps what it found."""
    file = folder / "kept.json"
    document = {"version": 1, "seed": 11, "requirement": requirement, "story": story}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`renkei WORDS`, with a run folder of its own."""
    arguments = [RENKEI, *words, "--run-folder", str(folder / "run")]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)
