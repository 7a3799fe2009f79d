"""The use cases of §2-2 that the suite covers: a folder of harness/use_cases/ with a case.toml each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.extensions import extensions
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
    """The case.toml of each use case by its package, those of extensions too, in the order of their numbers."""
    rooms = (ROOM, *map(room_of, extensions()))
    found = {name: case for room in rooms for name, case in cases_in(room).items()}
    return dict(sorted(found.items(), key=lambda case: case[1]["number"]))


def room_of(extension: str) -> str:
    """Where an extension has its use cases, if it has any."""
    return f"{extension}.use_cases"


def cases_in(room: str) -> dict[str, Mapping[str, Any]]:
    """The case.toml of each folder of a room, by its package."""
    package, _, folder = room.rpartition(".")
    place = resource(folder, room=package)
    names = [e.name for e in place.iterdir() if e.joinpath(_CASE).is_file()] if place.is_dir() else []
    return {f"{room}.{name}": toml(folder, name, _CASE, room=package) for name in sorted(names)}


@cache
def use_cases() -> dict[str, UseCase]:
    """All use cases by short name."""
    return {case["name"]: _read(case) for case in case_documents().values()}


def _read(case: Mapping[str, Any]) -> UseCase:
    affairs = tuple(wording for affair in case["affair"] for wording in affair["wordings"])
    return UseCase(case["number"], case["name"], case["title"], case["folder"], case["source"], affairs)
