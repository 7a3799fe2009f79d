"""`renkei report`: every view of a run, written anew from its journal."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.spec.verdicts import Exit
from reports.summary import print_summary
from reports.views import write_views

HELP = "実行の記録（journal.jsonl）から、すべての報告を書き直す。途中で切れた記録からも書く。"


def report(run_folder: Annotated[Path, typer.Argument(help="実行フォルダー")]) -> None:
    """Writes all views and prints the summary; exits 0, or 2 where there is no record to read. What the run came to
    is for `renkei run` to say by its exit code."""
    try:
        written = write_views(run_folder)
    except OSError as error:
        sys.stderr.write(
            f"{run_folder}: 実行の記録を読めない、又は報告を書き出せない（{error.strerror}）。\n"
        )
        raise typer.Exit(int(Exit.CONFIGURATION)) from error
    print_summary(written.run, Console(), run_folder)
