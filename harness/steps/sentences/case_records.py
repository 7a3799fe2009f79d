"""前提 of the use cases: what a register holds about a person, by the item list (§3-4)."""

from datetime import date
from typing import Any

from pytest_bdd import given, parsers

from harness.contract.items import Item, informations
from harness.residents.data_items import (
    DISABILITY,
    RESIDENT,
    TAX,
    disability_items,
    resident_items,
    tax_items,
)
from harness.residents.people import Person
from harness.steps.verbs.registering import keep
from harness.steps.verbs.scene import Scene

_RECORD = r"(?P<where>[^、]+)に、(?P<who>[^、]+)の(?P<information>\w+関係情報)が"


@given(parsers.re(_RECORD + "ある"))
def _held(scene: Scene, where: str, who: str, information: str) -> None:
    _hold(scene, where, who, information, {})


@given(parsers.re(_RECORD + "次のとおりある"))
def _held_as(scene: Scene, where: str, who: str, information: str, datatable: list[list[str]]) -> None:
    _hold(scene, where, who, information, values(information, datatable))


def values(information: str, datatable: list[list[str]]) -> dict[str, Any]:
    """The rows 項目 | 値 of a table in the types of the item list. Raises KeyError for an item that it has not."""
    kinds = {item.name: item for item in informations()[information].items}
    return {name: _typed(kinds[name], value) for name, value in datatable[1:]}


def whole_record(scene: Scene, person: Person, information: str, said: dict[str, Any]) -> dict[str, Any]:
    """Every item of an information: what is said, else what the household has, else the example of the item list."""
    examples = {item.name: item.example for item in informations()[information].items}
    known = _of_the_household(scene, person, information)
    filled = {name: known.get(name, example) for name, example in examples.items()} | said
    assert None not in filled.values(), f"{information} の項目に例がない"
    return filled


def _hold(scene: Scene, where: str, who: str, information: str, said: dict[str, Any]) -> None:
    person, holder = scene.person(who), scene.organisation(where)
    items = whole_record(scene, person, information, said)
    key = {name: items[name] for name in informations()[information].key}
    keep(scene, holder, person, information, items, **key)


def _of_the_household(scene: Scene, person: Person, information: str) -> dict[str, Any]:
    home = scene.household
    if information == TAX:
        income = home.income_of(person, scene.fiscal_year)
        return tax_items(income) if income else {}
    if information == RESIDENT:
        return resident_items(person)
    if information == DISABILITY:
        return disability_items(home.disability_of(person))
    return {"相当年度": scene.fiscal_year} if informations()[information].key else {}


def _typed(item: Item, value: str) -> str | int:
    if item.type in {"9", "S9"}:
        return int(value.replace(",", ""))
    if item.name.endswith("日") and value:
        date.fromisoformat(value)  # a date that is none is a slip of the scenario
    return value
