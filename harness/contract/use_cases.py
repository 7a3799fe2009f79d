"""The use cases of §2-2 that the suite covers."""

from dataclasses import dataclass
from functools import cache

from harness.contract.resources import toml


@dataclass(frozen=True)
class UseCase:
    """One use case: number in the document, short name, title, folder below features/, source, affairs (事務)."""

    number: int
    name: str
    title: str
    folder: str
    source: str
    affairs: tuple[str, ...]


@cache
def use_cases() -> dict[str, UseCase]:
    """All use cases by short name."""
    return {
        row["name"]: UseCase(**{**row, "affairs": tuple(row["affairs"])})
        for row in toml("use_cases.toml")["use_case"]
    }
