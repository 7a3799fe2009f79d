"""What each later version of the contract changes (published/changes.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from harness.contract.resources import toml
from harness.contract.versions import VERSIONS


class ChangeKind(StrEnum):
    """What a change means for a gateway of the version before."""

    DUTY = "duty"
    DECIDED = "decided"
    CLARIFIED = "clarified"


@dataclass(frozen=True)
class Change:
    """`name`: of the row; `contract`: the version that brings it; `see`: section of the guide; `ja`, `en`: what holds then;
    `questions`: numbers of docs/contract-decisions.md."""

    name: str
    contract: str
    kind: ChangeKind
    see: str
    ja: str
    en: str
    questions: tuple[int, ...]


@cache
def changes() -> Mapping[str, Change]:
    """All of them by name, in the order of the table."""
    return MappingProxyType(
        {name: _read(name, row) for name, row in toml("published", "changes.toml").items()}
    )


def changes_between(before: str, after: str) -> tuple[Change, ...]:
    """What a gateway of one version meets in a later one: duties first, clarifications last. Raises ValueError for a version
    that there is not, and where `after` is not the later one."""
    first, last = VERSIONS.index(before), VERSIONS.index(after)
    if first >= last:
        raise ValueError(f"{after} is not later than {before}")
    brought = [c for c in changes().values() if first < VERSIONS.index(c.contract) <= last]
    return tuple(change for kind in ChangeKind for change in brought if change.kind == kind)


def _read(name: str, row: Mapping[str, object]) -> Change:
    contract, kind, see, ja, en = (str(row[field]) for field in ("contract", "kind", "see", "ja", "en"))
    asked = row["questions"]
    questions = tuple(int(number) for number in asked) if isinstance(asked, list) else ()
    return Change(name, contract, ChangeKind(kind), see, ja, en, questions)
