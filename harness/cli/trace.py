"""`renkei trace`: from the sections of the document to the defects, by the checks of a run that was executed."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.cli.ending import end
from harness.cli.matrix_file import read_matrix
from harness.cli.streams import told
from harness.contract.journal import FILE_NAME as JOURNAL
from harness.contract.texts import one_line
from harness.languages.choice import ENGLISH, language, spoken
from harness.record.conclusion import executed
from harness.record.load_run import is_load_run
from harness.record.run import read_run
from harness.record.trace import FILE_NAME, TracedRequirement, TracedSection, trace, trace_json
from harness.record.values import Run
from reports.languages import files_of
from reports.run.reasons import damage
from reports.run.views import write_file
from reports.trace import html as trace_html

_RUNS = Path("runs")


def trace_command(
    run_folder: Annotated[
        Path | None, typer.Option(help="実行フォルダー（省略時は runs の中で検査のある最も新しいもの）")
    ] = None,
    matrix: Annotated[Path | None, typer.Option(help="renkei matrix が書いた matrix.json")] = None,
    out: Annotated[Path | None, typer.Option(help="書き出すフォルダー（省略時は実行フォルダー）")] = None,
) -> None:
    """Prints and writes trace.json and trace.html; exits 0, or 2 where there is nothing to trace."""
    try:
        folder, run = _named(run_folder) if run_folder else newest()
        document = read_matrix(matrix) if matrix else None
        target = out or folder
        target.mkdir(parents=True, exist_ok=True)
    except (ConfigurationError, OSError) as error:
        end(_sentence(error, run_folder))
    if sentence := damage(run):
        sys.stderr.write(f"{one_line(str(folder), 300)}: {sentence}\n")
    found = trace(run, document)
    told("実行フォルダー: {0}", one_line(str(folder), 300))
    if run.meta.contract:
        print(f"契約の版: {one_line(run.meta.contract, 20)}")
    _print(Console(), found)
    try:
        write_file(target / FILE_NAME, trace_json(run, found))
        for each, name in files_of(trace_html.FILE_NAME).items():
            write_file(target / name, trace_html.trace_html(run, found, each))
    except OSError as error:
        end(_sentence(error, target))
    told("書き出したフォルダー: {0}", one_line(str(target), 300))


def _named(folder: Path) -> tuple[Path, Run]:
    """Raises ConfigurationError for a folder in whose record there is nothing to trace, OSError where there is none."""
    run = read_run(folder)
    if is_load_run(folder):
        raise ConfigurationError(f"{folder}: 負荷の実行である。検証の実行フォルダーを --run-folder で示す。")
    if not executed(run.scenarios):
        raise ConfigurationError(
            f"{folder}: 実行した検査が一つもない。検査のある実行フォルダーを --run-folder で示す。"
        )
    return folder, run


def newest() -> tuple[Path, Run]:
    """The last run of the suite in which something was checked; loads and runs that came to nothing are passed over.
    Raises ConfigurationError where there is none."""
    journals = sorted(_RUNS.glob(f"*/{JOURNAL}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for journal in journals:
        try:
            return _named(journal.parent)
        except (ConfigurationError, OSError):
            continue
    raise ConfigurationError(
        f"{_RUNS} に検査を実行した記録がない。先に renkei run を行うか、--run-folder で示す。"
    )


def _sentence(error: Exception, folder: Path | None) -> str:
    if isinstance(error, OSError):
        return f"{folder or error.filename}: 実行の記録を読めない、又は書き出せない（{error.strerror}）。"
    return str(error)


def _print(console: Console, found: tuple[TracedSection, ...]) -> None:
    for section in found:
        console.print()
        console.print(Text(spoken(f"{section.section.id}  {section.section.title}"), style="bold"))
        if not section.requirements:
            console.print(Text(spoken(f"  {section.section.why or '要件がない'}")))
            continue
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
        for width in (2, 7, 14, 8, 19) if language() == ENGLISH else (2, 7, 8, 8, 14):
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
    cells = (requirement.id, traced.verdict, scenarios, _rules(traced), requirement.ja, defects)
    return tuple(Text(spoken(cell)) for cell in cells)


def _rules(traced: TracedRequirement) -> str:
    """Of its rules over the whole record, those that the run gave an occasion for."""
    tried = sum(bool(rule.occasions) for rule in traced.rules)
    if not traced.rules:
        return ""
    return f"規則 {tried}/{len(traced.rules)}" if tried else f"規則 {len(traced.rules)} 未実施"
