"""`python -m tests.benchmarks.no_end COUNT BUSY [RENKEI ARGUMENTS]`: repeats a run of a clean `command:` gateway, `-n 2`, its
output piped, beside BUSY processes that only compute, and tells the slowest. One that does not end in time is told and ended, its run
folder kept; whatever still holds the pipe then counts as not ended, too."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from harness.contract.journal import FILE_NAME
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import RENKEI
from tests.bench.test_bench_kinds import started_by_the_bench, statement

LONGEST_SECONDS = 300.0
_COMPUTES = "while True: pass"


@dataclass(frozen=True)
class Ended:
    """How one run ended; code None where it had to be ended."""

    code: int | None
    seconds: float
    last_words: str


def run_once(folder: Path, arguments: list[str]) -> Ended:
    """One run from start to the end of its output."""
    folder.mkdir()
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    line = started_by_the_bench(port, "$RENKEI_NETWORK_URL")
    path = statement(folder, port, network)
    command = [RENKEI, "run", "--gateway", line, "--statement", str(path), "-n", "2"]
    command += ["--run-folder", str(folder / "run"), *arguments]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        try:
            said, _ = run.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            run.kill()
            said, _ = run.communicate()
            return Ended(None, time.perf_counter() - started, _last(said))
        return Ended(run.returncode, time.perf_counter() - started, _last(said))


def _last(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _last_entry(folder: Path) -> str:
    journal = folder / "run" / FILE_NAME
    if not journal.exists():
        return "記録なし"
    entry = json.loads(journal.read_bytes().splitlines()[-1])
    return f"最後の記録 {entry['at']} {entry['by']} {entry['type']} {entry.get('scenario', '')}"


def main() -> int:
    """Exit code 1 when any run did not end or did not conform."""
    count, at_work, arguments = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    folder = Path(tempfile.mkdtemp(prefix="renkei-no-end-"))
    busy = [subprocess.Popen([sys.executable, "-c", _COMPUTES]) for _ in range(at_work)]
    seconds, wrong = [], 0
    try:
        for number in range(1, count + 1):
            place = folder / str(number)
            ended = run_once(place, arguments)
            seconds.append(ended.seconds)
            if ended.code == 0:
                shutil.rmtree(place)
                continue
            wrong += 1
            how = "終わらない" if ended.code is None else f"{ended.code} で終わった"
            print(
                f"{number}: {ended.seconds:.0f} 秒、{how}（{ended.last_words}。{_last_entry(place)}）→ {place}",
                flush=True,
            )
    finally:
        for one in busy:
            one.kill()
            one.wait()
    print(
        f"{count} 回: 中央 {statistics.median(seconds):.1f} 秒、最も遅い {max(seconds):.1f} 秒、{wrong} 回が適合しない"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
