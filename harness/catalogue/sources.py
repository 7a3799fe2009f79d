"""The sections of the source document, and which requirements each of them is behind."""

from dataclasses import dataclass
from functools import cache

from harness.catalogue.requirements import Requirement, requirements
from harness.contract.resources import toml


@dataclass(frozen=True)
class Section:
    """One section. `states`: it states what a gateway must do; `why`: what becomes of it where it does not."""

    id: str
    title: str
    functions: tuple[str, ...]
    states: bool
    why: str = ""

    def is_behind(self, requirement: Requirement) -> bool:
        """Does a requirement come from here: by its function, or by its own source?"""
        return requirement.function in self.functions or self.id in requirement.source


@cache
def sections() -> tuple[Section, ...]:
    """All sections in the order of the document, then law and what is our own."""
    rows = toml("sources.toml", room=__package__)["section"]
    return tuple(Section(**{**row, "functions": tuple(row["functions"])}) for row in rows)


def requirements_from(section: Section) -> tuple[Requirement, ...]:
    """The requirements that a section is behind, in the catalogue's order."""
    return tuple(r for r in requirements().values() if section.is_behind(r))
