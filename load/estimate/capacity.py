"""What a load does to an access line: utilisation, delay, backlog, and what to change."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from load.estimate.estimates import Table
from load.estimate.message_size import envelope
from load.estimate.traffic import Season, kbps

LINES_KBPS = (
    64,
    128,
    256,
    512,
    1_000,
    1_500,
    3_000,
    6_000,
    10_000,
    100_000,
    1_000_000,
)  # own: lines on offer
_YEAR_HOURS = 8_784
COMFORTABLE = 0.8  # own: of a line; above it the queue of M/D/1 is longer than two messages
_UNITS = {"": Decimal("0.001"), "k": Decimal(1), "m": Decimal(1_000), "g": Decimal(1_000_000)}
_LINE = re.compile(r"([0-9]+(?:\.[0-9]+)?)([kKmMgG]?)(?:bps)?")


class CapacityError(ValueError):
    """A question without an answer; the message is one sentence."""


@dataclass(frozen=True)
class Offered:
    """What a municipality wants to send: KB over a time, as messages of a size. `kbps` as it goes over the line."""

    kb: int
    seconds: int
    kbps: float
    messages: float
    message_kb: float

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    @property
    def line_kb(self) -> float:
        """KB on the line, in all."""
        return self.kbps * self.seconds / 8


@dataclass(frozen=True)
class State:
    """A line under a load. delay_seconds: of a message, waiting and sending, None where the queue only grows;
    backlog_kb: at the end of the time; drain_seconds: until it is gone, None where that never happens."""

    utilisation: float
    delay_seconds: float | None
    backlog_kb: float
    drain_seconds: float | None


@dataclass(frozen=True)
class Hour:
    """One hour of a paced schedule, counted from 1."""

    number: int
    messages: int
    kb: float


def line_kbps(text: str) -> float:
    """128k, 10M, 1G or bits a second. Raises CapacityError."""
    found = _LINE.fullmatch(text.strip())
    kbps = Decimal(found[1]) * _UNITS[found[2].lower()] if found else Decimal(0)
    if not 0 < kbps <= 1_000_000_000:
        raise CapacityError(f"--line {text}: 回線は 128k、10M のように、0より大きい速度で書く。")
    return float(kbps)


def published(season: Season, table: Table, population: int) -> Offered:
    """As the document estimates it: the data alone, without signatures, encryption and headers."""
    kb = table.kb_of(season, population)
    size = table.kb_a_message
    return Offered(kb, season.seconds, float(kbps(kb, season.seconds)), kb / size, size)


def on_the_line(season: Season, table: Table, population: int) -> Offered:
    """The same messages as they really travel: signed, encrypted, signed again, in HTTP and TCP/IP."""
    kb, content = table.kb_of(season, population), table.kb_a_message
    wire = envelope().wire_bytes(content * 1000) / 1000
    messages = kb / content
    return Offered(kb, season.seconds, messages * wire * 8 / season.seconds, messages, wire)


def state(offered: Offered, line: float, background_kbps: float = 0.0) -> State:
    """`line` in kbps; `background_kbps`: what goes on after the time, while the backlog drains. The delay is that of
    M/D/1: messages come by chance and are of one size."""
    utilisation = offered.kbps / line
    if utilisation < 1:
        service = offered.message_kb * 8 / line
        return State(utilisation, service + utilisation * service / (2 * (1 - utilisation)), 0.0, 0.0)
    backlog = (offered.kbps - line) * offered.seconds / 8
    left = line - background_kbps
    return State(utilisation, None, backlog, backlog * 8 / left if left > 0 else None)


def hours_needed(offered: Offered, line: float) -> float:
    """Over how many hours it would have to be spread, for the line to be comfortable; rounded up to a tenth."""
    return math.ceil(offered.line_kb * 8 / (line * COMFORTABLE) / 360) / 10


def line_needed(offered: Offered) -> int | None:
    """The slowest line on offer that is comfortable, kbps; None where none is."""
    return next((line for line in LINES_KBPS if offered.kbps <= line * COMFORTABLE), None)


def schedule(offered: Offered, line: float) -> Iterator[Hour]:
    """Hour by hour, as many messages as the line carries comfortably, until all are sent."""
    an_hour = math.floor(line * COMFORTABLE * 3600 / 8 / offered.message_kb)
    if an_hour < 1:
        raise CapacityError("この回線では、1時間に1通も余裕をもって送れない。")
    if offered.messages > an_hour * _YEAR_HOURS:
        raise CapacityError("この回線では、1年かかっても送り終えない。人口か --line を確かめる。")
    left, number = math.ceil(offered.messages), 1
    while left > 0:
        now = min(left, an_hour)
        yield Hour(number, now, now * offered.message_kb)
        left, number = left - now, number + 1
