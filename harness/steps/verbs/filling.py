"""Records filled by the item list (§3-4): what a scenario says, the rest from the household or the list's examples."""

from datetime import date
from typing import Any

from harness.contract.items import Item, informations, parted
from harness.residents.data_items import (
    DISABILITY,
    RESIDENT,
    TAX,
    disability_items,
    resident_items,
    tax_items,
)
from harness.residents.people import Person
from harness.residents.records import Income
from harness.steps.verbs.scene import Scene


def typed_values(information: str, datatable: list[list[str]]) -> dict[str, Any]:
    """The rows 項目 | 値 of a table in the types of the item list. Raises KeyError for an item that it has not."""
    known = informations()[information]
    once, further = ({item.name: item for item in some} for some in (known.items, known.further_items))
    return {name: _typed(once.get(name) or further[parted(name)[0]], value) for name, value in datatable[1:]}


def whole_record(scene: Scene, person: Person, information: str, said: dict[str, Any]) -> dict[str, Any]:
    """Every item of an information: what is said, else what the household has, else the example of the item list."""
    examples = {item.name: item.example for item in informations()[information].items}
    held = _of_the_household(scene, person, information)
    filled = {name: held.get(name, example) for name, example in examples.items()} | said
    assert None not in filled.values(), f"{information} の項目に例がない"
    return filled


def _of_the_household(scene: Scene, person: Person, information: str) -> dict[str, Any]:
    home = scene.household
    if information == TAX:
        return tax_items(home.income_of(person, scene.fiscal_year) or _no_income(person, scene.fiscal_year))
    if information == RESIDENT:
        return resident_items(person)
    if information == DISABILITY:
        return disability_items(home.disability_of(person))
    return {"相当年度": scene.fiscal_year} if informations()[information].key else {}


def _no_income(person: Person, year: str) -> Income:
    """Of a child or a spouse whom the household has none of."""
    return Income(
        person.ref,
        year,
        total_income=0,
        employment_income=0,
        dependants=0,
        elderly_dependants=0,
        specific_dependants=0,
        disability="none",
        widow="none",
        working_student=False,
        annual_tax=0,
        per_capita_levy=0,
        income_levy=0,
        taxable_income=0,
    )


def _typed(item: Item, value: str) -> str | int:
    if item.is_integer:
        return int(value.replace(",", ""))
    if item.name.endswith("日") and value:
        date.fromisoformat(value)  # a date that is none is a slip of the scenario
    return value
