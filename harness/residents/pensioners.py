"""A married couple of pensioners, made of a household: the claimant and a spouse, no children."""

from dataclasses import replace
from datetime import date

from harness.residents.household import Household
from harness.residents.people import Person, Sex

_HEAD = "世帯主"
_RELATIONS = {Sex.MALE: "夫", Sex.FEMALE: "妻"}


def pensioners(home: Household, claimant_born: date, spouse_born: date) -> Household:
    """The couple with these birth dates, at one address and under one family name; the claimant is 世帯主.

    Raises ValueError for a household without a former spouse to take for the present one.
    """
    if home.former_spouse is None:
        raise ValueError("養育者の世帯からは夫婦の世帯を作れない")
    claimant = replace(home.claimant, birth_date=claimant_born, resident_since=claimant_born, relation=_HEAD)
    spouse = replace(
        home.former_spouse,
        birth_date=spouse_born,
        family_name=claimant.family_name,
        family_kana=claimant.family_kana,
        address=claimant.address,
        previous_address=claimant.previous_address,
        resident_since=spouse_born,
        relation=_RELATIONS[home.former_spouse.sex],
    )
    return replace(home, claimant=claimant, spouse=spouse, former_spouse=None, children=(), supporters=())


def of_age(person: Person, years: int, on: date) -> Person:
    """The same person, so many years old on a day; month and day of birth stay (29 February becomes the 28th)."""
    born = person.birth_date
    passed = (on.month, on.day) >= (born.month, born.day)
    return replace(
        person, birth_date=born.replace(year=on.year - years - (not passed), day=min(born.day, 28))
    )
