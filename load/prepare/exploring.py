"""What exploration does beside the usual, for a part of a load (`exploration` of a profile): requests and messages that are refused, or change
nothing, so that a load is not only what goes well. Which answer is right is known beforehand: none of them touches what another asks."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from harness.contract.keys.ring import KeyRing
from harness.contract.messages import Header, Message, timestamp
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import refusals
from harness.contract.statement import Declares, Statement
from harness.gateways.south import Staff
from load.prepare.asking import Asking
from load.prepare.prepared import NORTH, SOUTH, Expected, Prepared
from load.prepare.writing import Parts, asking_body, asking_header, delivery, request

_NO_ITEM: Final = "999"
_NOBODY: Final = "0"  # 識別番号 of nobody: those of residents are longer
_PASSED: Final = timedelta(seconds=-30)
_LIFE: Final = timedelta(hours=1)
_STAFF: Final = "load-2"
_OK: Final = 200


@dataclass(frozen=True)
class Place:
    """For which arrival: its number, whom it is about, and what is asked usually."""

    index: int
    person: str
    subject: str
    asking: Asking


@dataclass(frozen=True)
class Others:
    """What counterparts, business systems, staff and auditors need to speak with this gateway."""

    statement: Statement
    ring: KeyRing

    def wishes(self, face: str) -> tuple[str, ...]:
        """Names of what may be done on a face, for what the gateway declares."""
        declares = self.statement.declares
        return tuple(
            name for name, wish in _WISHES.items() if wish.face == face and wish.is_declared(declares)
        )

    def made(self, name: str, place: Place, chance: random.Random) -> Prepared:
        """One of them."""
        wish = _WISHES[name]
        sent = wish.make(self, place, chance)
        expected: Expected = {"items": {}, "status": _status(wish.code)}
        return Prepared(place.index, f"探索 {name}", wish.face, *sent, "", place.person, expected)


Change = Callable[[Header], Header]
Make = Callable[[Others, Place, random.Random], Parts]


@dataclass(frozen=True)
class _Wish:
    """`code`: with which it is refused, empty where it is not; `needs`: what must be declared, list and name."""

    face: str
    make: Make
    code: str = ""
    needs: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where it has no status."""
        _status(self.code)

    def is_declared(self, declares: Declares) -> bool:
        return all(name in getattr(declares, list_) for list_, name in self.needs)


def _status(code: str) -> int:
    """Of the right answer. Raises ValueError for a refusal that is said in messages alone: no answer would be right."""
    if not code:
        return _OK
    status = refusals()[code].status
    if status is None:
        raise ValueError(f"{code} has no status")
    return status


def _message(others: Others, place: Place, change: Change, signer: str = "", outer: str = "") -> Parts:
    """A 照会依頼 with another header, another signer of the content, or another one outside."""
    asking = place.asking
    header = change(asking_header(asking, place.subject, timestamp(_LIFE)))
    message = Message(header, {"key": asking.key})
    return delivery(others.statement, others.ring, message, signer or asking.requester.code, outer)


def _unlawful(header: Header) -> Header:
    return replace(header, basis=replace(header.basis, item=_NO_ITEM))


def _expired(header: Header) -> Header:
    return replace(header, expires_at=timestamp(_PASSED))


def _same(header: Header) -> Header:
    return header


def _stranger(place: Place) -> str:
    """Another organisation than either."""
    known = {place.asking.requester.code, place.asking.provider.code, network_organisation().code}
    return next(code for code in organisations() if code not in known)


def _request(others: Others, name: str, caller: str, body: object = None, role: str = "") -> Parts:
    return request(others.statement, name, caller, body, Staff(_STAFF, role) if role else None)


def _enquiry(others: Others, place: Place, role: str = "", **members: object) -> Parts:
    body = {**asking_body(place.asking, place.subject), **members}
    return _request(others, "POST /v1/enquiries", "business", body, role or place.asking.role)


def _record(place: Place) -> dict[str, object]:
    return {"local_id": _NOBODY, "information": place.asking.information, "key": place.asking.key}


def _id(chance: random.Random) -> str:
    """Of nothing that there is."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def _no_item(place: Place) -> dict[str, str]:
    return {"table": place.asking.basis.table, "item": _NO_ITEM}


_ASKS: Final = (("roles", "照会側"),)
_PROVIDES: Final = (("roles", "応答側"),)
# By the operation of exploration that does it, and what is wrong.
_WISHES: Final[Mapping[str, _Wish]] = MappingProxyType(
    {
        "照会が届く: 適法でない": _Wish(NORTH, lambda o, p, _: _message(o, p, _unlawful), "BASIS_NOT_LAWFUL"),
        "照会が届く: 期限切れ": _Wish(NORTH, lambda o, p, _: _message(o, p, _expired), "EXPIRED"),
        "照会が届く: 他団体宛て": _Wish(
            NORTH,
            lambda o, p, _: _message(o, p, lambda header: replace(header, recipient=_stranger(p))),
            "NOT_ADDRESSEE",
        ),
        "照会が届く: 本文の署名者が違う": _Wish(
            NORTH, lambda o, p, _: _message(o, p, _same, signer=_stranger(p)), "SIGNATURE_INVALID"
        ),
        "照会が届く: 外側の署名者が違う": _Wish(
            NORTH, lambda o, p, _: _message(o, p, _same, outer=p.asking.requester.code), "SIGNATURE_INVALID"
        ),
        "照会する: 適法でない": _Wish(
            SOUTH, lambda o, p, _: _enquiry(o, p, basis=_no_item(p)), "BASIS_NOT_LAWFUL", _ASKS
        ),
        "照会する: 職責がない": _Wish(
            SOUTH, lambda o, p, _: _enquiry(o, p, role="nobody"), "ROLE_NOT_ALLOWED", _ASKS
        ),
        "照会する: 登録のない人": _Wish(
            SOUTH, lambda o, p, _: _enquiry(o, p, local_id=_NOBODY), "SUBJECT_UNKNOWN", _ASKS
        ),
        "処理状況を見る: 存在しない": _Wish(
            SOUTH, lambda o, _, c: _request(o, f"GET /v1/enquiries/{_id(c)}", "business"), "NOT_FOUND", _ASKS
        ),
        "結果を見る: 存在しない": _Wish(
            SOUTH,
            lambda o, _, c: _request(o, f"GET /v1/enquiries/{_id(c)}/result", "business"),
            "NOT_FOUND",
            _ASKS,
        ),
        "情報登録: 登録のない人": _Wish(
            SOUTH,
            lambda o, p, _: _request(o, "PUT /v1/records", "business", {**_record(p), "items": {}}),
            "SUBJECT_UNKNOWN",
            _PROVIDES,
        ),
        "情報削除: 登録のない人": _Wish(
            SOUTH,
            lambda o, p, _: _request(o, "POST /v1/records/deletion", "business", _record(p)),
            "SUBJECT_UNKNOWN",
            _PROVIDES,
        ),
        "保留を見る": _Wish(
            SOUTH,
            lambda o, p, _: _request(o, "GET /v1/pending", "staff", role=p.asking.role),
            "",
            (*_PROVIDES, ("handling", "手動")),
        ),
        "記録を見る": _Wish(
            SOUTH, lambda o, _, c: _request(o, f"GET /v1/logs/business?correlation_id={_id(c)}", "audit")
        ),
    }
)
