"""処理状況 of an enquiry, a row of a バッチ and a 連絡 (guide §2): one table of transitions each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from harness.contract.resources import toml


@dataclass(frozen=True)
class Transition:
    """What one event does: from any of `sources` to `to`, and nothing from any other status."""

    sources: tuple[str, ...]
    to: str


@dataclass(frozen=True)
class StatusTable:
    """The 処理状況 of one kind of thing. `transitions`: by event."""

    begins: str
    transitions: Mapping[str, Transition]

    @property
    def statuses(self) -> tuple[str, ...]:
        """All that there are, in the order of the table."""
        return tuple(dict.fromkeys((self.begins, *(t.to for t in self.transitions.values()))))

    @property
    def open(self) -> tuple[str, ...]:
        """Those that an outcome may still follow: where the time that has passed ends it."""
        return self.transitions["expired"].sources

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Those that stand."""
        return tuple(status for status in self.statuses if status not in self.open)


def enquiry_status() -> StatusTable:
    """Of an enquiry."""
    return status_tables()["enquiry"]


def notice_status() -> StatusTable:
    """Of a 連絡."""
    return status_tables()["notice"]


def batch_row_status() -> StatusTable:
    """Of a row of a バッチ."""
    return status_tables()["batch_row"]


@cache
def status_tables() -> dict[str, StatusTable]:
    """All tables by the thing that they are about."""
    return {name: _table(rows) for name, rows in toml("processing_status.toml").items()}


def _table(rows: dict[str, dict[str, str]]) -> StatusTable:
    events = {name: row for name, row in rows.items() if isinstance(row, dict)}
    transitions = {name: Transition(tuple(row["from"]), row["to"]) for name, row in events.items()}
    return StatusTable(str(rows["begins"]), transitions)
