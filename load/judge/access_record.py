"""The gateway's access log (番号法23条), read over the south face in pieces that it can answer in time (guide §2)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from harness.gateways.south import SouthFace

FIRST_SECONDS, LONGEST_SECONDS = 1.0, 60.0
_SHORTEST_SECONDS = 0.001  # moments of the log have no more
_SMALL = 300  # entries: a quarter of what an answer may hold
_TOO_MUCH = ("TOO_LARGE", "TIMED_OUT")


class Basis(TypedDict):
    """根拠法令."""

    table: str
    item: str


class AccessEntry(TypedDict):
    """One entry of the log, as far as it is judged here (schema access-log)."""

    seq: int
    event: str
    kind: str
    message_id: str
    correlation_id: str
    requester: str
    provider: str
    basis: Basis
    affair: str
    information: str
    items: list[str]


def access_entries(south: SouthFace, since: datetime, until: datetime) -> Iterator[AccessEntry]:
    """All entries of a time, window by window: an answer may have 1 MB, and there is no paging. Raises NonconformityError
    where the log cannot be read."""
    seconds, start = FIRST_SECONDS, since
    while start < until:
        end = min(start + timedelta(seconds=seconds), until)
        reply = south.log("access", since=_text(start), until=_text(end))
        if reply.problem in _TOO_MUCH and seconds > _SHORTEST_SECONDS:
            seconds = max(seconds / 4, _SHORTEST_SECONDS)
            continue
        entries: list[AccessEntry] = reply.expect(200, "access-log")["entries"]
        yield from entries
        start = end
        seconds = min(seconds * 2, LONGEST_SECONDS) if len(entries) < _SMALL else seconds


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
