"""An order of operations that exploration found, as a journal keeps it."""

from collections.abc import Mapping
from typing import TypedDict


class Order(TypedDict):
    """It broke the contract, and was made small; with a scenario and a script of it (harness.record.explored)."""

    name: str
    requirement: str
    code: str
    observed: str
    expected: str
    where: str
    seed: int
    again: int
    times: int
    steps: int
    story: list[list[Mapping[str, object]]]
    feature: str
    script: str
    returned: bool
