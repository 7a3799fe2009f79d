"""Lists for a spreadsheet: the option, and how they are printed."""

import csv
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from harness.cli.streams import as_it_is

Tsv = Annotated[bool, typer.Option("--tsv", help="表計算に取り込めるタブ区切りで示す")]


def print_tsv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Words of law and codes are looked up by what reads this: they are the same in every language."""
    with as_it_is():
        writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
