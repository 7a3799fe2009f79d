"""Requests that were built before a load run: a folder with `requests.jsonl`, one object a line, each sent at most once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NotRequired, TypedDict

import msgspec

from harness.contract.messages import Value

REQUESTS = "requests.jsonl"
NORTH, SOUTH = "north", "south"


# `items` that are to be given, and what was asked for: of the north under which `key`, of the south about whom and `from` whom.
# `status`: of what is not carried any further, the right answer of HTTP.
Expected = TypedDict(
    "Expected",
    {
        "items": dict[str, Value],
        "key": NotRequired[dict[str, str]],
        "local_id": NotRequired[str],
        "from": NotRequired[str],
        "status": NotRequired[int],
    },
)


def _nothing() -> Expected:
    return {"items": {}}


@dataclass(frozen=True)
class Prepared:
    """One request. `index`: from 0, without gaps; `name`: what latencies are grouped by; `face`: "north" (a 照会依頼 as the
    network hands it over) or "south" (a 業務システム's); `path`: below the base URL of that face; `correlation_id`: empty
    where the gateway gives it (south); `expected`: what a check of the answer needs, unread by the sender."""

    index: int
    name: str
    face: str
    method: str
    path: str
    headers: dict[str, str]
    body: str
    correlation_id: str
    person: str
    expected: Expected = field(default_factory=_nothing)

    @property
    def carried(self) -> bool:
        """Is it an enquiry that has to be answered?"""
        return "status" not in self.expected


_DECODER = msgspec.json.Decoder(Prepared)


def line(request: Prepared) -> str:
    """One line of the file."""
    return json.dumps(vars(request), ensure_ascii=False, separators=(",", ":")) + "\n"


def write(folder: Path, requests: Iterable[Prepared]) -> None:
    """Writes a folder that may not be there yet. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / REQUESTS).open("w", encoding="utf-8") as lines:
        lines.writelines(line(request) for request in requests)


def read(folder: Path, worker: int = 0, workers: int = 1) -> Iterator[Prepared]:
    """Those of one of several workers (indexes ≡ worker mod workers), in order. Raises OSError or msgspec.DecodeError."""
    with (folder / REQUESTS).open("rb") as lines:
        yield from map(_DECODER.decode, islice(lines, worker, None, workers))
