"""Packages of others that add to what there is: use cases, items, legal tables, roles. Each lies in the package as ours do in
`harness/contract/` and `harness/use_cases/`, and is named by the entry point `renkei.extensions`."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final

from harness.contract.resources import CONTRACT, resource, toml

GROUP: Final = "renkei.extensions"


@cache
def extensions() -> tuple[str, ...]:
    """The packages, by the names of their entry points."""
    return tuple(e.value for e in sorted(entry_points(group=GROUP), key=lambda e: e.name))


@cache
def found(folder: str, ending: str) -> Mapping[str, str]:
    """Files of ours and of extensions below a folder of the contract: name → package."""
    places = {room: resource(folder, room=room) for room in (CONTRACT, *extensions())}
    return {
        entry.name: room
        for room, place in places.items()
        if place.is_dir()
        for entry in place.iterdir()
        if entry.name.endswith(ending)
    }


@cache
def merged(*path: str) -> Mapping[str, Any]:
    """A TOML file of the contract with what extensions have under the same path: lists go on, tables get further names."""
    document: dict[str, Any] = deepcopy(toml(*path))
    for added in _added(*path):
        for name, value in added.items():
            if isinstance(value, list):
                document[name] = [*document.get(name, []), *value]
            else:
                document[name] = {**document.get(name, {}), **value}
    return document


def _added(*path: str) -> Iterator[Mapping[str, Any]]:
    for extension in extensions():
        if resource(*path, room=extension).is_file():
            yield toml(*path, room=extension)
