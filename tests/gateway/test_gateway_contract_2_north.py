"""What contract 2 decides of the north face (guide §12): the reference gateway does so, whichever version it declares."""

import json
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwe, jws
from joserfc.jwk import ECKey

from harness.contract import json_binding
from harness.contract.keys import FurtherKey, KeyPair, SignatureKey, bench_keys, further_keys, public_jwk
from harness.contract.messages import Message, new_id
from mocks.gateway import network_connection
from mocks.gateway.lanes import Lanes
from mocks.gateway.platform_messaging import Handed
from mocks.network.alterations import by_hand
from tests.gateway.fake_network import (
    NETWORK,
    OTHER,
    OWN,
    PARTNER,
    FakeNetwork,
    directory,
    enquiry,
    error,
    link_code,
    post,
    sealed,
)
from tests.gateway.gateway_process import Gateway, in_thread, wish

MEMBERS = {"alg": "ES256", "typ": json_binding.MESSAGE_TYPE}
SIGNATURE_INVALID, DECRYPTION_FAILED = (401, "SIGNATURE_INVALID"), (400, "DECRYPTION_FAILED")


def fresh(**other: object) -> Message:
    return enquiry(link_code("nobody"), **other)


def said(north: str, token: str) -> tuple[int, str | None]:
    reply = post(north, token)
    return reply.status_code, reply.json().get("code")


def encrypted(message: Message, **changes: Any) -> str:
    """A message whose body has other members in its protected header; `plaintext`: in place of the inner JWS."""
    recipient = bench_keys(OWN).encryption
    inner = json_binding.open_body(json_binding.peek(sealed(message))["body"], recipient)
    plaintext = changes.pop("plaintext", inner)
    protected = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": recipient.kid, **changes}
    body = jwe.encrypt_compact(protected, plaintext.encode(), recipient, algorithms=["ECDH-ES", "A256GCM"])
    return json_binding.wrap(message.header, body, bench_keys(NETWORK).signature)


def signed(protected: dict[str, str], payload: bytes, signer: ECKey) -> str:
    """A compact JWS with any protected header and payload."""
    return jws.serialize_compact(protected, payload, signer, algorithms=["ES256"])


def outer(message: Message, **members: str) -> str:
    """A message with further members in its outer header, properly signed."""
    signer = bench_keys(NETWORK).signature
    payload = json.dumps(json_binding.peek(sealed(message)), ensure_ascii=False).encode()
    return signed({**MEMBERS, "kid": str(signer.kid), **members}, payload, signer)


def unencoded(message: Message) -> str:
    """The same with a member that has libraries see no JWS at all (RFC 7797)."""
    signer = bench_keys(NETWORK).signature
    protected = json.dumps({**MEMBERS, "kid": str(signer.kid), "b64": False})
    return by_hand.sign(protected, json.dumps(json_binding.peek(sealed(message)), ensure_ascii=False), signer)


def inner(message: Message, payload: bytes, **members: str) -> str:
    """A message whose inner JWS is properly signed over any payload."""
    signer = bench_keys(PARTNER).signature
    protected = {**MEMBERS, "typ": json_binding.CONTENT_JWS_TYPE, "kid": str(signer.kid), **members}
    return encrypted(message, plaintext=signed(protected, payload, signer))


def content(message: Message, **changes: object) -> bytes:
    """The inner payload of a message; what is None is left out."""
    whole = {**json_binding.bound(message.header), "content": message.content, **changes}
    return json.dumps({k: v for k, v in whole.items() if v is not None}, ensure_ascii=False).encode()


def with_loose_body(message: Message) -> str:
    body = json_binding.peek(sealed(message))["body"]
    return json_binding.wrap(message.header, by_hand.loosened(body), bench_keys(NETWORK).signature)


def revoked(message: Message, signer: ECKey | None = None) -> str:
    """The content signed with a revoked key of the partner, or with another one under its name."""
    key = further_keys(PARTNER)["revoked"].key
    if signer is not None:
        key = ECKey.import_key({**signer.dict_value, "kid": str(key.kid)})
    return sealed(message, inner=KeyPair(key, bench_keys(PARTNER).encryption))


