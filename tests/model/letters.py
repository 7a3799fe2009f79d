"""Messages of the north face as they go over the wire, each part of which can be made wrong, and an inbox that answers them."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from joserfc import jwe, jws
from joserfc.jwk import ECKey

from harness.contract.keys import bench_keys
from harness.contract.messages import new_id
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import refusals
from harness.model.cases import Case
from harness.model.history.exchanges import Delivery, Fetch, Person
from harness.model.history.history import Declared
from harness.model.history.spans import Span
from harness.model.inbox.content import BOUND
from harness.model.judges.inbound import arrivals
from harness.model.rules import rules
from tests.model.histories import BEGAN, LISTS, OWN, PARTNER, Told

NETWORK = network_organisation().code
AFFAIR = "児童扶養手当法による児童扶養手当の支給に関する事務"
CONTENTS: Mapping[str, dict[str, Any]] = {
    "照会依頼": {"key": {}},
    "照会応答": {"items": {"所得額": 1}},
    "連絡": {"items": {"所得額": None}},
    "受領": {},
    "エラー": {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "ない"},
}
NONE: Mapping[str, Any] = MappingProxyType({})


@cache
def further(state: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": f"further-{state}"}, auto_kid=False)


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed(payload: object, key: ECKey, typ: str, protected: Mapping[str, Any] = NONE) -> str:
    """Members of the protected header that are None are left out."""
    head = {"alg": "ES256", "kid": key.kid, "typ": typ, **protected}
    raw = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
    known = {name: value for name, value in head.items() if value is not None}
    if known.get("alg") != "ES256" or "crit" in known or not {"kid", "typ"} <= known.keys():
        first = f"{encoded(json.dumps(known).encode())}.{encoded(raw)}"
        proper = jws.JWSRegistry(algorithms=["ES256"]).get_alg("ES256").sign(first.encode(), key)
        return f"{first}.{encoded(proper)}"
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    return jws.serialize_compact(known, raw, key, registry=registry)


def closed(inner: str, protected: Mapping[str, Any] = NONE, recipient: str = OWN) -> str:
    key = bench_keys(recipient).public().encryption
    head = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": key.kid, **protected}
    algorithms = ["ECDH-ES", str(head["enc"]), "DEF"]
    registry = jwe.JWERegistry(algorithms=algorithms, strict_check_header=False)
    return jwe.encrypt_compact(head, inner.encode(), key, registry=registry)


@dataclass
class Post:
    """A history whose gateway has fetched the directory: of every organisation the present key, of the partner further ones."""

    told: Told = field(default_factory=lambda: Told(Declared("1", OWN, LISTS, _own_keys())))
    fetched: bool = True

    def __post_init__(self) -> None:
        if self.fetched:
            self.told.clock -= 10
            self.fetch()
            self.told.clock = BEGAN

    def fetch(self, at: float | None = None, status: int = 200, **changes: Any) -> None:
        """After a while the gateway has read it for certain."""
        said = {**directory(), **changes} if status == 200 else None
        self.told.told(Fetch(len(self.told.exchanges), self.told.span(at), status, said))
        self.told.clock += 6

    def person(self, name: str = "somebody") -> Person:
        return self.told.person(f"{name}-of-the-city")

    def header(self, kind: str = "照会依頼", person: Person | None = None, **changes: Any) -> dict[str, Any]:
        id_ = new_id()
        return {
            "version": "1",
            "message_id": id_,
            "correlation_id": id_,
            "kind": kind,
            "from": PARTNER,
            "to": OWN,
            "basis": {"table": "2015-09-09", "item": "57"},
            "affair": AFFAIR,
            "information": "地方税関係情報",
            "role": "child-allowance",
            "mode": "オンライン",
            "link_code": person.codes[OWN] if person else "nobody-of-the-city",
            "sent_at": "2027-01-15T08:00:00.000Z",
            "expires_at": "2027-01-15T09:00:00.000Z",
            **changes,
        }

    def inner(
        self,
        header: Mapping[str, Any],
        key: ECKey | None = None,
        protected: Mapping[str, Any] = NONE,
        content: object = None,
        **changes: Any,
    ) -> str:
        said = {**{name: header.get(name) for name in BOUND}, "content": content, **changes}
        if content is None:
            said["content"] = CONTENTS[str(header["kind"])]
        known = {name: value for name, value in said.items() if value is not None}
        signer = key or bench_keys(PARTNER).signature
        return signed(known, signer, "renkei-content+jws", protected)

    def outer(
        self,
        header: Mapping[str, Any],
        body: str,
        key: ECKey | None = None,
        protected: Mapping[str, Any] = NONE,
        **changes: Any,
    ) -> str:
        payload = {"header": header, "body": body, **changes}
        return signed(payload, key or bench_keys(NETWORK).signature, "renkei-message+jws", protected)

    def proper(self, header: Mapping[str, Any], signer: str = PARTNER) -> tuple[str, str]:
        """Token and what is in it. `signer`: the organisation that signed the content."""
        inner = self.inner(header, bench_keys(signer).signature)
        return self.outer(header, closed(inner)), inner

    def post(
        self,
        header: Mapping[str, Any],
        token: str | None = None,
        inner: str | None = None,
        answer: str = "202",
        *,
        again: Delivery | None = None,
        **other: Any,
    ) -> Delivery:
        """Delivers, the proper token where none is given. `answer`: 202, or the code of a refusal."""
        if token is None:
            token, inner = self.proper(header)
        if again is not None:
            token, inner = again.token, again.inner
        said: dict[str, Any] = {"status": 202, "text": json.dumps({"message_id": header.get("message_id")})}
        if answer != "202":
            refusal = refusals()[answer]
            error = {"code": answer, "phase": refusal.phase, "reason": refusal.ja}
            said = {"status": refusal.status, "error": error, "text": ""}
        return self.told.deliver(
            str(header["kind"]), token=token, inner=inner, header=header, **{**said, **other}
        )

    def ask(self, person: Person, kind: str = "照会依頼", **changes: Any) -> str:
        """Something of the gateway's own that the network took; its correlation id."""
        sent = self.told.send(
            kind, person, header=self.header(kind, person, **{"from": OWN, "to": PARTNER, **changes})
        )
        return str(sent.header["correlation_id"])

    def cases(self) -> list[Case]:
        """What the judge says, in words that the tables know."""
        found = list(arrivals(self.told.history()))
        assert [case for case in found if case.alternative not in rules()[case.rule].alternatives] == []
        return found

    def broken(self) -> list[str]:
        return [case.rule for case in self.cases() if case.breach]

    def occasions(self) -> set[tuple[str, str]]:
        return {(case.rule, case.alternative) for case in self.cases()}


