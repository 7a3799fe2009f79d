"""What a scenario wants of a household; everything not wished for is left to the counter hash."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from harness.residents.addresses import check_municipality
from harness.residents.difficult_characters import SURNAMES, check_character
from harness.residents.records import Degree

MAX_CHILDREN: Final = 5


class Head(Enum):
    """Who claims (児童扶養手当法4条1項): 母, 父 or 養育者."""

    MOTHER = "母"
    FATHER = "父"
    GUARDIAN = "養育者"


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes for one household; None leaves the choice to the hash.

    children: 1-5; municipality, previous_municipality: 6-digit codes (no previous one: never moved);
    character: one of difficult_characters.CHARACTERS, in the claimant's surname, or address for 〜～−－;
    twin: another resident with the claimant's name and birth date. Raises ValueError for what cannot be.
    """

    children: int | None = None
    head: Head | None = None
    supporter: bool | None = None
    municipality: str = "221007"
    previous_municipality: str | None = None
    character: str | None = None
    twin: bool = False
    pension: bool | None = None
    disability: Degree | None = None
    disabled_child: bool | None = None

    def __post_init__(self) -> None:
        """Checks ranges and codes."""
        if self.children is not None and not 1 <= self.children <= MAX_CHILDREN:
            raise ValueError(f"児童は1人から{MAX_CHILDREN}人まで: {self.children}")
        check_municipality(self.municipality)
        if self.previous_municipality is not None:
            check_municipality(self.previous_municipality)
            if self.previous_municipality == self.municipality:
                raise ValueError(f"前住所地は現住所地と別の市区町村にする: {self.municipality}")
        if self.character is not None:
            check_character(self.character)

    @property
    def surname_character(self) -> str | None:
        """The wished character when it belongs in a surname."""
        return self.character if self.character in SURNAMES else None

    @property
    def address_character(self) -> str | None:
        """The wished character when it belongs in an address."""
        return None if self.character in SURNAMES else self.character


NO_WISHES: Final = Wishes()
DEFAULT_REFERENCE: Final = date(2012, 8, 1)  # first month paid on the income of 2011 (児童扶養手当法9条1項)
