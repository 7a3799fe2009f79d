"""The two lists of §3-4 on one page that needs nothing else, neither script nor network."""

from collections.abc import Callable, Sequence
from typing import Any

from harness.contract.items.listing import FormLine, ItemLine, by_information
from harness.contract.use_cases import use_cases
from reports.items.text import how_often, meanings, owners, since
from reports.languages import files_of, words
from reports.templates import render

_TEMPLATE = "items/items.html.jinja"


def items_pages(
    items: Sequence[ItemLine], forms: Sequence[FormLine], name: str
) -> dict[str, tuple[str, bytes]]:
    """Language → file and page, UTF-8; `name`: of the file. Everything in it is escaped."""
    return {each: (file, _page(items, forms, each, name)) for each, file in files_of(name).items()}


def _page(items: Sequence[ItemLine], forms: Sequence[FormLine], language: str, name: str) -> bytes:
    filters: dict[str, Callable[..., Any]] = {
        "how_often": how_often,
        "meanings": meanings,
        "owners": owners,
        "since": since,
    }
    return render(
        _TEMPLATE,
        filters,
        **words(language, name),
        informations=list(by_information(items)),
        forms=forms,
        cases=list(use_cases().values()),
    )
