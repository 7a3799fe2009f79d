"""What an office judges by: a claim with what the claimant states, and what is known of people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from harness.residents.household import Household
from harness.residents.people import Person

Items = dict[str, Any]
# Items of an information about a person, None where nobody asked for it or there is none.
Knowledge = Callable[[Person, str], Items | None]


@dataclass(frozen=True)
class Claim:
    """One claim: who claims in which household, on which day, whom it is for (the claimant first), and what they state
    themselves or show on paper."""

    home: Household
    day: date
    members: tuple[Person, ...]
    stated: Mapping[str, Any]

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What else the claimant states of the household, by the names that the rules of the benefit have for it."""
        return tuple(self.stated.get("circumstances", ()))
