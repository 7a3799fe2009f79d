"""Our residents through Faker: `fake.add_provider(ResidentProvider)`. Who they are follows from Faker's seed."""

from collections.abc import Mapping
from typing import Any

from faker.providers import BaseProvider

from harness.bench.registration import subject
from harness.residents.build import household
from harness.residents.data_items import TAX, tax_items
from harness.residents.draw import MAX_INDEX, SEEDS
from harness.residents.household import Household
from harness.residents.people import Person
from harness.residents.wishes import Wishes


class ResidentProvider(BaseProvider):
    """Residents whose kanji, kana, age, address and numbers belong together. Wishes are those of harness.residents.wishes:
    `children=2`, `municipality="401307"`, `character="\\u9ad9"` …; what cannot be raises ValueError."""

    def household(self, **wishes: Any) -> Household:
        """A claimant, the children, who lives with them, and what organisations know of each."""
        chance = self.generator.random
        return household(chance.randrange(SEEDS), chance.randrange(MAX_INDEX + 1), Wishes(**wishes))

    def resident(self, **wishes: Any) -> Person:
        """Somebody of a household."""
        found: Person = self.generator.random.choice(list(self.household(**wishes).people()))
        return found

    def my_number(self) -> str:
        """個人番号: 12 digits, the last of which is right."""
        return self.resident().my_number

    def local_id(self) -> str:
        """識別番号: 10 digits."""
        return self.resident().local_id

    def subject(self, enrolment_token: str, resident: Person | None = None) -> Mapping[str, str]:
        """The body of PUT /v1/subjects/{local_id}."""
        return subject(resident or self.resident(), enrolment_token)

    def tax_record(self, home: Household | None = None) -> Mapping[str, Any]:
        """The body of PUT /v1/records with the 地方税関係情報 of a claimant."""
        home = home or self.household()
        income = next(income for income in home.incomes if income.person_ref == home.claimant.ref)
        key = {"相当年度": income.fiscal_year}
        return {
            "local_id": home.claimant.local_id,
            "information": TAX,
            "key": key,
            "items": tax_items(income),
        }
