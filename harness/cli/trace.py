"""`renkei trace`: from the sections of the document to the defects, by the checks of a run that was executed."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.ending import end
from harness.cli.matrix_file import read_matrix
from harness.spec.findings import ConfigurationError
from harness.spec.journal import FILE_NAME as JOURNAL
from harness.spec.texts import one_line
from harness.spec.verdicts import Verdict
from reports import trace_html
from reports.run import read_run
from reports.trace import FILE_NAME, TracedRequirement, TracedSection, trace, trace_json
from reports.views import write_file

RUNS = Path("runs")


def trace_command(
    run_folder: Annotated[
        Path | None, typer.Option(help="実行フォルダー（省略時は runs の最も新しいもの）")
    ] = None,
    matrix: Annotated[Path | None, typer.Option(help="renkei matrix が書いた matrix.json")] = None,
    out: Annotated[Path | None, typer.Option(help="書き出すフォルダー（省略時は実行フォルダー）")] = None,
) -> None:
    """Prints and writes trace.json and trace.html; exits 0, or 2 where there is nothing to trace."""
    try:
        folder = run_folder or _newest()
        run, document = read_run(folder), read_matrix(matrix) if matrix else None
        target = out or folder
        target.mkdir(parents=True, exist_ok=True)
    except (ConfigurationError, OSError) as error:
        end(_sentence(error, run_folder))
    found = trace(run, document)
    _print(Console(), found)
    write_file(target / FILE_NAME, trace_json(run, found))
    write_file(target / trace_html.FILE_NAME, trace_html.trace_html(run, found))
    print(f"書き出したフォルダー: {one_line(str(target), 300)}")


def _newest() -> Path:
    """Raises ConfigurationError where nothing was run here."""
    folders = [path.parent for path in RUNS.glob(f"*/{JOURNAL}")]
    if not folders:
        raise ConfigurationError(
            f"{RUNS} に実行の記録がない。先に renkei run を行うか、--run-folder で示す。"
        )
    return max(folders, key=lambda folder: (folder / JOURNAL).stat().st_mtime)


def _sentence(error: Exception, folder: Path | None) -> str:
    if isinstance(error, OSError):
        return f"{folder or error.filename}: 実行の記録を読めない、又は書き出せない（{error.strerror}）。"
    return str(error)


def _print(console: Console, found: tuple[TracedSection, ...]) -> None:
    for section in found:
        console.print()
        console.print(Text(f"{section.section.id}  {section.section.title}", style="bold"))
        if not section.requirements:
            console.print(Text(f"  {section.section.why or '要件がない'}"))
            continue
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
        for width in (2, 7, 8, 8):
            table.add_column(width=width, no_wrap=True)
        table.add_column(ratio=3)
        table.add_column(ratio=2, style="dim")
        for traced in section.requirements:
            table.add_row("", *_cells(traced))
        console.print(table)
    console.print()


def _cells(traced: TracedRequirement) -> tuple[Text, ...]:
    passed = sum(s.outcome.verdict == Verdict.PASS for s in traced.scenarios)
    scenarios = f"{passed}/{len(traced.scenarios)}" if traced.scenarios else "-"
    known = traced.defects
    defects = "マトリクスなし" if known is None else "、".join(d.name for d in known)
    requirement = traced.requirement
    return tuple(Text(t) for t in (requirement.id, traced.verdict, scenarios, requirement.ja, defects))
