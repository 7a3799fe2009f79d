"""Faker's provider: coherent residents, the same for the same seed."""

from typing import Any

import pytest
from faker import Faker

from harness.contract.schemas import problem_with
from harness.residents.codes import is_my_number
from harness.residents.names import name_table
from renkei.residents import ResidentProvider


def faker(seed: int = 7) -> Any:
    fake = Faker("ja_JP")
    fake.add_provider(ResidentProvider)
    fake.seed_instance(seed)
    return fake


def drawn(fake: Any) -> list[Any]:
    return [fake.resident(), fake.household(), fake.my_number(), fake.local_id(), fake.tax_record()]


def test_the_same_seed_gives_the_same_people() -> None:
    assert drawn(faker()) == drawn(faker())
    assert drawn(faker()) != drawn(faker(8))


def test_kana_and_numbers_belong_to_them() -> None:
    fake = faker()
    kana = {name.kana for name in name_table().families}
    people = [fake.resident(character=None) for _ in range(200)]
    assert sum(person.family_kana in kana for person in people) > 150  # the others have difficult names
    assert all(is_my_number(fake.my_number()) for _ in range(200))
    assert len({fake.unique.my_number() for _ in range(500)}) == 500


def test_wishes_hold_and_what_cannot_be_is_refused() -> None:
    home = faker().household(children=3, municipality="401307", twin=True)
    assert (len(home.children), home.claimant.address.municipality, home.twin.name) == (
        3,
        "401307",
        home.claimant.name,
    )
    with pytest.raises(ValueError, match="999999"):
        faker().household(municipality="999999")


def test_bodies_meet_the_contract() -> None:
    fake = faker()
    home = fake.household()
    assert problem_with("subject", fake.subject("token", home.claimant)) is None
    record = fake.tax_record(home)
    assert problem_with("record", record) is None
    income = home.income_of(home.claimant, record["key"]["相当年度"])
    assert record["items"]["総所得額"] == income.total_income
