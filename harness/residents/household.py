"""A household with what organisations know about it, as one frozen value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from harness.residents.people import Person
from harness.residents.records import Disability, Income, Pension


@dataclass(frozen=True, slots=True)
class Household:
    """People of one claim and their records.

    In a household headed by a 養育者, `guardian` is the claimant too and there is no former spouse.
    `twin` is another resident with the claimant's name and birth date, if one was wished for; `spouse` is there in
    a household of pensioners alone.
    """

    seed: int
    index: int
    claimant: Person
    children: tuple[Person, ...]
    former_spouse: Person | None
    supporters: tuple[Person, ...]
    guardian: Person | None
    twin: Person | None
    incomes: tuple[Income, ...]
    pensions: tuple[Pension, ...]
    disabilities: tuple[Disability, ...]
    spouse: Person | None = None

    def people(self) -> Iterator[Person]:
        """Everybody once: claimant, children, former or present spouse, supporters, twin."""
        yield self.claimant
        yield from self.children
        for partner in (self.former_spouse, self.spouse):
            if partner is not None:
                yield partner
        yield from self.supporters
        if self.twin is not None:
            yield self.twin

    def income_of(self, person: Person, fiscal_year: str) -> Income | None:
        """Income record of that 相当年度, None when the person was not assessed."""
        of_person = (income for income in self.incomes if income.person_ref == person.ref)
        return next((income for income in of_person if income.fiscal_year == fiscal_year), None)

    def pensions_of(self, person: Person) -> tuple[Pension, ...]:
        """Pensions that the person is entitled to, none for most."""
        return tuple(pension for pension in self.pensions if pension.person_ref == person.ref)

    def disability_of(self, person: Person) -> Disability | None:
        """The person's 身体障害者手帳, None for most."""
        return next((known for known in self.disabilities if known.person_ref == person.ref), None)

    def with_income(self, income: Income) -> "Household":
        """The household with this income in place of the record of the same person and 相当年度."""
        key = (income.person_ref, income.fiscal_year)
        others = tuple(known for known in self.incomes if (known.person_ref, known.fiscal_year) != key)
        return replace(self, incomes=(*others, income))

    def with_pension(self, pension: Pension) -> "Household":
        """The household with one pension more."""
        return replace(self, pensions=(*self.pensions, pension))

    def with_disability(self, disability: Disability) -> "Household":
        """The household with this disability in place of the same person's; incomes stay as they are."""
        others = tuple(known for known in self.disabilities if known.person_ref != disability.person_ref)
        return replace(self, disabilities=(*others, disability))
