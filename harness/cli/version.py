"""`renkei --version`: what to name in a report of a fault."""

import platform
from importlib.metadata import version
from typing import Annotated

import typer

from harness.contract.versions import VERSIONS


def _print(wanted: bool) -> None:
    if wanted:
        contracts = "、".join(VERSIONS)
        print(f"renkei {version('renkei')}（契約の版 {contracts}、Python {platform.python_version()}）")
        raise typer.Exit


def show_version(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print, help="版を示して終わる")
    ] = False,
) -> None:
    """Options before any command."""
