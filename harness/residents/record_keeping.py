"""Fills a household's incomes, pensions and disabilities as wished, or as the counter hash has it."""

from dataclasses import replace
from datetime import date
from typing import Final

from harness.residents.assessment import (
    PENSION_AGE,
    disability,
    income_record,
    parents_income,
    pension,
    supporters_incomes,
    total_income,
)
from harness.residents.draw import CHILD, PARENT, SUPPORTER, TWIN, Draw, draw
from harness.residents.household import Household
from harness.residents.people import Person
from harness.residents.records import Degree, Disability, Income, Pension
from harness.residents.tax import Circumstances
from harness.residents.wishes import Wishes

_DEGREES: Final[tuple[Degree, ...]] = ("none",) * 18 + ("ordinary", "special")  # one in ten (own)


def records_of(home: Household, wishes: Wishes, reference: date) -> Household:
    """The household with records of 相当年度 reference.year - 1 and reference.year."""
    disabilities = _disabilities(home, wishes, reference)
    home = replace(home, disabilities=disabilities)
    years = (reference.year - 1, reference.year)
    incomes = tuple(income for year in years for income in _incomes(home, year))
    return replace(home, incomes=incomes, pensions=_pensions(home, wishes, reference))


def _choices(home: Household, slot: int) -> Draw:
    return draw(home.seed, home.index, slot, "records")


def _disabilities(home: Household, wishes: Wishes, reference: date) -> tuple[Disability, ...]:
    choices = _choices(home, PARENT)
    degree = wishes.disability or _DEGREES[choices.below(12, len(_DEGREES))]
    known = [] if degree == "none" else [disability(home.claimant, choices, degree, reference)]
    choices = _choices(home, CHILD)
    disabled = wishes.disabled_child
    if disabled is None:
        disabled = choices.below(12, 20) == 0
    if disabled:
        known.append(disability(home.children[0], choices, "special", reference))
    return tuple(known)


def _incomes(home: Household, year: int) -> tuple[Income, ...]:
    choices = _choices(home, PARENT)
    known = home.disability_of(home.claimant)
    # A 養育者 may be married: 寡婦 for half of them (own). A divorced parent is 寡婦 or 寡夫 here (own).
    alone = home.guardian is None or choices.below(3, 2) == 0
    degree: Degree = "none" if known is None else known.degree
    claimants = parents_income(home.claimant, choices, year, home.children, (degree, alone))
    draws = [_choices(home, SUPPORTER + place) for place in range(len(home.supporters))]
    incomes = (claimants, *supporters_incomes(home.supporters, draws, year))
    return incomes if home.twin is None else (*incomes, _twins_income(home, home.twin, claimants, year))


def _twins_income(home: Household, twin: Person, claimants: Income, year: int) -> Income:
    choices = _choices(home, PARENT + TWIN)
    total = total_income(choices, year, ceiling=4_000_000)
    if total == claimants.total_income:
        total += 1_000_000  # a mix-up must show in the amount
    return income_record(twin, year, total, Circumstances(0, 0, 0, "none", "none"), choices)


def _pensions(home: Household, wishes: Wishes, reference: date) -> tuple[Pension, ...]:
    people: list[tuple[Person, Draw]] = []
    claimant_choices = _choices(home, PARENT)
    entitled = wishes.pension
    if entitled is None:
        entitled = home.claimant.age_on(reference) >= PENSION_AGE or claimant_choices.below(11, 20) == 0
    if entitled:
        people.append((home.claimant, claimant_choices))
    for place, supporter in enumerate(home.supporters):
        if supporter.age_on(reference) >= PENSION_AGE:
            people.append((supporter, _choices(home, SUPPORTER + place)))
    return tuple(pension(person, choice, home.disability_of(person), reference) for person, choice in people)
