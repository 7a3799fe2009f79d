"""Package data of the lower rooms, read through importlib so that an installed wheel works too."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

CONTRACT = "harness.contract"


def resource(*path: str, room: str = CONTRACT) -> Traversable:
    """One file or folder of a room, a package."""
    return files(room).joinpath(*path)


@cache
def toml(*path: str, room: str = CONTRACT) -> dict[str, Any]:
    """A TOML file of a room, parsed once a process."""
    return tomllib.loads(resource(*path, room=room).read_text(encoding="utf-8"))


@cache
def json_document(*path: str) -> Any:
    """A JSON file of the contract, parsed once a process."""
    return json.loads(resource(*path).read_text(encoding="utf-8"))
