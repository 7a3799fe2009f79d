"""`renkei run --list`: the scenarios that a run would execute."""

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.catalogue.features import INTERCONNECTION_TAG, REQUIREMENT_TAG, all_scenarios
from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Exit
from harness.cli.streams import as_it_is
from harness.contract.names import unknown
from harness.contract.use_cases import use_cases
from harness.languages.choice import spoken
from harness.plugin.selection import USE_CASE_TAG


def print_listing(console: Console, cases: list[str], ids: list[str], *, two: bool = False) -> int:
    """Prints one line a scenario, to a pipe with tabs and whole; exit code 0, or 2 for an unknown use case or requirement. `two`: those
    of two gateways against each other."""
    for option, given, known in (
        ("--use-case", cases, list(use_cases())),
        ("--requirement", ids, list(requirements())),
    ):
        for name in given:
            if name not in known:
                sys.stderr.write(f"{unknown(option, name, known)}\n")
                return int(Exit.CONFIGURATION)
    table = Table(box=None, pad_edge=False)
    for heading in ("要件", "シナリオ", "例", "場所"):
        table.add_column(spoken(heading), justify="right" if heading == "例" else "left", overflow="fold")
    count = shown = 0
    for scenario in all_scenarios():
        wanted = {f"{REQUIREMENT_TAG}{i}" for i in ids}, {f"{USE_CASE_TAG}{c}" for c in cases}
        if any(group and not group & set(scenario.tags) for group in wanted):
            continue
        if (INTERCONNECTION_TAG in scenario.tags) is not two:
            continue
        tags = "、".join(
            t.removeprefix(REQUIREMENT_TAG) for t in scenario.tags if t.startswith(REQUIREMENT_TAG)
        )
        cells = tags, scenario.name, str(scenario.rows), f"{scenario.file}:{scenario.line}"
        if console.is_terminal:
            table.add_row(*map(Text, cells))  # a string would be read as markup
        else:
            with as_it_is():
                print("\t".join(cells))
        shown += 1
        count += scenario.rows
    if console.is_terminal:
        with as_it_is():
            console.print(table)
    print(f"{shown} シナリオ、{count} 件")
    return int(Exit.CONFORMS)
