"""データ一覧 and 連携形態と照会キーの一覧, as §3-4 lays them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from harness.contract.items import Group, Information, Item, informations
from harness.contract.law import bases, table
from harness.contract.use_cases import UseCase, use_cases
from harness.contract.versions import FIRST, LATEST


@dataclass(frozen=True)
class ItemLine:
    """One line of the データ一覧. `group`: in which it stands; `contract`: the version that brought it; `used`: the numbers of the
    use cases that use the item."""

    number: int
    information: Information
    item: Item
    group: Group | None
    contract: str
    used: frozenset[int]

    @property
    def occurs(self) -> tuple[int, int]:
        """How often at least, and at most: as the group that it stands in, if that repeats."""
        if self.contract != FIRST and self.group is not None:
            return self.group.at_least, self.group.at_most
        return self.item.at_least, self.item.at_most


@dataclass(frozen=True)
class Section:
    """Lines that stand under one heading, or under none. `later`: the version of the contract that brought them, "" for the first."""

    group: Group | None
    later: str
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True)
class FormLine:
    """One line of the 連携形態と照会キーの一覧. bases: (name, item, asks, answers) for 照会; empty for 連絡."""

    information: Information
    form: str
    use_cases: tuple[UseCase, ...]
    bases: tuple[tuple[str, str, str, str], ...]


def item_lines(name: str | None = None) -> Iterator[ItemLine]:
    """Every item of every information, or of one. Raises KeyError for an information that there is not."""
    for information in informations().values() if name is None else [informations()[name]]:
        for number, item in enumerate((*information.items, *information.further_items), 1):
            used = frozenset(u.number for u in use_cases().values() if set(u.affairs) & set(item.used_by))
            group = information.occurs(item) if item.group else None
            contract = FIRST if number <= len(information.items) else LATEST
            yield ItemLine(number, information, item, group, contract, used)


def by_information(lines: Iterable[ItemLine]) -> Iterator[tuple[Information, tuple[Section, ...]]]:
    """As every list shows them: information by information, and of each what one version of the contract has in one group."""
    for _, of_one in groupby(lines, key=lambda line: line.information.name):
        found = tuple(of_one)
        yield found[0].information, tuple(_sections(found))


def _sections(lines: Iterable[ItemLine]) -> Iterator[Section]:
    for (contract, _), grouped in groupby(lines, key=lambda line: (line.contract, line.item.group)):
        found = tuple(grouped)
        yield Section(found[0].group, "" if contract == FIRST else contract, found)


def form_lines() -> Iterator[FormLine]:
    """Every information in each of its 連携形態."""
    for information in informations().values():
        affairs = {affair for item in information.items for affair in item.used_by}
        cases = tuple(u for u in use_cases().values() if set(u.affairs) & affairs)
        for form in information.forms:
            found = tuple(_bases(information.name, affairs)) if form == "照会" else ()
            yield FormLine(information, form, cases, found)


def _bases(information: str, affairs: set[str]) -> Iterator[tuple[str, str, str, str]]:
    for name in bases():
        for row in table(name):
            if information in row.information and row.affair in affairs and row.requester_kinds:
                yield name, row.item, row.requester, row.provider
