"""What a load run came to, on the terminal, from its record alone; and its views, written anew."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from harness.catalogue.verdicts import Verdict
from harness.cli.streams import as_it_is
from harness.contract.texts import one_line
from harness.languages.choice import spoken
from harness.record.fields import mapping
from harness.record.load_run import Gate, fit, number, read_load_run, shown
from reports.load.page import FILE_NAME as PAGE
from reports.load.page import conformance, effort, headroom

_LONGEST = 300


def write_load_report(folder: Path) -> bool:
    """Every view, in a process of its own: matplotlib takes a second to load, which no other command should wait for.
    False where it could not be written; the process has said why."""
    command = [sys.executable, "-I", "-m", "reports.load.views", str(folder.absolute())]
    # Its library of figures reads a matplotlibrc that lies where it is called.
    return not subprocess.run(command, cwd=Path(__file__).parent, check=False).returncode


def print_outcome(console: Console, folder: Path) -> None:
    """The summary, from the journal."""
    run = read_load_run(folder)
    if percentiles := mapping(mapping(run.histograms.get("response")).get("percentiles")):
        said = "　".join(f"{p}% {shown(number(percentiles.get(p)))}" for p in ("50", "95", "99", "99.9"))
        console.print(Text(f"応答（予定の時刻から、ms）　{said}"), soft_wrap=True)
    if run.gates:
        console.print(_gates(run.gates, judged=run.verdict != Verdict.INCONCLUSIVE))
    for name, value in conformance(run):
        console.print(Text(spoken(f"{name}　{value}")))
    for name, count, example in run.faults:
        console.print(Text(spoken(f"{name}　{count:,} 件　例 {example}")))
    console.print(Text(spoken(f"{run.verdict}　{run.code}"), style="bold"))
    console.print(Text(run.sentence), soft_wrap=True)
    if run.seconds:
        console.print(Text(f"余裕: {headroom(run)}"), soft_wrap=True)
    if said := effort(run):
        console.print(Text(said), soft_wrap=True)
    if expected := fit(mapping(run.end).get("expected")):
        console.print(Text(spoken(f"期待: {expected}")))
    if run.next:
        console.print(Text(spoken(f"次に: {run.next}")))
    with as_it_is():
        console.print(Text(one_line(str(folder / PAGE), _LONGEST)), soft_wrap=True)


def _gates(gates: Iterable[Gate], *, judged: bool) -> Grid:
    grid = Grid(box=None, pad_edge=False)
    for heading in ("ゲート", "実測", "限度", "実測 ÷ 限度", ""):
        grid.add_column(spoken(heading), justify="left" if heading in {"ゲート", ""} else "right")
    for gate in gates:
        kept = {True: "守った", False: "守れない" if judged else "限度の外", None: "判定しない"}[gate.met]
        cells = gate.title, gate.measured, gate.bound, gate.part, kept
        grid.add_row(*(Text(spoken(cell)) for cell in cells))  # a string would be read as markup
    return grid
