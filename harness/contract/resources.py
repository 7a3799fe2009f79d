"""Package data of the contract, read through importlib so that an installed wheel works too."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def resource(*path: str) -> Traversable:
    """One file or folder below harness/contract."""
    return files("harness.contract").joinpath(*path)


@cache
def toml(*path: str) -> dict[str, Any]:
    """A TOML file below harness/contract, parsed once a process."""
    return tomllib.loads(resource(*path).read_text(encoding="utf-8"))


@cache
def json_document(*path: str) -> Any:
    """A JSON file below harness/contract, parsed once a process."""
    return json.loads(resource(*path).read_text(encoding="utf-8"))
