"""`renkei matrix`: which requirement convicts which defect, shown by running the whole suite on each."""

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.matrix_mutants import try_mutants
from harness.cli.start import Start
from harness.cli.streams import told
from harness.contract.texts import one_line
from harness.contract.versions import FIRST
from harness.gateways.reference import CALLS
from harness.matrix.coverage import Coverage, later_scenarios, read_coverage
from harness.matrix.plan import Choice, NoDefectsError, all_defects, choose, part_of
from harness.matrix.running import Job, Runner, run_all, running
from harness.plugin.options import SEED_BITS
from harness.record.matrix import (
    CLEAN,
    CLEAN_IN_PART,
    Control,
    Defect,
    Matrix,
    MatrixOrder,
    Ran,
    Row,
    control_of,
    matrix_of,
    row_of,
)
from reports.languages import files_of
from reports.matrix import html as matrix_html
from reports.matrix import json_view as matrix_json
from reports.matrix.summary import summary
from reports.run.views import write_file

_EMPTY = ("null", "refuses-everything")
_WAITING = 2  # processors' worth of workers for a run that waits for answers which never come


def matrix(  # noqa: PLR0913  # one parameter an option of the command line
    out: Annotated[Path | None, typer.Option(help="書き出すフォルダー（省略時は matrices/日時）")] = None,
    defect: Annotated[list[str] | None, typer.Option(help="この欠陥だけ（繰り返せる）")] = None,
    requirement: Annotated[list[str] | None, typer.Option(help="この要件だけ（繰り返せる）")] = None,
    part: Annotated[str, typer.Option(help="K/N: K 番目から N 個おきの欠陥（変異体）だけ")] = "",
    workers: Annotated[
        int | None,
        typer.Option("-n", min=1, max=64, help="並列数（省略時は CPU の数の4倍。--mutants では CPU の数）"),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="住民データの種（省略時は毎回新しい種）")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="すべての実行フォルダーを残す")] = False,
    mutants: Annotated[
        bool,
        typer.Option("--mutants", help="欠陥の代わりに、適合した記録の一か所を言い換えた変異体を判定する"),
    ] = False,
    record: Annotated[
        Path | None, typer.Option(help="変異体の元になる実行フォルダー（省略時は実行する）")
    ] = None,
) -> None:
    """Runs the suite on every defect and exits 0, 1, 2, 3 or 4 (harness.record.matrix.Matrix.exit)."""
    choice = Choice(tuple(defect or ()), tuple(requirement or ()), part)
    try:
        if mutants or record:
            _only_mutants(choice, keep, mutants)
            made = _make(out or _folder())
            raise typer.Exit(int(try_mutants(made, record, part, workers or os.cpu_count() or 1, seed)))
        chosen = choose(choice, all_defects())
        folder = _make(out or _folder())
    except ConfigurationError as error:
        end(error)
    except NoDefectsError as error:
        end(one_line(str(error), 1000), Exit.BENCH_ERROR)
    order, start = _order(choice, len(chosen), seed), Start.now()
    found = _run(folder, _Plan(order, tuple(chosen), choice.requirements), workers or _jobs_at_once(), keep)
    whole = matrix_of(order, found.rows, found.controls, start.seconds)
    _write(whole, folder, start)
    raise typer.Exit(int(whole.exit))


def _order(choice: Choice, defects: int, seed: int | None) -> MatrixOrder:
    return MatrixOrder(
        defects=defects,
        controls=1 + len(CLEAN_IN_PART) + len(_EMPTY),
        seed=secrets.randbits(SEED_BITS) if seed is None else seed,
        part=choice.part,
        narrowed=bool(choice.requirements),
    )


@dataclass
class _Found:
    """What the runs came to so far."""

    rows: list[Row] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)


def _same(order: MatrixOrder, narrowed: tuple[str, ...]) -> tuple[str, ...]:
    return ("--seed", str(order.seed), *(part for id_ in narrowed for part in ("--requirement", id_)))


def _jobs(
    order: MatrixOrder, chosen: list[Defect], narrowed: tuple[str, ...], coverage: Coverage | None
) -> list[Job]:
    """What comes after the clean gateway."""
    same = _same(order, narrowed)
    waiting = ("-n", str(1 if narrowed else _WAITING))
    empty = [
        Job("null", "null", (*same, "--brief", *waiting), idle=True),
        Job("refuses-everything", "refuses-everything", (*same, "--brief")),
    ]
    clean = [Job(gateway.replace(":", "-"), gateway, same) for gateway in CLEAN_IN_PART]
    return [*empty, *clean, *(_job(defect, same, coverage) for defect in chosen)]


