"""Requests that were built before a load run: a folder with `requests.jsonl`, one object a line, each sent at most once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

REQUESTS = "requests.jsonl"
NORTH, SOUTH = "north", "south"


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
    expected: dict[str, Any] = field(default_factory=dict)


def write(folder: Path, requests: Iterable[Prepared]) -> int:
    """Writes a folder that may not be there yet; how many there are. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with (folder / REQUESTS).open("w", encoding="utf-8") as lines:
        for number, request in enumerate(requests, 1):  # noqa: B007  # the last number is the answer
            lines.write(json.dumps(asdict(request), ensure_ascii=False, separators=(",", ":")) + "\n")
    return number


def read(folder: Path, worker: int = 0, workers: int = 1) -> Iterator[Prepared]:
    """Those of one of several workers (indexes ≡ worker mod workers), in order. Raises OSError or ValueError."""
    with (folder / REQUESTS).open(encoding="utf-8") as lines:
        for line in islice(lines, worker, None, workers):
            yield Prepared(**json.loads(line))
