"""Each alteration breaks exactly what it says, in enquiries as in answers, and a proper message breaks nothing."""

import pytest
from joserfc import jws

from harness.spec import json_binding
from harness.spec.keys import bench_keys as keys_of
from mocks.network.alterations import ALTERATIONS, altered
from mocks.network.drafts import Draft
from tests.network.fake_gateway import NETWORK, OWN, PARTNER, FakeGateway, enquiry, faults, sealed
from tests.network.network_process import RunningNetwork

BOUND = "署名がない、又は検証できない（本文の署名が別の電文のもの）"
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
    "not-jose": {"jws"},
    "replayed": {"replay"},
}


def test_every_alteration_is_described_here() -> None:
    assert set(BROKEN) == set(ALTERATIONS)


@pytest.mark.parametrize("name", [None, *ALTERATIONS])
def test_an_altered_enquiry(network: RunningNetwork, gateway: FakeGateway, name: str | None) -> None:
    person, _ = network.person()
    gateway.arrived.clear()
    said = network.enquire(person, alteration=name)
    *before, token = gateway.arrived
    assert faults(token, tuple(before)) == (BROKEN[name] if name else set())
    *_, seen = network.exchanges(message_id=said["message_id"], person=person)
    assert (seen["token"], seen["alteration"]) == (token, name)
    assert bool(network.provisions(person=person)) == (name in {None, "replayed"})


@pytest.mark.parametrize("name", [None, *ALTERATIONS])
def test_an_altered_answer(network: RunningNetwork, gateway: FakeGateway, name: str | None) -> None:
    person, links = network.person()
    network.behave(person, "answers", name)
    gateway.arrived.clear()
    message = enquiry(links[OWN])
    assert network.post(sealed(message)).status_code == 202
    sent = 3 if name == "replayed" else 2
    *_, seen = network.exchanges(at_least=sent, correlation_id=message.header.correlation_id)
    *before, token = gateway.arrived
    assert faults(token, tuple(before)) == (BROKEN[name] if name else set())
    assert (seen["token"], seen["alteration"]) == (token, name)


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
