"""Sessions of the portal: several of one resident, of several residents, of several lengths; used before, near and after their end, and
by tokens that are nearly theirs (guide §2 The portal)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harness.gateways.exchange import Reply
from harness.gateways.south import Request
from harness.stimuli.south_requests import Body, record_key, told
from harness.stimuli.stage import Resident, Stage

SHORT: Final = 4  # seconds: over in the course of a scenario
_LONG: Final = 9  # seconds: more than half over in the course of a scenario
_LENGTHS: Final = (SHORT, _LONG, SHORT, None, 3600, SHORT)
# By number of the looks: one is never looked at before its end, one only once.
_UNUSED: Final = 2
_USED_ONCE: Final = 5


@dataclass
class Sessions:
    """`opened`: session → record of its resident, in the order in which they were opened."""

    opened: list[tuple[str, Body]] = field(default_factory=list)
    looks: int = 0

    def open(self, stage: Stage, resident: Resident, row: Body) -> None:
        """One of each length, of the same resident."""
        for seconds in _LENGTHS:
            self.opened.append((opened(stage, resident, seconds), row))

    def look(self, stage: Stage, *, last: bool = False) -> list[Reply]:
        """By each session at its own; those of whom another look would hide that time is over wait for the last."""
        looks = []
        for number, (session, row) in enumerate(self.opened):
            kind = number % len(_LENGTHS)
            if not last and (kind == _UNUSED or (kind == _USED_ONCE and self.looks)):
                continue
            looks.append(look(session, row))
        self.looks += 1
        return stage.at_once(looks)

    def by_near_names(self, stage: Stage) -> None:
        """What is nearly the name of a session is none."""
        session, row = self.opened[-2]
        stage.at_once([look(near, row) for near in _near(session)])

    def by_others(self, stage: Stage) -> None:
        """Each resident at what is the next one's, registered or not."""
        rows = [row for _, row in self.opened]
        shifted = rows[len(_LENGTHS) :] + rows[: len(_LENGTHS)]
        looks = [look(session, row) for (session, _), row in zip(self.opened, shifted, strict=True)]
        stage.at_once(looks[3 :: len(_LENGTHS)])


def opened(stage: Stage, resident: Resident, seconds: int | None = None) -> str:
    """A session, or a text that stands for none."""
    body = {"local_id": resident.local_id, **({} if seconds is None else {"valid_seconds": seconds})}
    said = stage.ask(Request("POST", "/v1/portal-sessions", "business", body)).body
    return told(said, "session") or "none"


def look(session: str, row: Body) -> Request:
    """At a record."""
    headers = {"X-Portal-Session": session}
    return Request("POST", "/v1/own-information", "business", record_key(row), headers=headers)


def _near(session: str) -> Iterator[str]:
    """Other texts of nearly the same characters."""
    for near in (session[:-1], session + "0", session[1:], session.swapcase(), session[::-1], f'"{session}"'):
        if near and near != session:
            yield near
