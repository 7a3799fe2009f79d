"""The network's inbox: what it refuses, and what it carries with the recipient's link code."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from harness.contract import json_binding
from harness.contract.keys import bench_keys as keys_of
from harness.contract.law import Basis
from harness.contract.messages import Message, timestamp
from harness.contract.refusals import refusals
from tests.network.fake_gateway import (
    NETWORK,
    OTHER,
    OWN,
    PARTNER,
    PREFECTURE,
    TAX,
    answer_to,
    enquiry,
    sealed,
    signed,
)
from tests.network.network_process import RunningNetwork

ITEMS = {"相当年度": "2011", "年税額": 41234, "総所得額": 2299999, "本人寡婦区分": "0"}
NEEDED = {"相当年度": "2011", "総所得額": 2299999, "本人寡婦区分": "0"}

Making = Callable[[Message], str | bytes]


def _encoded(text: bytes) -> str:
    return urlsafe_b64encode(text).decode().rstrip("=")


def _header(**change: Any) -> Making:
    return lambda message: sealed(replace(message, header=replace(message.header, **change)))


def _payload(change: Callable[[dict[str, Any]], Any]) -> Making:
    def make(message: Message) -> str:
        payload = json_binding.peek(sealed(message))
        change(payload)
        return signed(payload)

    return make


def _token(change: Callable[[str], str | bytes]) -> Making:
    return lambda message: change(sealed(message))


REFUSED: dict[str, tuple[str, Making]] = {
    "empty": ("MALFORMED", lambda _: ""),
    "text": ("MALFORMED", lambda _: "照会依頼".encode()),
    "two parts": ("MALFORMED", _token(lambda t: t.rpartition(".")[0])),
    "payload is a list": ("MALFORMED", lambda _: signed([])),
    "payload is nested deeply": (
        "MALFORMED",
        lambda _: f"{_encoded(b'{}')}.{_encoded(b'[' * 60_000 + b']' * 60_000)}.AA",
    ),
    "too long": ("MALFORMED", lambda _: b"a" * 4_000_001),
    "no header": ("MALFORMED", lambda _: signed({"body": "x"})),
    "from is a list": ("MALFORMED", _payload(lambda p: p["header"].update({"from": ["x"]}))),
    "no affair": ("MALFORMED", _payload(lambda p: p["header"].pop("affair"))),
    "lone surrogate": ("MALFORMED", _payload(lambda p: p.update({"\ud800": "\udfff"}))),
    "body is text": ("MALFORMED", _payload(lambda p: p.update(body="照会"))),
    "no such day": ("MALFORMED", _header(expires_at="2026-02-30T00:00:00Z")),
    "unsigned": ("SIGNATURE_INVALID", _token(lambda t: t.rpartition(".")[0] + ".")),
    "alg none": (
        "SIGNATURE_INVALID",
        _token(lambda t: f"{_encoded(json.dumps({'alg': 'none'}).encode())}.{t.split('.')[1]}."),
    ),
    "signed by another": ("SIGNATURE_INVALID", lambda m: sealed(m, signer=OTHER)),
    "wrong typ": (
        "SIGNATURE_INVALID",
        lambda m: signed(json_binding.peek(sealed(m)), token_type=json_binding.CONTENT_JWS_TYPE),
    ),
    "unknown sender": ("PARTNER_UNKNOWN", _header(sender="999999")),
    "the network as sender": ("PARTNER_UNKNOWN", _header(sender=NETWORK)),
    "expired": ("EXPIRED", _header(expires_at=timestamp(timedelta(seconds=-6)))),
    "the network as recipient": ("PARTNER_UNKNOWN", _header(recipient=NETWORK)),
    "item of another affair": ("BASIS_NOT_LAWFUL", _header(basis=Basis("2015-09-09", "58"))),
    "table nobody has": ("BASIS_NOT_LAWFUL", _header(basis=Basis("1999-01-01", "57"))),
    "information without row": ("BASIS_NOT_LAWFUL", _header(information="戸籍関係情報")),
    "provider of another kind": ("BASIS_NOT_LAWFUL", _header(recipient=PREFECTURE)),
    "link code of nobody": ("SUBJECT_UNKNOWN", _header(link_code="0" * 24)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_refused_with_its_code(network: RunningNetwork, name: str) -> None:
    code, make = REFUSED[name]
    person, links = network.person()
    message = enquiry(links[OWN])
    reply = network.post(make(message))
    refusal = refusals()[code]
    assert (reply.status_code, reply.json()["code"], reply.json()["phase"]) == (
        refusal.status,
        code,
        refusal.phase,
    )
    assert network.exchanges(person=person, direction="to_gateway") == []


def test_the_same_message_unspoilt_is_taken_in(network: RunningNetwork) -> None:
    _, links = network.person()
    assert network.post(sealed(enquiry(links[OWN]))).status_code == 202


def test_what_a_clock_that_is_behind_has_dated_is_taken_in(network: RunningNetwork) -> None:
    _, links = network.person()
    behind = timestamp(timedelta(seconds=-1))
    assert network.post(sealed(enquiry(links[OWN], expires_at=behind))).status_code == 202


def test_a_link_code_of_another_organisation_is_unknown(network: RunningNetwork) -> None:
    _, links = network.person()
    assert network.post(sealed(enquiry(links[PARTNER]))).json()["code"] == "SUBJECT_UNKNOWN"


def test_an_unknown_recipient_is_refused(network: RunningNetwork) -> None:
    _, links = network.person()
    payload = json_binding.peek(sealed(enquiry(links[OWN])))
    payload["header"]["to"] = "999999"
    assert network.post(signed(payload)).json()["code"] == "PARTNER_UNKNOWN"


def test_the_same_bytes_count_once_and_other_bytes_under_that_id_are_a_replay(
    network: RunningNetwork,
) -> None:
    person, links = network.person()
    message = enquiry(links[OWN])
    token = sealed(message)
    assert [network.post(token).status_code for _ in range(3)] == [202] * 3
    assert network.post(sealed(message)).json()["code"] == "REPLAYED"
    network.exchanges(at_least=1, person=person, direction="to_gateway")
    outcomes = sorted(p["outcome"] for p in network.provisions(person=person))
    assert outcomes == ["delivered", "delivered", "refused_by_network"]


def test_a_refused_message_may_come_again_in_order(network: RunningNetwork) -> None:
    _, links = network.person()
    message = enquiry(links[OWN])
    spoilt = replace(message, header=replace(message.header, link_code="0" * 24))
    assert network.post(sealed(spoilt)).status_code == 404
    assert network.post(sealed(message)).status_code == 202


def test_the_counterpart_answers_with_the_needed_items_and_the_code_is_translated(
    network: RunningNetwork,
) -> None:
    person, links = network.person()
    assert len(set(links.values())) == len(links)
    network.put(person, ITEMS)
    message = enquiry(links[OWN])
    assert network.post(sealed(message)).status_code == 202
    asked, answered = network.exchanges(at_least=2, correlation_id=message.header.correlation_id)
    assert (asked["direction"], asked["content"], asked["status"]) == ("from_gateway", message.content, 202)
    assert asked["header"] == message.header.to_wire()
    header, body = json_binding.unwrap(answered["token"], keys_of(NETWORK).signature)
    assert (header.kind, header.sender, header.recipient) == ("照会応答", PARTNER, OWN)
    assert header.link_code == links[OWN]
    assert header == replace(
        message.header,
        kind="照会応答",
        sender=PARTNER,
        recipient=OWN,
        message_id=header.message_id,
        sent_at=header.sent_at,
    )
    content = json_binding.decrypt(header, body, keys_of(OWN).encryption, keys_of(PARTNER).signature)
    assert content == {"items": NEEDED} == answered["content"]
    assert answered["status"] == 202


def test_an_answer_of_the_gateway_reaches_the_counterpart_that_asked(network: RunningNetwork) -> None:
    person, _ = network.person()
    said = network.enquire(person)
    asked = network.exchanges(at_least=1, message_id=said["message_id"])[0]
    answer = answer_to(asked["header"], NEEDED)
    assert network.post(sealed(answer)).status_code == 202
    taken = network.exchanges(at_least=2, correlation_id=said["correlation_id"])[1]
    assert (taken["content"], taken["person"], taken["problem"]) == ({"items": NEEDED}, person, None)
    assert [p["outcome"] for p in network.provisions(correlation_id=said["correlation_id"])] == [
        "delivered"
    ] * 2
    assert {p["requester"] for p in network.provisions(correlation_id=said["correlation_id"])} == {PARTNER}


def test_a_message_of_another_organisation_is_carried_to_the_gateway(network: RunningNetwork) -> None:
    person, links = network.person()
    message = enquiry(links[PARTNER], sender=PARTNER, recipient=OWN)
    assert network.post(sealed(message, signer=PARTNER)).status_code == 202
    _, carried = network.exchanges(at_least=2, message_id=message.header.message_id)
    header, body = json_binding.unwrap(carried["token"], keys_of(NETWORK).signature)
    assert header == replace(message.header, link_code=links[OWN])
    keys = keys_of(OWN).encryption, keys_of(PARTNER).signature
    assert json_binding.decrypt(header, body, *keys) == message.content
    assert len(network.provisions(message_id=message.header.message_id)) == 1
    assert carried["person"] == person


def test_a_body_that_the_counterpart_cannot_open_is_taken_in_with_the_problem(
    network: RunningNetwork,
) -> None:
    person, links = network.person()
    message = enquiry(links[OWN])
    keys = keys_of(OTHER).public().encryption
    body = json_binding.encrypt(message, keys_of(OWN).signature, keys)
    assert network.post(json_binding.wrap(message.header, body, keys_of(OWN).signature)).status_code == 202
    (seen,) = network.exchanges(person=person)
    assert seen["content"] is None
    assert seen["problem"].startswith("DECRYPTION_FAILED")


def test_a_body_with_odd_types_does_not_break_the_network(network: RunningNetwork) -> None:
    person, links = network.person()
    message = enquiry(links[OWN])
    for odd in ({"alg": "ECDH-ES", "enc": {"a": 1}}, {"alg": "ECDH-ES", "enc": "A256GCM", "crit": 1}):
        payload = json_binding.peek(sealed(enquiry(links[OWN])))
        payload["body"] = f"{_encoded(json.dumps(odd).encode())}..AA.AA.AA"
        assert network.post(signed(payload)).status_code == 202
    assert network.post(sealed(message)).status_code == 202
    assert network.exchanges(at_least=3, person=person)[0]["problem"]


def test_refusals_are_kept_as_exchanges_and_in_the_record(network: RunningNetwork) -> None:
    person, links = network.person()
    message = enquiry(links[OWN], information="戸籍関係情報")
    network.post(sealed(message))
    (seen,) = network.exchanges(person=person)
    assert (seen["status"], seen["error"]["code"]) == (403, "BASIS_NOT_LAWFUL")
    assert seen["content"] == message.content
    (kept,) = network.provisions(message_id=message.header.message_id)
    assert (kept["code"], kept["outcome"]) == ("BASIS_NOT_LAWFUL", "refused_by_network")
    assert (kept["requester"], kept["provider"], kept["information"]) == (OWN, PARTNER, "戸籍関係情報")


def test_an_unlawful_answer_is_judged_by_its_requester(network: RunningNetwork) -> None:
    """Item 57 lets 静岡市 ask 静岡県 for 障害者関係情報; the answer runs the other way and stays lawful."""
    _, links = network.person()
    header = enquiry(
        links[PREFECTURE], sender=PREFECTURE, recipient=OWN, kind="照会応答", information=TAX
    ).header
    reply = network.post(sealed(Message(header, {"items": {}}), signer=PREFECTURE))
    assert reply.json()["code"] == "BASIS_NOT_LAWFUL"
    lawful = replace(header, sender=PARTNER, link_code=links[PARTNER])
    assert network.post(sealed(Message(lawful, {"items": {}}), signer=PARTNER)).status_code == 202


def test_what_meets_no_schema_is_kept_so_far_as_it_is_legible(network: RunningNetwork) -> None:
    person, links = network.person()
    payload = json_binding.peek(sealed(enquiry(links[OWN])))
    payload["header"]["affair"] = {"a": float("nan")}
    payload["header"]["role"] = "\ud800"
    assert network.post(signed(payload)).json()["code"] == "MALFORMED"
    (seen,) = network.exchanges(message_id=payload["header"]["message_id"])
    assert (seen["header"]["from"], seen["header"]["affair"]) == (OWN, None)
    assert seen["person"] is None
    assert network.exchanges(person=person) == []
    assert seen in network.exchanges(sender=OWN)
