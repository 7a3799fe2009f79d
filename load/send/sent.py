"""The sent log: what was done about every request of a load run, in `sent-*.csv` of the folder of prepared requests."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import astuple

PATTERN = "sent-*.csv"
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
ACCEPTED = 202
_ACCIDENT = 500  # status from which on nothing is said about the request
STOPPED = "STOPPED"  # problem of a request that was open when the run was stopped


class Sent(msgspec.Struct, frozen=True):
    """One request that was sent. `index`: of the prepared request; `planned_ns`, `sent_ns`, `done_ns`: wall clock in ns;
    `status`: of the HTTP answer, 0 where there was none, with the `problem`; `sent_bytes`, `received_bytes`: of the bodies;
    `correlation_id`, `enquiry_id`: of the answer to a 照会依頼 of the south face, empty in the north; `attempts`: how often
    it was handed over until there was a proper answer; `right`: the status that is."""

    index: int
    planned_ns: int
    sent_ns: int
    done_ns: int
    status: int
    problem: str = ""
    sent_bytes: int = 0
    received_bytes: int = 0
    correlation_id: str = ""
    enquiry_id: str = ""
    attempts: int = 1
    right: int = ACCEPTED

    @property
    def carried(self) -> bool:
        """Is it an enquiry that is to be carried on?"""
        return self.right == ACCEPTED

    @property
    def accepted(self) -> bool:
        """Did the gateway say that it will deal with it (guide §3, §2: 202)?"""
        return self.carried and self.status == ACCEPTED

    @property
    def given_up(self) -> bool:
        """Was it open when the run was stopped?"""
        return self.problem == STOPPED

    @property
    def rejected(self) -> bool:
        """Did the gateway refuse what it should have accepted? A 5xx and a connection that breaks are accidents."""
        return self.carried and not self.accepted and 0 < self.status < _ACCIDENT

    @property
    def misjudged(self) -> bool:
        """Was what is not carried on answered otherwise than it should be?"""
        return not self.carried and self.status != self.right and 0 < self.status < _ACCIDENT

    @property
    def failed(self) -> bool:
        """Was it neither answered as it should be nor given up because the run was stopped?"""
        return self.status != self.right and not self.given_up

    @property
    def answered(self) -> bool:
        """Was there an answer to the request at all?"""
        return self.status != 0

    @property
    def line(self) -> str:
        """Of the file. Every text is made of letters, digits, - and _, so that nothing has to be quoted."""
        return ",".join(map(str, astuple(self))) + "\n"


COLUMNS = Sent.__struct_fields__
HEAD = ",".join(COLUMNS) + "\n"
_NUMBERS = {name for name, kind in Sent.__annotations__.items() if kind is int}


def known_id(told: Any) -> str:
    """An id of the form that the guide has (§2), empty for anything else: it goes into a line of the file."""
    return told if isinstance(told, str) and _ID.fullmatch(told) else ""


def read(folder: Path) -> Iterator[Sent]:
    """All of a run folder, worker by worker. A last line that a kill cut off is passed over. Raises OSError."""
    for path in sorted(folder.glob(PATTERN)):
        with path.open(encoding="utf-8", newline="") as lines:
            next(lines, None)
            yield from (row(line) for line in lines if line.endswith("\n"))


def row(line: str) -> Sent:
    """One line, in the order of COLUMNS."""
    fields_of_line = zip(COLUMNS, line.rstrip("\n").split(","), strict=True)
    return Sent(**{n: int(v) if n in _NUMBERS else v for n, v in fields_of_line})  # type: ignore[arg-type]