def directory() -> dict[str, Any]:
    parties = [party(code) for code in organisations() if code != NETWORK]
    return {
        "network": party(NETWORK),
        "organisations": parties,
        "tables": ["2012-02-14", "2015-09-09"],
        "time": "",
    }


def party(code: str, *states: tuple[str, str, str, bool]) -> dict[str, Any]:
    """`states`: further keys as (name, valid_from, valid_until, revoked)."""
    organisation = organisations()[code]
    rows = [
        {
            "key": further(state).as_dict(private=False),
            "valid_from": start,
            "valid_until": end,
            "revoked": revoked,
        }
        for state, start, end, revoked in states
    ]
    named = {"code": code, "name": organisation.name, "kind": organisation.kind}
    return {**named, "keys": bench_keys(code).public().to_jwk(), "further_keys": rows}


def with_party(*parties: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All organisations, some of them otherwise."""
    known: dict[str, Mapping[str, Any]] = {row["code"]: row for row in directory()["organisations"]}
    return list({**known, **{str(row["code"]): row for row in parties}}.values())


def moment(seconds: float) -> Span:
    """At so many seconds of the run."""
    return Span(BEGAN + seconds, BEGAN + seconds + 0.1)


def _own_keys() -> Mapping[str, Any]:
    return bench_keys(OWN).public().to_jwk()
