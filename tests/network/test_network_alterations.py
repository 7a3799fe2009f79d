"""Each alteration breaks exactly what it says, in enquiries as in answers, and a proper message breaks nothing."""

import pytest
from joserfc import jws

from harness.contract import json_binding
from harness.contract.keys import bench_keys as keys_of
from harness.contract.messages import timestamp
from mocks.network.alterations.drafts import Draft
from mocks.network.alterations.names import ALTERATIONS, AT_ONCE, altered
from tests.network.fake_gateway import NETWORK, OWN, PARTNER, FakeGateway, enquiry, faults, sealed
from tests.network.network_process import RunningNetwork

BOUND = "署名がない、又は検証できない（本文の署名が別の電文のもの）"
UNSIGNED = "署名がない、又は検証できない（UnsupportedAlgorithmError）"
OTHER_KEY = "署名がない、又は検証できない（BadSignatureError）"
INNER = "署名がない、又は検証できない（BadSignatureError）"
BROKEN = {
    "unsigned": {"outer signature"},
    "alg-none": {"outer signature"},
    "signed-by-stranger": {"outer signature"},
    "signed-by-sender": {"outer signature"},
    "tampered-header": {"outer signature"},
    "tampered-body": {"outer signature"},
    "content-of-stranger": {INNER},
    "moved-content": {BOUND},
    "misaddressed": {"addressee"},
    "expired": {"expiry"},
    "encrypted-to-other": {"decryption"},
    "swapped-signature": {"outer signature"},
    "hmac-with-public-key": {"outer signature"},
    "embedded-key": {"outer signature"},
    "other-type": {"outer signature"},
    "other-kid": {"outer signature"},
    "unsigned-content": {UNSIGNED},
    "signed-with-former-key": {OTHER_KEY},
    "signed-with-next-key": {OTHER_KEY},
    "signed-with-expired-key": {OTHER_KEY},
    "signed-with-revoked-key": {OTHER_KEY},
    "weaker-cipher": {"decryption"},
    "extra-member": {"schema"},
    "unknown-sender": {"sender"},
    "from-another": set(),
    "about-somebody-else": set(),
    "link-code-of-sender": set(),
    "unasked": set(),
    "other-information": set(),
    "other-basis": set(),
    "not-jose": {"jws"},
    "replayed": {"replay"},
}


def test_every_alteration_is_described_here() -> None:
    assert {*BROKEN, AT_ONCE} == set(ALTERATIONS)


@pytest.mark.parametrize("name", [None, *BROKEN])
def test_an_altered_enquiry(network: RunningNetwork, gateway: FakeGateway, name: str | None) -> None:
    person, _ = network.person()
    gateway.arrived.clear()
    said = network.enquire(person, alteration=name)
    *before, token = gateway.arrived
    assert faults(token, tuple(before)) == (BROKEN[name] if name else set())
    *_, seen = network.exchanges(message_id=said["message_id"], person=person)
    assert (seen["token"], seen["alteration"]) == (token, name)
    assert bool(network.provisions(person=person)) == (name in {None, "replayed"})


@pytest.mark.parametrize("name", [None, *BROKEN])
def test_an_altered_answer(network: RunningNetwork, gateway: FakeGateway, name: str | None) -> None:
    person, links = network.person()
    network.behave(person, "answers", name)
    gateway.arrived.clear()
    message = enquiry(links[OWN])
    assert network.post(sealed(message)).status_code == 202
    sent = 3 if name == "replayed" else 2
    *_, seen = network.exchanges(at_least=sent, person=person)
    *before, token = gateway.arrived
    assert faults(token, tuple(before)) == (BROKEN[name] if name else set())
    assert (seen["token"], seen["alteration"]) == (token, name)


def test_the_same_message_twice_at_once(network: RunningNetwork, gateway: FakeGateway) -> None:
    person, _ = network.person()
    gateway.arrived.clear()
    said = network.enquire(person, alteration=AT_ONCE)
    assert len(set(gateway.arrived)) == 1
    seen = network.exchanges(message_id=said["message_id"], person=person)
    assert sorted(str(e["alteration"]) for e in seen) == ["None", AT_ONCE]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("about-somebody-else", "link_code"),
        ("link-code-of-sender", "link_code"),
        ("unasked", "correlation_id"),
        ("other-information", "information"),
        ("other-basis", "basis"),
        ("from-another", "from"),
    ],
)
def test_what_is_signed_properly_differs_in_one_field(name: str, field: str) -> None:
    message = enquiry("x" * 24, sender=PARTNER, recipient=OWN)
    other = enquiry("y" * 24, sender=PARTNER, recipient=OWN)
    header = json_binding.peek(altered(Draft(message, keys_of(OWN).public(), other, "z" * 24), name))[
        "header"
    ]
    proper = message.header.to_wire()
    assert {f for f in proper if header[f] != proper[f]} == {field}


def test_further_keys_of_a_counterpart_are_published_with_their_validity(network: RunningNetwork) -> None:
    listed = {o["code"]: o for o in network.client.get("/v1/directory").json()["organisations"]}
    states = {k["key"]["kid"].rpartition("-")[2]: k for k in listed[PARTNER]["further_keys"]}
    assert {s for s, k in states.items() if k["revoked"]} == {"revoked"}
    assert {s for s, k in states.items() if k["valid_until"] < timestamp()} == {"expired"}
    assert set(states) == {"former", "next", "expired", "revoked"}


def test_who_signed_instead_of_the_network(network: RunningNetwork, gateway: FakeGateway) -> None:
    person, _ = network.person()
    gateway.arrived.clear()
    network.enquire(person, alteration="signed-by-sender")
    network.enquire(person, alteration="signed-by-stranger")
    by_sender, by_stranger = gateway.arrived
    assert json_binding.unwrap(by_sender, keys_of(PARTNER).signature)
    protected = jws.extract_compact(by_stranger.encode()).headers()
    assert protected["kid"] == keys_of(NETWORK).signature.kid
    stranger = keys_of("intruder").signature
    assert jws.deserialize_compact(by_stranger, stranger, algorithms=["ES256"])


def test_what_is_misaddressed_or_expired_is_properly_signed(
    network: RunningNetwork, gateway: FakeGateway
) -> None:
    person, _ = network.person()
    gateway.arrived.clear()
    for name in ("misaddressed", "expired", "moved-content", "encrypted-to-other", "content-of-stranger"):
        network.enquire(person, alteration=name)
    for token in gateway.arrived:
        assert json_binding.unwrap(token, keys_of(NETWORK).signature)


@pytest.mark.parametrize(
    ("name", "changed"),
    [("tampered-header", {"sent_at"}), ("misaddressed", {"to"}), ("tampered-body", set())],
)
def test_the_header_differs_in_nothing_else(name: str, changed: set[str]) -> None:
    message = enquiry("x" * 24, sender=PARTNER, recipient=OWN)
    draft = Draft(message, keys_of(OWN).public(), message)
    proper = message.header.to_wire()
    header = json_binding.peek(altered(draft, name))["header"]
    assert {field for field in proper if header[field] != proper[field]} == changed


def test_the_same_bytes_again_by_message_id(network: RunningNetwork, gateway: FakeGateway) -> None:
    person, _ = network.person()
    first = network.enquire(person)
    again = network.enquire(person, replay_of=first["message_id"])
    assert again["message_id"] == first["message_id"]
    assert gateway.arrived[-1] == gateway.arrived[-2]
    assert [e["alteration"] for e in network.exchanges(person=person)] == [None, "replayed"]
    assert len(network.provisions(person=person)) == 1