REFUSED: dict[str, tuple[tuple[int, str], Callable[[], str]]] = {
    "padded": (SIGNATURE_INVALID, lambda: f"{sealed(fresh())}=="),
    "padded-header": (SIGNATURE_INVALID, lambda: sealed(fresh()).replace(".", "=.", 1)),
    "other-character": ((400, "MALFORMED"), lambda: sealed(fresh()).replace(".", "+.", 1)),
    "blank": ((400, "MALFORMED"), lambda: sealed(fresh()).replace(".", " .", 1)),
    "line-break": ((400, "MALFORMED"), lambda: f"{sealed(fresh())}\n"),
    "loose-signature": (SIGNATURE_INVALID, lambda: by_hand.loosened(sealed(fresh()))),
    "outer-member": (SIGNATURE_INVALID, lambda: outer(fresh(), cty="JSON")),
    "outer-member-of-another-form": (SIGNATURE_INVALID, lambda: unencoded(fresh())),
    "inner-member": (SIGNATURE_INVALID, lambda: inner(m := fresh(), content(m), cty="JSON")),
    "body-member": (DECRYPTION_FAILED, lambda: encrypted(fresh(), cty="JOSE")),
    "body-kid": (DECRYPTION_FAILED, lambda: encrypted(fresh(), kid="another")),
    "array": (SIGNATURE_INVALID, lambda: inner(fresh(), b"[]")),
    "no-json": (SIGNATURE_INVALID, lambda: inner(fresh(), b"{")),
    "null": (SIGNATURE_INVALID, lambda: inner(fresh(), b"null")),
    "unbound": (SIGNATURE_INVALID, lambda: inner(m := fresh(), content(m, information=None))),
    "no-content": ((400, "MALFORMED"), lambda: inner(m := fresh(), content(m, content=None))),
    "from-network": ((403, "PARTNER_UNKNOWN"), lambda: sealed(fresh(sender=NETWORK))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_message_is_refused_as_contract_2_decides(clean: Gateway, name: str) -> None:
    expected, token = REFUSED[name]
    assert said(clean.north, token()) == expected


@pytest.mark.parametrize("make", [outer, encrypted, lambda m: inner(m, content(m))])
def test_the_same_without_the_fault_is_accepted(clean: Gateway, make: Callable[[Message], str]) -> None:
    assert said(clean.north, make(fresh())) == (202, None)


def test_a_body_with_loose_bits_does_not_decrypt(clean: Gateway) -> None:
    assert said(clean.north, with_loose_body(fresh())) == DECRYPTION_FAILED


def published(*keys: SignatureKey) -> list[FurtherKey]:
    return [key.to_wire() for key in keys]


def _running(network: FakeNetwork, place: Path) -> AbstractContextManager[Gateway]:
    """A gateway that has fetched no directory yet."""
    return in_thread(network.url, place / "gateway.sqlite")


def test_a_signature_is_looked_at_before_its_key_and_its_key_before_the_binding(
    network: FakeNetwork, tmp_path: Path
) -> None:
    network.directory = directory()
    (partner,) = (o for o in network.directory["organisations"] if o["code"] == PARTNER)
    partner["further_keys"] = published(*further_keys(PARTNER).values())
    with _running(network, tmp_path) as gateway:
        assert said(gateway.north, revoked(fresh())) == (401, "KEY_NOT_VALID")
        assert said(gateway.north, revoked(fresh(), bench_keys(OTHER).signature)) == SIGNATURE_INVALID
        asked, other = fresh(), fresh()
        body = json_binding.peek(revoked(other))["body"]
        moved = json_binding.wrap(asked.header, body, bench_keys(NETWORK).signature)
        assert said(gateway.north, moved) == (401, "KEY_NOT_VALID")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("next", (202, None)),
        ("former", (202, None)),
        ("expired", SIGNATURE_INVALID),
        ("revoked", SIGNATURE_INVALID),
    ],
)
def test_further_keys_of_the_network_hold_while_they_are_valid(
    network: FakeNetwork, tmp_path: Path, state: str, expected: tuple[int, str | None]
) -> None:
    key = further_keys(NETWORK)[state]
    network.directory = directory()
    network.directory["network"]["further_keys"] = published(key)
    with _running(network, tmp_path) as gateway:
        signer = KeyPair(key.key, bench_keys(NETWORK).encryption)
        assert said(gateway.north, sealed(fresh(), outer=signer)) == expected


