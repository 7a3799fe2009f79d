"""A message on the north face, as the network keeps it (docs/journal.md)."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict


class Carried(TypedDict):
    """A message on the north face and what was answered. `header` and `content` are as its sender wrote them, None where
    the message does not tell; `size` in bytes; `began`: when it was sent or came; `inner`: what was encrypted to the gateway under
    test, null where the body is not. That never leaves the run folder."""

    seq: int
    direction: str
    token: str
    size: int
    header: Mapping[str, object] | None
    person: str | None
    content: Mapping[str, object] | None
    alteration: str | None
    status: int | None
    error: Mapping[str, object] | None
    text: str
    problem: str | None
    seconds: float
    began: NotRequired[str]
    inner: NotRequired[str | None]


class Collected(Carried):
    """The same as the network hands it over under load. `at_ns`: when it was kept, since 1970."""

    at: str
    at_ns: int
