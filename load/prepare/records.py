"""What is registered about a resident of a load run: plausible, the same for the same seed, and nobody else's."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from harness.contract.items import Item, informations
from harness.residents.data_items import (
    DISABILITY,
    PENSION,
    RESIDENT,
    TAX,
    DataItems,
    disability_items,
    pension_items,
    resident_items,
    tax_items,
)
from harness.residents.draw import Draw, draw
from harness.residents.household import Household
from harness.residents.people import Person
from load.prepare.asking import YEAR

_MOST_DIGITS = 7  # of an amount in yen, where the item list allows more


def _tax(home: Household, person: Person) -> DataItems:
    income = home.income_of(person, YEAR)
    assert income is not None
    return tax_items(income)


_OF_RESIDENTS: Final = MappingProxyType[str, Callable[[Household, Person], DataItems]](
    {
        TAX: _tax,
        RESIDENT: lambda _, person: resident_items(person),
        PENSION: pension_items,
        DISABILITY: lambda home, person: disability_items(home.disability_of(person)),
    }
)


def has_records(home: Household, person: Person) -> bool:
    """Is everything known about somebody that a record needs? Children are not assessed for tax."""
    return home.income_of(person, YEAR) is not None


def items_for(home: Household, person: Person, information: str) -> DataItems:
    """All items of the record, needed or not. Raises KeyError for an information that there is not."""
    if information in _OF_RESIDENTS:
        return _OF_RESIDENTS[information](home, person)
    choices = draw(home.seed, home.index, 0, f"{information}/{person.ref}")
    return {
        item.name: _value(item, choices, number)
        for number, item in enumerate(informations()[information].items)
    }


def _value(item: Item, choices: Draw, number: int) -> str | int:
    """Of the type and length of the item list (§3-2), another for everybody where there is room for it."""
    chosen = choices.below(number % 13, 2**32)
    if item.name == "相当年度":
        return YEAR
    if item.codes:
        return str(item.codes[chosen % len(item.codes)])
    if item.is_integer:
        return int(chosen % 10 ** min(item.length, _MOST_DIGITS))
    example = str(item.example or "")
    return f"{example}　{chosen:08x}" if item.type == "N" and item.length >= len(example) + 9 else example
