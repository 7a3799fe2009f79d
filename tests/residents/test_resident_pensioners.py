"""A couple of pensioners, and people of a wished age."""

from datetime import date

import pytest

from harness.residents.build import household
from harness.residents.pensioners import of_age, pensioners
from harness.residents.wishes import Head, Wishes

DAY = date(2012, 8, 20)


def test_a_couple_shares_name_and_address_and_has_numbers_of_its_own() -> None:
    home = pensioners(household(7, 3, Wishes(head=Head.MOTHER), DAY), date(1947, 8, 1), date(1944, 8, 1))
    wife, husband = home.claimant, home.spouse
    assert husband is not None
    assert (husband.family_name, husband.address, husband.relation) == (wife.family_name, wife.address, "夫")
    assert husband.local_id != wife.local_id
    assert list(home.people()) == [wife, husband]
    assert wife.age_on(DAY) == 65


def test_a_guardian_has_no_spouse_to_take() -> None:
    with pytest.raises(ValueError, match="養育者"):
        pensioners(household(7, 3, Wishes(head=Head.GUARDIAN), DAY), DAY, DAY)


@pytest.mark.parametrize("index", range(50))
def test_people_are_as_old_as_wished(index: int) -> None:
    person = household(7, index, Wishes(), DAY).claimant
    for years in (0, 17, 45, 100):
        assert of_age(person, years, DAY).age_on(DAY) == years
