"""Whose gateway was tested, as the first entry of a journal has it (docs/journal.md)."""

from collections.abc import Mapping
from typing import TypedDict


class Declaring(TypedDict):
    """What a gateway declares, and says of itself."""

    statement: Mapping[str, object]
    organisation: str
    product: str
    law: list[str]
    declares: dict[str, list[str]]


class Tested(Declaring):
    """The same, and how it was given: of the other one of two gateways against each other."""

    gateway: str
