"""The message of the north face: a clear header for routing and an encrypted content, as frozen values."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self, TypedDict, Unpack
from uuid import uuid4

from harness.contract.law import Basis

VERSION = "1"
CLOCK_SECONDS = 5.0  # by which clocks of the bench and of a gateway may differ (own, guide §9)
_RFC_3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_EARLIEST, _LATEST = (edge.replace(tzinfo=UTC) for edge in (datetime.min, datetime.max))


class Kind(StrEnum):
    """Kinds of message (§3-4 連携形態, with acknowledgement and error)."""

    ENQUIRY = "照会依頼"
    ANSWER = "照会応答"
    NOTICE = "連絡"
    RECEIPT = "受領"
    ERROR = "エラー"


class Mode(StrEnum):
    """How an enquiry runs (§4-3 連携確認機能)."""

    ONLINE = "オンライン"
    BATCH = "バッチ"


Value = str | int | None
Items = dict[str, Value]  # 連携データ項目 by name (schema `content`)


class Opening(TypedDict):
    """What whoever begins a correlation says: all of a header but its kind, its ids and when it was sent."""

    sender: str
    recipient: str
    basis: Basis
    affair: str
    information: str
    role: str
    mode: str
    link_code: str
    expires_at: str


@dataclass(frozen=True)
class Header:
    """What the network may read. `sender` and `recipient` are `from` and `to` on the wire."""

    message_id: str
    correlation_id: str
    kind: str
    sender: str
    recipient: str
    basis: Basis
    affair: str
    information: str
    role: str
    mode: str
    link_code: str
    sent_at: str
    expires_at: str
    version: str = VERSION

    def to_wire(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        wire = {**vars(self), "basis": {**vars(self.basis)}}  # asdict copies deeply: 60 µs of every message
        wire["from"], wire["to"] = wire.pop("sender"), wire.pop("recipient")
        return wire

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Self:
        """The header of a JSON object that has been validated. Raises KeyError or TypeError otherwise."""
        values = {k: v for k, v in wire.items() if k not in {"from", "to", "basis"}}
        basis = Basis(wire["basis"]["table"], wire["basis"]["item"])
        return cls(sender=wire["from"], recipient=wire["to"], basis=basis, **values)

    @classmethod
    def enquiry(cls, **said: Unpack[Opening]) -> Self:
        """The header of a new 照会依頼."""
        return cls.opening(Kind.ENQUIRY, **said)

    @classmethod
    def notice(cls, **said: Unpack[Opening]) -> Self:
        """The header of a new 連絡."""
        return cls.opening(Kind.NOTICE, **said)

    @classmethod
    def opening(cls, kind: Kind, **said: Unpack[Opening]) -> Self:
        """The header of a message that answers none: its correlation goes by its own id."""
        message_id = new_id()
        return cls(message_id=message_id, correlation_id=message_id, kind=kind, sent_at=timestamp(), **said)

    def reply(self, kind: Kind, link_code: str) -> "Header":
        """The header of what answers this one: parties swapped, same correlation, same expiry."""
        return replace(
            self,
            message_id=new_id(),
            kind=kind,
            sender=self.recipient,
            recipient=self.sender,
            link_code=link_code,
            sent_at=timestamp(),
        )


@dataclass(frozen=True)
class Message:
    """A message in the clear: header and content (key, items or error of the contract)."""

    header: Header
    content: dict[str, Any]


def new_id() -> str:
    """A message or correlation id: UUID version 4."""
    return str(uuid4())


def timestamp(offset: timedelta = timedelta()) -> str:
    """Now (plus an offset) as RFC 3339 in UTC with milliseconds, e.g. 2012-08-01T00:00:00.000Z."""
    moment = datetime.now(UTC) + offset
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(offset: timedelta = timedelta()) -> str:
    """As timestamp, to the microsecond: exchanges that follow each other within a millisecond keep their order."""
    return (datetime.now(UTC) + offset).isoformat(timespec="microseconds").replace("+00:00", "Z")


@lru_cache(maxsize=4096)  # a moment is looked at again and again: by schemas, by whoever judges
def parse_timestamp(text: str) -> datetime:
    """The moment of an RFC 3339 timestamp in UTC, to the microsecond. A leap second is the second after it; what lies before
    the year 1 or after 9999 is the nearest moment that Python knows. Raises ValueError for everything else."""
    found = _RFC_3339.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]}: 時差を付けた RFC 3339 の時刻ではない")
    *parts, fraction, sign, hours, minutes = found.groups()
    year, month, day, hour, minute, second = (int(part) for part in parts)
    leaps = second == 60
    # The year 0 is a leap year, as 4 is: Python checks the day, and the difference does not matter at the edge.
    local = datetime(year or 4, month, day, hour, minute, 59 if leaps else second, tzinfo=UTC)
    ahead = _offset(sign, hours, minutes)
    if year == 0:
        return _EARLIEST
    moment = _shifted(local, timedelta(microseconds=int(f"{fraction or '':0<6}"[:6])) - ahead)
    if not leaps:
        return moment
    if (moment.hour, moment.minute) != (23, 59):
        raise ValueError(f"{text[:40]}: 閏秒は UTC の 23:59:60 にだけある")
    return _shifted(moment.replace(microsecond=0), timedelta(seconds=1))


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    """Raises ValueError beyond ±23:59."""
    if sign is None:
        return timedelta()
    if int(hours or 0) > 23 or int(minutes or 0) > 59:
        raise ValueError("時差は ±23:59 まで")
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -ahead if sign == "-" else ahead


def _shifted(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return _EARLIEST if by < timedelta() else _LATEST
