"""`renkei report`: every view of a run, written anew from its journal."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.catalogue.findings import ConfigurationError
from harness.cli.allure import allure_html
from harness.cli.ending import end
from harness.cli.load_outcome import print_outcome, write_load_report
from harness.cli.matrix_file import read_matrix
from harness.cli.streams import as_it_is
from harness.languages.choice import language
from harness.record.load_run import is_load_run
from reports.load.attached import attached
from reports.run.interconnection_block import print_summaries
from reports.run.views import write_views

Matrix = Annotated[Path | None, typer.Option(help="renkei matrix が書いた matrix.json を、報告に載せる")]
Load = Annotated[
    Path | None, typer.Option(help="renkei load run の実行フォルダー。その図とゲートを報告に載せる")
]
AllureHtml = Annotated[
    bool, typer.Option("--allure-html", help="allure-report/ も書き出す（npm の allure が要る）")
]


def report(
    run_folder: Annotated[Path, typer.Argument(help="実行フォルダー（renkei run 又は renkei load run の）")],
    matrix: Matrix = None,
    load: Load = None,
    with_allure: AllureHtml = False,
) -> None:
    """Writes all views and prints the summary; exits 0, or 2 where there is no record to read. What the run came to
    is for `renkei run` to say by its exit code."""
    try:
        if is_load_run(run_folder):
            if matrix or load or with_allure:
                raise ConfigurationError(
                    f"{run_folder}: 負荷の実行には --matrix、--load、--allure-html を付けられない。"
                )
            raise typer.Exit(_load_report(run_folder))
        proof = read_matrix(matrix) if matrix else None
        written = write_views(run_folder, proof, attached(load) if load else None)
        with as_it_is():
            print_summaries(written.runs, Console(), run_folder, language())
        if with_allure:
            print(f"    {allure_html(run_folder).name}/    結果（Allure の HTML）")
    except ConfigurationError as error:
        end(error)
    except OSError as error:
        end(f"{run_folder}: 実行の記録を読めない、又は報告を書き出せない（{error.strerror}）。")


def _load_report(folder: Path) -> int:
    print_outcome(Console(), folder)
    return 0 if write_load_report(folder) else 2
