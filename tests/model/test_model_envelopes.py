"""Every layer of a message: signed, encrypted and put together as the contract has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from harness.contract.json_binding import peek, seal
from harness.contract.keys import bench_keys
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Header, Kind, Message, new_id
from harness.model.history.history import Declared
from harness.model.judges.envelopes import envelopes
from harness.model.rules import rules
from tests.model.asking import WISH, stamp
from tests.model.histories import LISTS, OTHER, OWN, PARTNER, Told, broken, occasions
from tests.model.sealing import b64, dumped, encrypted, private_key, signed

KID = bench_keys(OWN).signature.kid
CONTENTS: Mapping[str, Mapping[str, object]] = {
    Kind.ENQUIRY: {"key": {}},
    Kind.ANSWER: {"items": {"所得額": 0}},
    Kind.NOTICE: {"items": {}},
    Kind.RECEIPT: {},
    Kind.ERROR: {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "ない"},
}
Said = dict[str, Any]


@dataclass
class Letter:
    """A message as a clean gateway seals it; each part can be another."""

    kind: str = Kind.ENQUIRY
    header: Said = field(default_factory=dict)
    outer: Said = field(default_factory=dict)
    inner: Said = field(default_factory=dict)
    bound: Said = field(default_factory=dict)
    encryption: Said = field(default_factory=dict)
    payload: Said = field(default_factory=dict)
    signer: str = OWN
    author: str = OWN
    der: bool = False

    def told(self, told: Told, at: float = 10) -> Told:
        said = {**self._header(), **self.header}
        told.send(self.kind, None, CONTENTS[self.kind], at=at, header=said, token=self.token(said))
        return told

    def token(self, said: Said) -> str:
        names = ("message_id", "correlation_id", "kind", "from", "to", "information")
        inner = {**{name: said.get(name) for name in names}, "content": CONTENTS[self.kind], **self.bound}
        head = {"alg": "ES256", "kid": KID, "typ": "renkei-content+jws", **self.inner}
        text = signed(head, dumped(inner), private_key(self.author, "signature"))
        to = said["to"] if said["to"] in {PARTNER, OTHER} else PARTNER
        body = encrypted(text, to, **self.encryption)
        outer = {"alg": "ES256", "kid": KID, "typ": "renkei-message+jws", **self.outer}
        payload = dumped({"header": said, "body": body, **self.payload})
        return signed(outer, payload, private_key(self.signer, "signature"), der=self.der)

    def _header(self) -> Said:
        id_ = new_id()
        return {
            "version": "1", "message_id": id_, "correlation_id": id_, "kind": self.kind, "from": OWN, "to": PARTNER,
            **{name: WISH[name] for name in ("basis", "affair", "information")}, "role": "child-allowance",
            "mode": "オンライン", "link_code": "0123456789abcdef", "sent_at": stamp(10), "expires_at": stamp(70),
        }  # fmt: skip


def fresh() -> Told:
    return Told(declared=Declared("1", OWN, LISTS, bench_keys(OWN).public().to_jwk()))


def found(**letter: Any) -> list[str]:
    return sorted(set(broken(envelopes, Letter(**letter).told(fresh()))))


@pytest.mark.parametrize("kind", list(Kind))
def test_a_proper_message_breaks_nothing(kind: str) -> None:
    told = Letter(kind).told(fresh())
    assert broken(envelopes, told) == []
    seen = occasions(envelopes, told)
    assert all(alternative in rules()[rule].alternatives for rule, alternative in seen)
    side = "request" if kind in {Kind.ENQUIRY, Kind.NOTICE} else "reply"
    of_kind = {
        (r.id, a)
        for r in rules().values()
        for a in r.alternatives
        if r.id.endswith(f"-of-{side}") and a.startswith(f"{kind}:")
    }
    assert seen == of_kind


def test_the_binding_of_the_bench_breaks_nothing() -> None:
    header = Header.from_wire(Letter()._header())
    token = seal(Message(header, {"key": {}}), bench_keys(OWN), bench_keys(PARTNER).public())
    told = fresh()
    told.send(Kind.ENQUIRY, None, {"key": {}}, at=10, header=header.to_wire(), token=token)
    assert broken(envelopes, told) == []


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "change", [{"alg": "ES384"}, {"kid": "other"}, {"typ": "JWT"}, {"jwk": {}}, {"crit": []}]
)
def test_protected_headers_are_exact(kind: str, change: Said) -> None:
    side = "request" if kind in {Kind.ENQUIRY, Kind.NOTICE} else "reply"
    assert found(kind=kind, outer=change) == [f"outer-signature-of-{side}"]
    assert found(kind=kind, inner=change) == [f"inner-signature-of-{side}"]


def test_both_signatures_are_the_gateways() -> None:
    assert found(signer=PARTNER) == ["outer-signature-of-request"]
    assert found(author=PARTNER) == ["inner-signature-of-request"]
    assert found(der=True) == ["outer-signature-of-request"]


@pytest.mark.parametrize(
    "change",
    [
        {"head": {"alg": "ECDH-ES+A256KW"}},
        {"head": {"enc": "A128GCM"}},
        {"head": {"kid": bench_keys(OTHER).encryption.kid}},
        {"head": {"kid": bench_keys(PARTNER).signature.kid}},
        {"head": {"zip": "DEF"}},
        {"head": {"apu": "AA"}},
        {"head": {"epk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}},
        {"head": {"kid": None}},
        {"iv": bytes(16)},
        {"wrapped": "AAAA"},
    ],
)
def test_the_encryption_is_exact(change: Said) -> None:
    assert "encryption-of-request" in found(encryption=change)


def test_it_is_encrypted_to_the_recipient() -> None:
    told = fresh()
    letter = Letter()
    said = {**letter._header(), "to": OTHER}
    body = encrypted("x", PARTNER)
    token = signed(
        {"alg": "ES256", "kid": KID, "typ": "renkei-message+jws"},
        dumped({"header": said, "body": body}),
        private_key(OWN, "signature"),
    )
    told.send(Kind.ENQUIRY, None, None, at=10, header=said, token=token)
    assert (
        broken(envelopes, told) == ["encryption-of-request"] * 2
    )  # whose key it names, and that it does not open


def test_epk_and_iv_are_new_each_time() -> None:
    one, iv = generate_private_key(SECP256R1()), bytes(12)
    told = fresh()
    for n in range(2):
        Letter(encryption={"iv": iv}).told(told, 10 + n)
    assert broken(envelopes, told) == []  # under another key it is another one
    for vectors, count in ((({}, {}), 1), (({"iv": iv}, {"iv": iv}), 2)):
        told = fresh()
        for n, vector in enumerate(vectors):
            Letter(encryption={"ephemeral": one, **vector}).told(told, 10 + n)
        assert broken(envelopes, told) == ["new-each-time-of-request"] * count


def test_the_same_bytes_again_are_one_message() -> None:
    told = Letter().told(fresh())
    sent = told.exchanges[-1]
    told.send(Kind.ENQUIRY, None, None, at=12, header=sent.header, token=sent.token)
    assert broken(envelopes, told) == []


@pytest.mark.parametrize("member", ["message_id", "correlation_id", "from", "to", "information"])
def test_the_six_fields_are_bound(member: str) -> None:
    other = {"from": OTHER, "to": OTHER, "information": "住民票関係情報"}.get(member) or new_id()
    for kind, side in ((Kind.ENQUIRY, "request"), (Kind.ANSWER, "reply")):
        assert found(kind=kind, bound={member: other}) == [f"bound-fields-of-{side}"]


def test_both_payloads_meet_their_schemas() -> None:
    assert found(header={"note": "x"}) == ["message-form-of-request"]
    assert found(payload={"note": "x"}) == ["message-form-of-request"]
    assert found(header={"version": 1}) == ["message-form-of-request"]
    assert found(bound={"note": "x"}) == ["content-form-of-request"]
    assert found(bound={"content": {"key": {"相当年度": 2011}}}) == ["content-form-of-request"]
    assert found(kind=Kind.RECEIPT, bound={"content": {"key": {}}}) == ["content-form-of-reply"]


def test_sent_at_is_when_it_was_sent() -> None:
    assert found(header={"sent_at": stamp(14)}) == []
    assert found(header={"sent_at": stamp(60)}) == ["sent-at-of-request"]
    told = fresh()
    asked = told.deliver(Kind.ENQUIRY, None, {"key": {}}, at=100)
    ids = {"correlation_id": asked.header["correlation_id"]}
    for at, count in ((96, 0), (50, 1)):
        Letter(Kind.ANSWER, header={**ids, "sent_at": stamp(at)}).told(told, 101 + at / 100)
        assert broken(envelopes, told) == ["sent-at-of-reply"] * count


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "..", f"{b64(b'{}')}.{b64(b'[]')}.{b64(b'x')}"])
def test_what_is_no_message_at_all_is_told_once(token: str) -> None:
    told = fresh()
    told.send(Kind.ANSWER, None, None, at=10, token=token)
    assert set(broken(envelopes, told)) <= {"outer-signature-of-reply"}


def judged(token: str, keys: KeyRing) -> set[str]:
    """Rules that a message breaks in a run with these keys of the counterparts."""
    told = fresh()
    header = peek(token)["header"]
    told.send(Kind.ENQUIRY, None, {"key": {}}, at=10, header=header, token=token)
    return {case.rule for case in envelopes(replace(told.history(), keys=keys)) if case.breach}


def test_a_message_is_opened_with_the_keys_of_its_run() -> None:
    run = KeyRing("a run")
    message = Message(Header.from_wire(Letter()._header()), {"key": {}})
    proper = seal(message, bench_keys(OWN), run.public(PARTNER))
    published = seal(message, bench_keys(OWN), bench_keys(PARTNER).public())
    assert judged(proper, run) == judged(published, PUBLISHED) == set()
    assert judged(published, run) == judged(proper, PUBLISHED) == {"encryption-of-request"}
