"""The network reads JSON and moments as the contract has them, in every layer of a message."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from harness.contract import json_binding
from harness.contract.keys import bench_keys as keys_of
from harness.contract.messages import Message
from tests.network.fake_gateway import OWN, enquiry, sealed
from tests.network.network_process import RunningNetwork

KEY = keys_of(OWN).signature
DEEP = "[" * 950 + "]" * 950
Change = Callable[[str], str | bytes]
PAYLOADS: dict[str, Change] = {
    "two headers": lambda t: t.replace('{"header":', '{"header":{},"header":'),
    "two recipients": lambda t: t.replace('"to":', '"to":"221007","to":'),
    "UTF-16": lambda t: t.encode("utf-16"),
    "a byte order mark": lambda t: "\ufeff" + t,
    "NaN": lambda t: t.replace('"version":"1"', '"version":NaN'),
    "half a surrogate pair": lambda t: t.replace('"version":"1"', '"version":"\\ud842"'),
    "nested 950 deep": lambda t: t.replace('"1"', DEEP),
}
PROTECTED: dict[str, Change] = {
    "two types": lambda p: p.replace('"typ":', '"typ":"other","typ":'),
    "UTF-16": lambda p: p.encode("utf-16"),
    "nested 950 deep": lambda p: p.replace("{", '{"x":' + DEEP + ","),
}


def written(message: Message, payload: Change = str, protected: Change = str) -> str:
    """A message as another writer of JSON may have written it; its signature, which no library would make, holds."""
    head = {"alg": "ES256", "kid": KEY.kid, "typ": json_binding.MESSAGE_TYPE}
    texts = [
        json.dumps(v, ensure_ascii=False, separators=(",", ":"))
        for v in (head, json_binding.peek(sealed(message)))
    ]
    parts = [_encoded(change(text)) for change, text in zip((protected, payload), texts, strict=True)]
    key = KEY.private_key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    r, s = decode_dss_signature(key.sign(".".join(parts).encode(), ec.ECDSA(hashes.SHA256())))
    return ".".join([*parts, _encoded(r.to_bytes(32) + s.to_bytes(32))])


def _encoded(part: str | bytes) -> str:
    return urlsafe_b64encode(part.encode() if isinstance(part, str) else part).decode().rstrip("=")


def refusal(network: RunningNetwork, token: str) -> str:
    """The code of a refusal, empty where the message was taken."""
    reply = network.post(token)
    return "" if reply.status_code == 202 else str(reply.json()["code"])


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_that_is_no_json_of_the_contract(network: RunningNetwork, name: str) -> None:
    _, links = network.person()
    assert refusal(network, written(enquiry(links[OWN]), payload=PAYLOADS[name])) == "MALFORMED"


@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_header_that_is_none(network: RunningNetwork, name: str) -> None:
    _, links = network.person()
    assert refusal(network, written(enquiry(links[OWN]), protected=PROTECTED[name])) == "MALFORMED"


@pytest.mark.parametrize(
    "change", [str, lambda t: json.dumps(json.loads(t), indent=3), lambda t: t.replace("\u4f1a", "\\u4f1a")]
)
def test_json_may_be_written_in_any_way(network: RunningNetwork, change: Change) -> None:
    _, links = network.person()
    assert refusal(network, written(enquiry(links[OWN]), payload=change, protected=change)) == ""


def test_what_is_read_in_two_ways_is_filed_under_what_it_claims(network: RunningNetwork) -> None:
    _, links = network.person()
    message = enquiry(links[OWN])
    network.post(written(message, payload=PAYLOADS["two recipients"]))
    (seen,) = network.exchanges(message_id=message.header.message_id)
    assert (seen["status"], seen["error"]["code"]) == (400, "MALFORMED")
    assert "同じ名前" in seen["error"]["reason"]


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2099-12-31T23:59:60Z", ""),
        ("9999-12-31T23:59:59-23:59", ""),
        ("2099-02-28T12:00:00.123456789+23:59", ""),
        ("2016-12-31T23:59:60Z", "EXPIRED"),
        ("0000-01-01T00:00:00Z", "EXPIRED"),
        ("0001-01-01T00:00:00+23:59", "EXPIRED"),
        ("2099-12-31T24:00:00Z", "MALFORMED"),
        ("2099-12-31T12:00:60Z", "MALFORMED"),
        ("2099-12-31T23:00:00.123456789012Z", "MALFORMED"),
        ("2099-12-31T23:00:00z", "MALFORMED"),
        ("2099-12-31t23:00:00Z", "MALFORMED"),
        ("2099-12-31T23:00:00+24:00", "MALFORMED"),
    ],
)
def test_a_moment_is_one_or_is_none(network: RunningNetwork, moment: str, code: str) -> None:
    _, links = network.person()
    assert refusal(network, sealed(enquiry(links[OWN], expires_at=moment))) == code


@pytest.mark.parametrize("body", ["two", "utf-16", "deep"])
def test_the_control_api_reads_no_other_json(network: RunningNetwork, body: str) -> None:
    sent = {
        "two": b'{"person":"a","person":"b"}',
        "utf-16": '{"person":"a"}'.encode("utf-16"),
        "deep": DEEP.encode(),
    }
    reply = network.client.post(
        "/control/v1/people", content=sent[body], headers={"Authorization": "Bearer token-of-the-tests"}
    )
    assert (reply.status_code, reply.json()["code"]) == (422, "INVALID_REQUEST")