def _job(defect: Defect, same: tuple[str, ...], coverage: Coverage | None) -> Job:
    """The scenarios that the defect can change: every requirement by the first row of its outlines, the one that
    the defect breaks by all rows. What a later contract forbids shows in acts, which no brief run has, and in scenarios that
    the clean gateway, being of the first, did not run."""
    if defect.contract != FIRST:
        few = (
            (*coverage.affected((), defect.requirement), *later_scenarios(defect.requirement))
            if coverage
            else None
        )
        return Job(defect.name, f"{CLEAN}+{defect.name}", same, scenarios=few)
    brief = ("--brief", "--whole", defect.requirement)
    # The clean run was of the gateway that declares everything.
    known = None if defect.profile else coverage
    named = known.affected(defect.methods, defect.requirement) if known else None
    return Job(defect.name, f"{CLEAN}+{defect.name}", (*same, *brief), scenarios=named)


@dataclass(frozen=True)
class _Plan:
    """What is to be run."""

    order: MatrixOrder
    chosen: tuple[Defect, ...]
    narrowed: tuple[str, ...]


def _jobs_at_once() -> int:
    """Four times the processors: of a run of a few scenarios, most is waiting for what may still come late."""
    return 4 * (os.cpu_count() or 1)


def _run(folder: Path, plan: _Plan, workers: int, keep: bool) -> _Found:
    """Everything that ended before Ctrl-C or SIGTERM, if one comes. The clean gateway first and alone: which of its
    functions a scenario calls says which defects the scenario can notice."""
    found, defects = _Found(), {defect.name: defect for defect in plan.chosen}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    with running(folder) as runner, bar:
        task = bar.add_task("検証中", total=plan.order.defects + plan.order.controls)
        judge = _judge(runner, found, defects, keep)

        def done(job: Job, ran: Ran) -> None:
            judge(job, ran)
            bar.update(task, advance=1, description=f"検証中（{job.name} {ran.seconds:.0f} 秒）")

        try:
            clean = Job(CLEAN, f"{CLEAN}:{CALLS}", _same(plan.order, plan.narrowed))
            run_all(runner, [clean], 1, done)
            coverage = read_coverage(runner.run_folder(clean))
            if not keep and all(control.as_expected for control in found.controls):
                runner.forget(clean)
            jobs = _jobs(plan.order, list(plan.chosen), plan.narrowed, coverage)
            run_all(runner, jobs, workers, done)
        except KeyboardInterrupt:
            sys.stderr.write("中断した。ここまでの結果を書き出す。\n")
    return found


def _judge(
    runner: Runner, found: _Found, defects: dict[str, Defect], keep: bool
) -> Callable[[Job, Ran], None]:
    def judge(job: Job, ran: Ran) -> None:
        if job.gateway.startswith(f"{CLEAN}+"):
            row = row_of(defects[job.name], ran)
            found.rows.append(row)
            expected = row.as_expected
        else:
            control = control_of(job.gateway.removesuffix(f":{CALLS}"), ran)
            found.controls.append(control)
            expected = control.as_expected and job.name != CLEAN  # that one is still to be read
        if expected and not keep:
            runner.forget(job)

    return judge


def _write(matrix: Matrix, folder: Path, start: Start) -> None:
    write_file(folder / matrix_json.FILE_NAME, matrix_json.matrix_json(matrix))
    for each, name in files_of(matrix_html.FILE_NAME).items():
        write_file(folder / name, matrix_html.matrix_html(matrix, each, start.at))
    for line in summary(matrix):
        print(line)
    told("書き出したフォルダー: {0}", one_line(str(folder), 300))


def _only_mutants(choice: Choice, keep: bool, mutants: bool) -> None:
    if not mutants:
        raise ConfigurationError("--record は --mutants とともに指定する。")
    if choice.names or choice.requirements or keep:
        raise ConfigurationError("--mutants に --defect、--requirement、--keep は効かない。外す。")
    part_of(choice.part)


def _folder() -> Path:
    return Path(f"matrices/{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}")


def _make(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, mode=0o700)
    except FileExistsError as error:
        raise ConfigurationError(f"{folder}: もうある。別の --out を指定する。") from error
    except OSError as error:
        raise ConfigurationError(f"{folder}: 作れない（{error.strerror}）。") from error
    return folder.absolute()
