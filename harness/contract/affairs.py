"""The affairs (事務) that somebody cites: words of the law, role (職責), and the items that each may be given (§3-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.extensions import merged
from harness.contract.use_cases import case_documents


@dataclass(frozen=True)
class Affair:
    """One affair: short name, its wordings in the versions of the law (newest first), the code of the role that may cite
    it ("" for nobody's: what a resident asks of himself or herself), and 連携情報 → items that it may be given."""

    name: str
    wordings: tuple[str, ...]
    role: str
    informations: Mapping[str, tuple[str, ...]]

    @property
    def text(self) -> str:
        """The words of the newest version, as they stand in a message."""
        return self.wordings[0]


def affair_documents() -> tuple[Mapping[str, Any], ...]:
    """Everything that states affairs: the use cases, then the affairs of no use case."""
    return (*case_documents().values(), merged("law", "other_affairs.toml"))


@cache
def affairs() -> dict[str, Affair]:
    """All affairs by short name."""
    rows = [row for document in affair_documents() for row in document["affair"]]
    return {row["name"]: _read(row) for row in rows}


@cache
def users(information: str, item: str) -> tuple[str, ...]:
    """The affairs that may be given an item, in every wording: those of offices first, then what a resident asks."""
    found = [affair for affair in affairs().values() if item in affair.informations.get(information, ())]
    found.sort(key=lambda affair: not affair.role)
    return tuple(wording for affair in found for wording in affair.wordings)


def _read(row: Mapping[str, Any]) -> Affair:
    informations = {name: tuple(items) for name, items in row.get("informations", {}).items()}
    return Affair(row["name"], tuple(row["wordings"]), row.get("role", ""), informations)
