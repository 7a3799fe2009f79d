"""The use cases of §2-2 that the suite covers: a folder of harness/use_cases/ with a case.toml each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.resources import resource, toml

ROOM, _CASE = "harness.use_cases", "case.toml"


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
def case_documents() -> dict[str, Mapping[str, Any]]:
    """The case.toml of each use case by the name of its folder, in the order of their numbers."""
    rooms = [entry.name for entry in resource(room=ROOM).iterdir() if entry.joinpath(_CASE).is_file()]
    found = {name: toml(name, _CASE, room=ROOM) for name in rooms}
    return dict(sorted(found.items(), key=lambda case: case[1]["number"]))


@cache
def use_cases() -> dict[str, UseCase]:
    """All use cases by short name."""
    return {case["name"]: _read(case) for case in case_documents().values()}


def _read(case: Mapping[str, Any]) -> UseCase:
    affairs = tuple(wording for affair in case["affair"] for wording in affair["wordings"])
    return UseCase(case["number"], case["name"], case["title"], case["folder"], case["source"], affairs)
