"""`renkei matrix --mutants`: what the judge of the whole record makes of gateways that differ from a clean one in one thing."""

import secrets
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.cli.start import Start
from harness.cli.streams import told
from harness.contract.texts import one_line
from harness.matrix.mutants.trying import Share, bench_of, judged
from harness.matrix.plan import NoDefectsError, part_of
from harness.matrix.running import Job, Runner, run_all, running
from harness.plugin.options import SEED_BITS
from harness.record.matrix import CLEAN, Ran
from harness.record.mutants import Judged, Mutants, Reasons
from reports.languages import files_of
from reports.matrix import mutants as views
from reports.run.views import write_file

_SHARES: Final = 20  # for each worker: so often it is told how far it is
_WORKERS: Final = "2"  # of the clean run


def try_mutants(folder: Path, record: Path | None, part: str, workers: int, seed: int | None) -> Exit:
    """Writes mutants.json and mutants.html. Raises ConfigurationError for a record that none can be made of, NoDefectsError where the
    clean run does not conform."""
    start = Start.now()
    first, step = part_of(part)
    if record:
        return _write(folder, _all(record, first, step, workers), part, start)
    with running(folder) as runner:
        clean = _clean_run(runner, secrets.randbits(SEED_BITS) if seed is None else seed)
        rows = _all(runner.run_folder(clean), first, step, workers)
        runner.forget(clean)
    return _write(folder, rows, part, start)


def _clean_run(runner: Runner, seed: int) -> Job:
    sys.stderr.write("参照ゲートウェイを検証し、その記録から変異体を作る。\n")
    job, ended = Job(CLEAN, CLEAN, ("--seed", str(seed), "-n", _WORKERS)), list[Ran]()
    run_all(runner, [job], 1, lambda _, ran: ended.append(ran))
    if not ended or ended[0].exit_code != Exit.CONFORMS:
        said = ended[0].said if ended else "止められた"
        raise NoDefectsError(f"変異体の元になる参照ゲートウェイの実行が適合しない: {one_line(said, 300)}")
    return job


def _all(record: Path, first: int, step: int, workers: int) -> list[Judged]:
    """Each worker reads the record for itself, once for each of its shares: that takes seconds, and they share no state."""
    bench_of(record)  # one sentence now, rather than one from each worker
    shares = workers * _SHARES if step == 1 else workers
    jobs = [Share(record, first + step * number, step * shares) for number in range(shares)]
    rows: list[Judged] = []
    tell = _progress(len(jobs))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(judged, job) for job in jobs]):
            rows += done.result()
            tell(rows)
    return rows


def _progress(total: int) -> Callable[[list[Judged]], None]:
    began, ended = time.monotonic(), list[float]()

    def tell(rows: list[Judged]) -> None:
        ended.append(time.monotonic())
        left = (ended[-1] - began) / len(ended) * (total - len(ended))
        convicted = sum(row.convicted for row in rows)
        sys.stderr.write(f"変異体 {len(rows)}（不合格 {convicted}）、残り約 {left / 60:.0f} 分\n")

    return tell


def _write(folder: Path, rows: list[Judged], part: str, start: Start) -> Exit:
    if not rows:
        raise ConfigurationError("その指定に当たる変異体が一つもない。--part と --record を見直す。")
    whole = Mutants.of(rows, Reasons.published(), part, start.seconds)
    write_file(folder / views.JSON_NAME, views.mutants_json(whole))
    for each, name in files_of(views.HTML_NAME).items():
        write_file(folder / name, views.mutants_html(whole, each, start.at))
    for line in views.summary(whole):
        print(line)
    told("書き出したフォルダー: {0}", one_line(str(folder), 300))
    return whole.exit
