"""`python tests/benchmarks/exploring.py COUNT [SECONDS] [SEED]`: how many exchanges a second exploration has with the reference
gateway, and the time of processors that each of them takes; then which of COUNT defects, drawn by the seed, it convicts in so many
seconds each, all of them where COUNT is 0. Numbers only."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median

from harness.explore.keeping import FOLDER
from harness.matrix.plan import all_defects

RENKEI = str(Path(sys.executable).with_name("renkei"))
_EXCHANGES = re.compile(r"(\d+) のやりとり")


def explored(gateway: str, seconds: float, seed: int, folder: Path) -> tuple[int, str]:
    """Exit code, and what was said first: how many stories and exchanges there were."""
    told = ["--gateway", gateway, "--seconds", str(seconds), "--seed", str(seed), "--run-folder", str(folder)]
    done = subprocess.run([RENKEI, "explore", *told], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout or done.stderr).partition("\n")[0]


def speed(seconds: float, seed: int, folder: Path) -> str:
    """Of bench, network and gateway together, their starts included: what another program on the machine takes is not in it."""
    code, said = explored("reference", seconds, seed, folder)
    found = _EXCHANGES.search(said)
    spent = os.times()
    used = 1000 * (spent.children_user + spent.children_system)
    each = f"{used / int(found[1]):.1f} ms" if found else "-"
    return f"reference: 終了コード {code}。{said}。やりとり 1 回に CPU {each}"


def main() -> int:
    """0, whatever the numbers are."""
    count, seconds, seed = (int(word) for word in [*sys.argv[1:], "60", "1"][:3])
    folder = Path(tempfile.mkdtemp(prefix="renkei-exploring-"))
    print(speed(seconds, seed, folder / "reference"), flush=True)
    # What shows under load only has a registry of its own, and is none of these.
    names = sorted(defect.name for defect in all_defects())
    drawn = Random(seed).sample(names, count) if count else names
    convicted, steps = 0, []
    for name in drawn:
        code, said = explored(f"reference+{name}", seconds, seed, folder / name)
        convicted += code == 1
        kept = sorted((folder / name / FOLDER).glob("*.json"))
        found = [json.loads(path.read_text(encoding="utf-8")) for path in kept]
        sizes = [sum(len(beat) for beat in one["story"]) for one in found]
        steps += sizes
        broken = "、".join(one["requirement"] for one in found)
        print(f"{name}: 終了コード {code}、{broken or '小さな順序なし'}（操作 {sizes}）。{said}", flush=True)
    print(
        f"{len(drawn)} の欠陥のうち {convicted} を見つけた。"
        f"操作の数の中央値 {median(steps) if steps else '-'}。{folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
