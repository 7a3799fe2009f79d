"""The requests of the south face, as its OpenAPI file has them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from harness.contract.resources import json_document
from harness.model.history.exchanges import Call

_STAFF: Final = "#/components/parameters/StaffId"


@dataclass(frozen=True, slots=True)
class Operation:
    """`path`: with names in braces; `staff`: a person acts."""

    method: str
    path: str
    staff: bool


def operation_of(call: Call) -> Operation | None:
    """None for a method or path that the contract does not list."""
    return next(
        (one for shape, one in _shapes() if one.method == call.method and shape.fullmatch(call.path)), None
    )


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], Operation], ...]:
    found = []
    for path, methods in json_document("published", "south.openapi.json")["paths"].items():
        shape = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
        for method, told in methods.items():
            names = {one.get("$ref") for one in told.get("parameters", ())}
            found.append((shape, Operation(method.upper(), path, _STAFF in names)))
    return tuple(found)