def without(code: str) -> dict[str, Any]:
    document = directory()
    document["organisations"] = [o for o in document["organisations"] if o["code"] != code]
    return document


def with_next_key(code: str) -> dict[str, Any]:
    """The key of an organisation was replaced by the next one."""
    document = directory()
    (party,) = (o for o in document["organisations"] if o["code"] == code)
    party["keys"]["signature"] = public_jwk(further_keys(code)["next"].key.dict_value)
    return document


@pytest.mark.parametrize("before", [without(PARTNER), with_next_key(PARTNER)], ids=["organisation", "key"])
def test_a_key_or_organisation_that_is_not_known_is_asked_for_at_once(
    network: FakeNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, Any]
) -> None:
    monkeypatch.setattr(network_connection, "RENEWED_SECONDS", 0.0)
    network.directory = before
    with _running(network, tmp_path) as gateway:
        token = sealed(fresh())
        assert post(gateway.north, token).status_code in {401, 403}
        network.directory = None
        assert post(gateway.north, token).status_code == 202


def test_it_is_asked_for_every_five_seconds_at_most(network: FakeNetwork, tmp_path: Path) -> None:
    network.directory = without(PARTNER)
    with _running(network, tmp_path) as gateway:
        asked = network.asked.count("directory")
        for _ in range(3):
            assert said(gateway.north, sealed(fresh())) == (403, "PARTNER_UNKNOWN")
        assert network.asked.count("directory") == asked + 1


def test_a_known_key_that_does_not_fit_is_no_reason_to_ask(
    network: FakeNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_connection, "RENEWED_SECONDS", 0.0)
    with _running(network, tmp_path) as gateway:
        assert post(gateway.north, sealed(fresh())).status_code == 202
        asked = network.asked.count("directory")
        stranger = ECKey.import_key(
            {**bench_keys(OTHER).signature.dict_value, "kid": str(bench_keys(PARTNER).signature.kid)}
        )
        forged = sealed(fresh(), inner=KeyPair(stranger, bench_keys(PARTNER).encryption))
        assert said(gateway.north, forged) == SIGNATURE_INVALID
        assert network.asked.count("directory") == asked


def test_nothing_is_lawful_where_the_gateway_is_not_in_the_directory(
    network: FakeNetwork, tmp_path: Path, person: str
) -> None:
    network.directory = without(OWN)
    with _running(network, tmp_path) as gateway:
        assert said(gateway.north, sealed(fresh())) == (403, "BASIS_NOT_LAWFUL")
        gateway.register(person, f"token-{person}")
        refused = gateway.call("POST", "/v1/enquiries", body=wish(person))
        assert (refused.status_code, refused.json()["code"]) == (403, "BASIS_NOT_LAWFUL")


@pytest.mark.parametrize("body", [{}, {"message_id": new_id()}, {"accepted": True}, []])
def test_a_202_that_does_not_name_the_message_is_not_understood(
    network: FakeNetwork, clean: Gateway, person: str, body: Any
) -> None:
    clean.register(person, f"token-{person}")
    network.script.append((202, body))
    tried = len(network.attempts)
    status = clean.enquire(person)
    clean.await_status(status["enquiry_id"], "送信済")
    first, second = network.attempts[tried : tried + 2]
    assert first == second


def test_a_refusal_of_an_unknown_code_is_final_and_passed_on(
    network: FakeNetwork, clean: Gateway, person: str
) -> None:
    clean.register(person, f"token-{person}")
    network.script.append((418, error("TEAPOT")))
    status = clean.enquire(person)
    assert clean.await_status(status["enquiry_id"], "エラー")["error"] == error("TEAPOT")


def handed(seq: int, lane: str | None) -> Handed:
    return Handed(seq, replace(fresh(), content={}), lane=lane)


def test_what_is_put_on_a_lane_later_goes_behind_what_waits_there() -> None:
    lanes = Lanes()
    first, second, third, other, free = (handed(n, lane) for n, lane in enumerate(["a", "a", "a", "b", None]))
    assert [lanes.may_go(one) for one in (first, second, other, free, third)] == [
        True,
        False,
        True,
        True,
        False,
    ]
    order = deque([first])
    while upcoming := lanes.next_after(order[-1]):
        order.append(upcoming)
    assert list(order) == [first, second, third]
    assert lanes.next_after(free) is None
    assert lanes.may_go(handed(9, "a"))
