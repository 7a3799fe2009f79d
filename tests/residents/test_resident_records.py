"""Income, tax, pension, disability: figures that belong together."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.residents.build import household
from harness.residents.records import Disability, Income, Pension
from harness.residents.tax import Circumstances, assess
from harness.residents.wishes import Head, Wishes

SEEDS = st.integers(0, 2**32)
INDEXES = st.integers(0, 10**6)
REFERENCE = date(2012, 8, 1)


@given(SEEDS, INDEXES)
def test_every_adult_of_the_household_is_assessed_for_two_years(seed: int, index: int) -> None:
    home = household(seed, index, Wishes(supporter=True))
    adults = (home.claimant, *home.supporters)
    assert {(income.person_ref, income.fiscal_year) for income in home.incomes} == {
        (person.ref, year) for person in adults for year in ("2011", "2012")
    }
    assert all(home.income_of(child, "2012") is None for child in home.children)
    assert home.income_of(home.claimant, "2010") is None


@given(SEEDS, INDEXES)
def test_incomes_are_coherent(seed: int, index: int) -> None:
    home = household(seed, index, Wishes(supporter=True))
    for income in home.incomes:
        assert 0 <= income.employment_income <= income.total_income
        assert income.elderly_dependants + income.specific_dependants <= income.dependants
        assert income.annual_tax >= income.income_levy + income.per_capita_levy
        assert income.taxable_income <= income.total_income
    claimants = home.income_of(home.claimant, "2012")
    assert claimants is not None
    born_in_time = [child for child in home.children if child.birth_date < date(2012, 1, 1)]
    assert claimants.dependants == len(born_in_time)
    teenagers = [child for child in born_in_time if child.age_on(date(2012, 1, 1)) >= 16]
    assert claimants.specific_dependants == len(teenagers)
    known = home.disability_of(home.claimant)
    assert claimants.disability == ("none" if known is None else known.degree)


def test_incomes_reach_every_outcome_of_an_income_test() -> None:
    totals = []
    for index in range(400):
        income = household(1, index).incomes[0]
        totals.append(income.total_income)
    assert 0 in totals
    assert min(total for total in totals if total) < 600_000
    assert max(totals) > 2_500_000


@pytest.mark.parametrize("degree", ["none", "ordinary", "special"])
def test_a_wished_disability_stands_in_both_records(degree: str) -> None:
    for index in range(30):
        home = household(1, index, Wishes(disability=degree))  # type: ignore[arg-type]
        income = home.income_of(home.claimant, "2012")
        known = home.disability_of(home.claimant)
        assert income is not None
        assert income.disability == degree
        assert (known is None) == (degree == "none")
        assert known is None or (known.grade <= 2) == (degree == "special")
        assert known is None or home.claimant.birth_date <= known.issued_on < REFERENCE


@pytest.mark.parametrize("wished", [True, False])
def test_wished_pension_and_disabled_child(wished: bool) -> None:
    for index in range(30):
        home = household(1, index, Wishes(pension=wished, disabled_child=wished))
        assert bool(home.pensions_of(home.claimant)) == wished
        assert (home.disability_of(home.children[0]) is not None) == wished


@given(SEEDS, INDEXES, st.booleans())
def test_pensions_fit_age(seed: int, index: int, as_guardian: bool) -> None:
    wishes = Wishes(supporter=True, pension=True, head=Head.GUARDIAN if as_guardian else Head.MOTHER)
    home = household(seed, index, wishes)
    for person in home.people():
        for pension in home.pensions_of(person):
            assert (pension.kind == "老齢基礎年金") == (person.age_on(REFERENCE) >= 65)
            assert 300_000 <= pension.annual_amount <= 983_100
            assert len(pension.basic_number) == 10


def test_parents_alone_are_widowed_for_tax() -> None:
    mothers = [household(1, index, Wishes(head=Head.MOTHER)).incomes[0].widow for index in range(50)]
    fathers = [household(1, index, Wishes(head=Head.FATHER)).incomes[0].widow for index in range(50)]
    guardians = {household(1, index, Wishes(head=Head.GUARDIAN)).incomes[0].widow for index in range(50)}
    assert "none" not in mothers
    assert set(fathers) == {"ordinary"}
    assert {"none", "ordinary"} <= guardians


def test_records_are_replaced_by_person_and_year() -> None:
    home = household(1, 5)
    old = home.income_of(home.claimant, "2012")
    assert isinstance(old, Income)
    new = replace(old, total_income=2_379_999)
    changed = home.with_income(new)
    assert changed.income_of(home.claimant, "2012") == new
    assert changed.income_of(home.claimant, "2011") == home.income_of(home.claimant, "2011")
    assert len(changed.incomes) == len(home.incomes)
    assert home.income_of(home.claimant, "2012") == old


def test_pension_and_disability_are_added() -> None:
    home = household(1, 5, Wishes(pension=False, disability="none"))
    pension = Pension(home.claimant.ref, "障害基礎年金", 786_500, "日本年金機構", "1234567890")
    lighter = Disability(home.claimant.ref, 4, date(2010, 1, 1), "聴覚障害（4級）")
    heavier = replace(lighter, grade=1)
    changed = home.with_pension(pension).with_disability(lighter).with_disability(heavier)
    assert changed.pensions_of(home.claimant) == (pension,)
    assert changed.disability_of(home.claimant) == heavier


@given(st.integers(0, 20_000_000), st.integers(0, 5), st.booleans())
def test_tax_is_rounded_and_never_negative(total: int, dependants: int, alone: bool) -> None:
    tax = assess(total, Circumstances(dependants, 0, 0, "none", "ordinary" if alone else "none"))
    assert tax.taxable_income % 1_000 == tax.income_levy % 100 == tax.annual_tax % 100 == 0
    assert 0 <= tax.income_levy <= tax.annual_tax <= total or (total, tax.annual_tax) == (0, 0)


@pytest.mark.parametrize(
    ("total", "dependants", "widow", "annual_tax"),
    [
        (1_250_000, 1, "special", 0),
        (1_250_001, 1, "special", 47_100),  # taxable 432,000: 25,900 + 17,200, and 4,000 per head
        (1_020_000, 1, "none", 0),
        (1_020_001, 1, "none", 57_600),  # taxable 537,000: 32,200 + 21,400, and 4,000 per head
        (350_000, 0, "none", 0),
        (350_001, 0, "none", 4_000),
    ],
)
def test_tax_exemption_boundaries(total: int, dependants: int, widow: str, annual_tax: int) -> None:
    circumstances = Circumstances(dependants, 0, 0, "none", widow)  # type: ignore[arg-type]
    assert assess(total, circumstances).annual_tax == annual_tax
