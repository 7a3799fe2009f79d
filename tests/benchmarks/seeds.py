"""`python tests/benchmarks/seeds.py COUNT [RENKEI ARGUMENTS]`: repeats the suite with ever new seeds and counts the
runs that did not conform. One that does not is a bug of the bench (or of the gateway): its run folder is kept."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RENKEI = str(Path(sys.executable).with_name("renkei"))


def main() -> int:
    """Exit code 1 when any run did not conform."""
    count, arguments = int(sys.argv[1]), sys.argv[2:]
    folder = Path(tempfile.mkdtemp(prefix="renkei-seeds-"))
    failed = []
    for seed in range(1, count + 1):
        run_folder = folder / str(seed)
        command = [RENKEI, "run", "--seed", str(seed), "--run-folder", str(run_folder), *arguments]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            failed.append(run_folder)
            print(f"種 {seed}: 適合しない → {run_folder}")
        else:
            shutil.rmtree(run_folder)
    print(f"{count} 回のうち {len(failed)} 回が適合しない")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
