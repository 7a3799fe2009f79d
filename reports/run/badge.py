"""badge.svg: the verdict of a run on a strip, with the day and the version of the suite, as READMEs show them."""

from types import MappingProxyType
from typing import Final

from rich.cells import cell_len

from harness.catalogue.verdicts import Exit
from harness.contract.texts import one_line
from harness.languages.choice import Tell, in_japanese
from harness.record.conclusion import assess
from harness.record.values import Run
from reports import facts
from reports.templates import render

FILE_NAME = "badge.svg"
_CELL, _MARGIN = 6.5, 12  # pixels of a cell of text at 11 px, and of both ends
_NAME = 40
_DAY = len("2026-11-29")
_UNCLEAR: Final = "#7a5200"
_COLOURS: Final = MappingProxyType({Exit.CONFORMS: "#14612f", Exit.DOES_NOT_CONFORM: "#a3161f"})


def badge(run: Run, tell: Tell = in_japanese) -> bytes:
    """The picture, UTF-8. A run of a part says that it is one: nobody takes it for the whole."""
    assessment = assess(run)
    part = f" {tell('（一部）')}" if assessment.partial else ""
    name = f"renkei {one_line(facts.suite(run.meta), _NAME)}"
    said = f"{tell(assessment.heading)}{part} {facts.day(run.meta)[:_DAY]}"
    return render(
        "run/badge.svg.jinja",
        {},
        suite=name,
        said=said,
        left=_width(name),
        right=_width(said),
        colour=_COLOURS.get(assessment.exit, _UNCLEAR),
    )


def _width(text: str) -> int:
    return round(cell_len(text) * _CELL) + _MARGIN
