"""A request of the south face as its functions get it, and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mocks.gateway.authorisation import Staff
from mocks.gateway.functions import Functions

Answer = tuple[int, Mapping[str, object]]


@dataclass(frozen=True)
class Call:
    """An authenticated request: path and query parameters, a body that meets its schema, the acting person."""

    functions: Functions
    path: dict[str, str]
    query: dict[str, str]
    body: dict[str, Any]
    staff: Staff
    portal_session: str | None = None
