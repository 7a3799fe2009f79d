"""The two lists of §3-4 on one page that needs nothing else, neither script nor network."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from harness.contract.items.listing import FormLine, ItemLine
from harness.contract.use_cases import use_cases
from reports.items.text import how_often, meanings, owners
from reports.templates import render

_TEMPLATE = "items/items.html.jinja"


def items_html(items: Sequence[ItemLine], forms: Sequence[FormLine]) -> bytes:
    """The page, UTF-8; everything in it is escaped."""
    by_information = groupby(items, key=lambda line: line.information)
    filters: dict[str, Callable[..., Any]] = {"how_often": how_often, "meanings": meanings, "owners": owners}
    return render(
        _TEMPLATE,
        filters,
        informations=[(known, _grouped(list(lines))) for known, lines in by_information],
        forms=forms,
        cases=list(use_cases().values()),
    )


def _grouped(lines: Sequence[ItemLine]) -> list[list[ItemLine]]:
    return [list(one) for _, one in groupby(lines, key=lambda line: (line.contract, line.item.group))]
