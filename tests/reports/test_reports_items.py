"""The lists of items: however they are shown, the same stands under the same heading."""

from dataclasses import replace
from itertools import groupby

from harness.cli.spec_items import _item_rows
from harness.contract.items import Group
from harness.contract.items.listing import ItemLine, by_information, item_lines
from harness.contract.versions import FIRST, LATEST
from reports.items.html import items_pages
from reports.items.text import items_text

GROUP = Group("接種の群", "接種ごとに1回")


def lines() -> list[ItemLine]:
    """Of one information, all in one group, of which a later contract brought the last."""
    *before, last = (
        replace(line, group=GROUP, item=replace(line.item, group=GROUP.name))
        for line in item_lines("生活保護関係情報")
    )
    return [*(replace(line, contract=FIRST) for line in before), replace(last, contract=LATEST)]


def test_what_a_later_contract_brought_has_a_heading_of_its_own_in_every_list() -> None:
    given = lines()
    ((_, sections),) = by_information(given)
    assert [(section.later, len(section.lines)) for section in sections] == [
        ("", len(given) - 1),
        (LATEST, 1),
    ]
    for _, page in items_pages(given, (), "items.html").values():
        assert page.decode().count(GROUP.name) == 2
    assert sum(GROUP.name in line for line in items_text(given)) == 2
    rows = [row[1] for row in _item_rows(given)]
    assert rows.count(f"◆{GROUP.name}") == 2
    assert rows[-2] == f"◆{GROUP.name}"


def test_every_line_stands_once_in_its_order() -> None:
    given = tuple(item_lines())
    found = [line for _, sections in by_information(given) for section in sections for line in section.lines]
    assert found == list(given)
    assert [known for known, _ in by_information(given)] == [
        k for k, _ in groupby(line.information for line in given)
    ]
