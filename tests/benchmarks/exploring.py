"""`python tests/benchmarks/exploring.py [--defects NAME …] [--seconds N] [--seed N] [--failures N]`: how many exchanges a second
exploration has with the reference gateway, and the time of processors that each of them takes; then which defects it convicts in so many
seconds each, and how small what it keeps is. Without --defects: those of order, state, restart and concurrency (`--all`: all that there
are). Numbers only."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from harness.explore.keeping import FOLDER
from harness.matrix.plan import all_defects
from mocks.defects.at_restart import restart_names

RENKEI: Final = str(Path(sys.executable).with_name("renkei"))
_EXCHANGES: Final = re.compile(r"(\d+) のやりとり")
# What goes wrong only in some order, after something else, or at the same time as something else.
OF_ORDER: Final = (
    "accepts-replay",
    "accepts-simultaneous",
    "answers-again-later",
    "answers-twice",
    "approves-again",
    "burns-refused-ids",
    "drops-pending-on-switch",
    "drops-under-burst",
    "freezes-pending-records",
    "gives-first-record",
    "gives-up-at-once",
    "ignores-versions",
    "keeps-expired-pending",
    "keeps-first-link",
    "keeps-notices-twice",
    "knows-sent-enquiries-only",
    "lets-first-duplicate-win",
    "lets-last-answer-win",
    "lists-newest-pending-first",
    "misattributes-answer",
    "never-deletes",
    "never-ends-sessions",
    "never-expires",
    "never-notes-receipts",
    "never-redelivers",
    "repeats-refused",
    "resends-whole-batch",
    "reseals-on-retry",
    "says-new-again",
    "sends-batch-backwards",
    "sends-in-line",
    "sends-refused-answer",
    "shows-newest-first",
    "stops-at-failed-row",
    "takes-over-links",
)
MEASURED: Final = (*OF_ORDER, *restart_names())


@dataclass(frozen=True)
class Explored:
    """`said`: how many stories and exchanges there were; `broken`: requirements; `sizes`: operations of each story that was kept."""

    code: int
    said: str
    broken: tuple[str, ...]
    sizes: tuple[int, ...]


def explored(gateway: str, options: argparse.Namespace, folder: Path) -> Explored:
    """One exploration."""
    told = [f"--{name}={getattr(options, name)}" for name in ("seconds", "seed", "failures")]
    command = [RENKEI, "explore", f"--gateway={gateway}", f"--run-folder={folder}", *told]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (done.stdout or done.stderr).splitlines()
    said = next((line for line in lines if _EXCHANGES.search(line)), "".join(lines[:1]))
    kept = sorted((folder / FOLDER).glob("*.json"))
    found = [json.loads(path.read_text(encoding="utf-8")) for path in kept]
    sizes = tuple(sum(len(beat) for beat in one["story"]) for one in found)
    return Explored(done.returncode, said, tuple(one["requirement"] for one in found), sizes)


def speed(options: argparse.Namespace, folder: Path) -> str:
    """Of bench, network and gateway together, their starts included: what another program on the machine takes is not in it."""
    done = explored("reference", options, folder)
    found = _EXCHANGES.search(done.said)
    spent = os.times()
    used = 1000 * (spent.children_user + spent.children_system)
    each = f"{used / int(found[1]):.1f} ms" if found else "-"
    return f"reference: 終了コード {done.code}。{done.said}。やりとり 1 回に CPU {each}"


def measure(names: Sequence[str], options: argparse.Namespace, folder: Path) -> str:
    """Each of these defects; what came of all."""
    all_done = []
    for name in names:
        done = explored(f"reference+{name}", options, folder / name)
        all_done.append(done)
        broken = "、".join(done.broken) or "小さな順序なし"
        print(f"{name}: 終了コード {done.code}、{broken}（操作 {list(done.sizes)}）。{done.said}", flush=True)
    convicted = sum(done.code == 1 for done in all_done)
    sizes = [size for done in all_done for size in done.sizes]
    middle = median(sizes) if sizes else "-"
    return f"{len(names)} の欠陥のうち {convicted} を見つけた。操作の数の中央値 {middle}。{folder}"


def every() -> list[str]:
    """All that there are, but for those under load."""
    return sorted((*(defect.name for defect in all_defects()), *restart_names()))


def main() -> int:
    """0, whatever the numbers are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--defects", nargs="*", default=MEASURED, help="by name")
    parser.add_argument("--all", action="store_true", help="all that there are, but for those under load")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=int, default=1, help="after so many failures an exploration ends")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="renkei-exploring-"))
    print(speed(options, folder / "reference"), flush=True)
    names = every() if options.all else options.defects
    print(measure(names, options, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
