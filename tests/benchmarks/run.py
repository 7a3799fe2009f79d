"""`python tests/benchmarks/run.py [RUNS]`: how long `renkei run` takes, until its first verdict and in all, and
which share of the time the gateway was waited for. Figures only; a noisy machine must not fail a test."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

RENKEI = str(Path(sys.executable).with_name("renkei"))
RUNS = 5
WAYS = {"renkei run": (), "renkei run -n 2": ("-n", "2")}


def measure(arguments: tuple[str, ...]) -> dict[str, float]:
    """Seconds: wall time in all, until the first check, of the suite alone, and spent waiting on the gateway."""
    with tempfile.TemporaryDirectory() as folder:
        run_folder = Path(folder) / "run"
        began, started = time.time(), time.perf_counter()
        command = [RENKEI, "run", "--run-folder", str(run_folder), *arguments]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        wall = time.perf_counter() - started
        lines = (
            (run_folder / "journal.jsonl").read_bytes().splitlines()
        )  # text has more ends of lines than JSON
    if done.returncode:
        raise SystemExit(f"{command} が {done.returncode} で終わった")
    entries: list[dict[str, Any]] = [json.loads(line) for line in lines]
    first = next(e for e in entries if e["type"] == "check")
    return {
        "wall": wall,
        "first verdict": datetime.fromisoformat(first["at"]).timestamp() - began,
        "suite": entries[-1]["seconds"],
        "waiting": entries[-1]["waiting_seconds"],
    }


def main() -> None:
    """Prints the median (minimum–maximum) of each figure, a warm-up not counted."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    for name, arguments in WAYS.items():
        measure(arguments)
        figures = [measure(arguments) for _ in range(runs)]
        print(f"{name}  ({runs} runs)")
        for key in figures[0]:
            values = sorted(f[key] for f in figures)
            print(f"  {key:14} {statistics.median(values):6.2f} s  ({values[0]:.2f}–{values[-1]:.2f})")
        share = statistics.median(f["waiting"] / f["suite"] for f in figures)
        print(f"  waiting on the gateway: {share:.0%} of the suite's time, summed over workers")


if __name__ == "__main__":
    main()
