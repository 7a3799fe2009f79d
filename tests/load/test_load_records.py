"""Records of a load run: as the item list has them, the same for the same seed, and telling residents apart."""

from itertools import islice

import pytest

from harness.contract.items import informations
from harness.contract.schemas import problem_with
from load.prepare.population import people
from load.prepare.records import items_for

OWN = "221007"
ENOUGH = 40


@pytest.mark.parametrize("information", [n for n, i in informations().items() if "照会" in i.forms])
def test_a_record_has_every_item_in_its_type_and_is_the_same_again(information: str) -> None:
    known = informations()[information]
    for home, person in islice(people(5, OWN), 10):
        items = items_for(home, person, information)
        place = {"local_id": person.local_id, "information": information, "key": {}}
        assert problem_with("record", {**place, "items": items}) is None
        assert items == items_for(home, person, information)
        assert set(items) == {item.name for item in known.items}
        for item in known.items:
            assert isinstance(items[item.name], int if item.is_integer else str), item.name
            assert len(str(items[item.name])) <= item.length or information == "住民票関係情報"


@pytest.mark.parametrize(
    "information", ["地方税関係情報", "住民票関係情報", "児童手当関係情報", "生活保護関係情報"]
)
def test_hardly_anybody_has_the_record_of_somebody_else(information: str) -> None:
    found = [str(items_for(home, person, information)) for home, person in islice(people(5, OWN), ENOUGH)]
    assert len(set(found)) > ENOUGH * 0.9


def test_everybody_has_an_income_and_families_are_there_as_a_whole() -> None:
    found = list(islice(people(5, OWN), ENOUGH))
    assert len({person.ref for _, person in found}) == ENOUGH
    assert len({home.index for home, _ in found}) < ENOUGH  # somebody lives together
