"""The control API: who may use it, what it refuses, what it shows."""

import concurrent.futures
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from harness.contract.keys import bench_keys as keys_of
from harness.contract.organisations import organisations
from harness.contract.schemas import problem_with
from tests.network.fake_gateway import (
    NETWORK,
    OTHER,
    OWN,
    PARTNER,
    SECONDS,
    TAX,
    FakeGateway,
    enquiry,
    sealed,
)
from tests.network.network_process import RunningNetwork, wish

PATHS = [
    ("GET", "health"),
    ("POST", "reset"),
    ("PUT", "gateway"),
    ("POST", "people"),
    ("PUT", "records"),
    ("PUT", "behaviours"),
    ("POST", "enquiries"),
    ("GET", "exchanges"),
    ("GET", "provisions"),
    ("POST", "collection"),
    ("POST", "journal-end"),
    ("PUT", "directory"),
]
SUBJECT = {"organisation": PARTNER, "person": "p", "information": TAX}
KEYS = keys_of(OWN).public().to_jwk()
GATEWAY = {"code": OWN, "north_url": "http://127.0.0.1:1/north", "keys": KEYS}


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", "token-of-the-tests", "bearer é"])
@pytest.mark.parametrize(("method", "verb"), PATHS)
def test_without_the_token_nothing_is_done(
    network: RunningNetwork, method: str, verb: str, token: str
) -> None:
    headers = {b"Authorization": token.encode()} if token else {}
    reply = network.client.request(method, f"/control/v1/{verb}", headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (401, "UNAUTHENTICATED")
    assert problem_with("error", reply.json()) is None


INVALID: dict[str, tuple[str, str, Any]] = {
    "no body": ("POST", "people", None),
    "a list": ("POST", "people", []),
    "person is a number": ("POST", "people", {"person": 1}),
    "person is empty": ("POST", "people", {"person": ""}),
    "unknown member": ("POST", "people", {"person": "p", "token": "x"}),
    "record of an unknown organisation": (
        "PUT",
        "records",
        {**SUBJECT, "organisation": "999999", "key": {}, "items": {}},
    ),
    "record of the network": ("PUT", "records", {**SUBJECT, "organisation": NETWORK, "key": {}, "items": {}}),
    "record of an information without items": (
        "PUT",
        "records",
        {**SUBJECT, "information": "戸籍関係情報", "key": {}, "items": {}},
    ),
    "key is a text": ("PUT", "records", {**SUBJECT, "key": "2011", "items": {}}),
    "an item is a list": ("PUT", "records", {**SUBJECT, "key": {}, "items": {"a": []}}),
    "unknown behaviour": ("PUT", "behaviours", {**SUBJECT, "behaviour": "lies"}),
    "unknown alteration": (
        "PUT",
        "behaviours",
        {**SUBJECT, "behaviour": "answers", "alteration": "upside-down"},
    ),
    "enquiry without basis": ("POST", "enquiries", {k: v for k, v in wish("p").items() if k != "basis"}),
    "basis is a text": ("POST", "enquiries", wish("p", basis="57")),
    "enquiry of the gateway": ("POST", "enquiries", wish("p", **{"as": OWN})),
    "enquiry of nobody": ("POST", "enquiries", wish("p", **{"as": "999999"})),
    "enquiry altered in an unknown way": ("POST", "enquiries", wish("p", alteration="upside-down")),
    "replay of nothing": ("POST", "enquiries", wish("p", replay_of="nothing")),
    "expiry is a text": ("POST", "enquiries", wish("p", expires_in_seconds="60")),
    "expiry in a million years": ("POST", "enquiries", wish("p", expires_in_seconds=1e15)),
    "gateway elsewhere": ("PUT", "gateway", {**GATEWAY, "north_url": "http://192.0.2.1/north"}),
    "gateway with a loopback-like host": (
        "PUT",
        "gateway",
        {**GATEWAY, "north_url": "http://127.0.0.1.example/"},
    ),
    "gateway with user info": ("PUT", "gateway", {**GATEWAY, "north_url": "http://127.0.0.1@example.org/"}),
    "gateway over FTP": ("PUT", "gateway", {**GATEWAY, "north_url": "ftp://127.0.0.1/"}),
    "gateway at no URL": ("PUT", "gateway", {**GATEWAY, "north_url": "http://[127.0.0.1/"}),
    "gateway at no port": ("PUT", "gateway", {**GATEWAY, "north_url": "http://127.0.0.1:99999/"}),
    "gateway of nobody": ("PUT", "gateway", {**GATEWAY, "code": "999999"}),
    "gateway without keys": ("PUT", "gateway", {**GATEWAY, "keys": {}}),
    "key not on the curve": (
        "PUT",
        "gateway",
        {**GATEWAY, "keys": {**KEYS, "signature": {**KEYS["signature"], "x": "A" * 43}}},
    ),
}


@pytest.mark.parametrize("name", INVALID)
def test_what_cannot_be_done_is_said_in_one_sentence(network: RunningNetwork, name: str) -> None:
    method, verb, body = INVALID[name]
    reply = network.control(method, verb, body)
    assert (reply.status_code, reply.json()["code"]) == (422, "INVALID_REQUEST")
    assert problem_with("error", reply.json()) is None
    assert "\n" not in reply.json()["reason"]


@pytest.mark.parametrize(
    "query", [{"at_least": "x"}, {"timeout": "nan"}, {"timeout": "-1"}, {"at_least": "-1"}, {"colour": "red"}]
)
def test_a_query_that_makes_no_sense(network: RunningNetwork, query: dict[str, str]) -> None:
    assert network.control("GET", "exchanges", **query).json()["code"] == "INVALID_REQUEST"


def test_an_unknown_alteration_is_answered_with_the_nearest_names(network: RunningNetwork) -> None:
    reason = network.control("POST", "enquiries", wish("p", alteration="moved-contents")).json()["reason"]
    assert "moved-contents" in reason
    assert "moved-content" in reason


def test_unknown_paths_and_methods(network: RunningNetwork) -> None:
    assert network.control("GET", "elsewhere").json()["code"] == "NOT_FOUND"
    assert network.control("DELETE", "people").status_code == 405
    assert network.client.get("/v1/inbox").status_code == 405


def test_private_keys_are_not_passed_on(network: RunningNetwork) -> None:
    pair = keys_of(OWN)
    private = {**pair.signature.as_dict(private=True)}
    body = {**GATEWAY, "keys": {"signature": private, "encryption": KEYS["encryption"]}}
    assert network.control("PUT", "gateway", body).status_code == 422
    assert '"d"' not in network.client.get("/v1/directory").text


def test_the_directory_meets_its_schema_and_has_the_gateways_keys(network: RunningNetwork) -> None:
    strange = keys_of("intruder").public().to_jwk()
    network.done("PUT", "gateway", {**GATEWAY, "keys": strange})
    document = network.client.get("/v1/directory").json()
    assert problem_with("directory", document) is None
    keys = {row["code"]: row["keys"] for row in document["organisations"]}
    assert set(keys) == set(organisations()) - {NETWORK}
    assert keys[OWN] == strange
    assert document["network"]["keys"] == keys_of(NETWORK).public().to_jwk()


def test_the_gateways_registered_key_decides(network: RunningNetwork) -> None:
    _, links = network.person()
    network.done("PUT", "gateway", {**GATEWAY, "keys": keys_of("intruder").public().to_jwk()})
    assert network.post(sealed(enquiry(links[OWN]))).json()["code"] == "SIGNATURE_INVALID"
    assert network.post(sealed(enquiry(links[OWN]), signer="intruder")).status_code == 202


def test_a_person_again_gives_the_same(network: RunningNetwork) -> None:
    first = network.done("POST", "people", {"person": "the same"})
    assert network.done("POST", "people", {"person": "the same"}) == first
    assert set(first["link_codes"]) == set(first["enrolment_tokens"]) == set(organisations()) - {NETWORK}


def test_expiry_and_recipient_of_an_enquiry(network: RunningNetwork, gateway: FakeGateway) -> None:
    person, _ = network.person()
    network.enquire(person, expires_in_seconds=-1, to=OTHER, mode="バッチ", alteration=None)
    header = network.exchanges(person=person)[0]["header"]
    assert (header["to"], header["mode"]) == (OTHER, "バッチ")
    assert header["expires_at"] < header["sent_at"]


@pytest.fixture
def pool() -> Iterator[concurrent.futures.Executor]:
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        yield pool


def _waiting(network: RunningNetwork, **query: Any) -> Callable[[], list[dict[str, Any]]]:
    """A request of its own client, as another worker would make it."""

    def wait() -> list[dict[str, Any]]:
        with httpx.Client(base_url=network.client.base_url, timeout=SECONDS * 2) as client:
            found: list[dict[str, Any]] = RunningNetwork(client).done("GET", "exchanges", **query)[
                "exchanges"
            ]
            return found

    return wait


def test_whoever_waits_is_woken(network: RunningNetwork, pool: concurrent.futures.Executor) -> None:
    person, links = network.person()
    network.behave(person, "silent")
    waiting = [pool.submit(_waiting(network, person=person, at_least=n, timeout=SECONDS)) for n in (1, 2, 2)]
    messages = [enquiry(links[OWN]) for _ in range(2)]
    started = time.monotonic()
    for message in messages:
        network.post(sealed(message))
    found = [len(w.result(SECONDS)) for w in waiting]
    assert found[0] in {1, 2}
    assert found[1:] == [2, 2]
    assert time.monotonic() - started < SECONDS / 2


def test_waiting_ends_with_the_time(network: RunningNetwork) -> None:
    person, _ = network.person()
    started = time.monotonic()
    assert network.done("GET", "exchanges", person=person, at_least=1, timeout=0.2)["exchanges"] == []
    assert 0.2 <= time.monotonic() - started < 2


def test_filters_must_all_match(network: RunningNetwork) -> None:
    person, links = network.person()
    message = enquiry(links[OWN])
    network.post(sealed(message))
    ids: dict[str, Any] = {"correlation_id": message.header.correlation_id}
    network.exchanges(at_least=2, **ids)
    assert [e["header"]["kind"] for e in network.exchanges(**ids, sender=PARTNER)] == ["エラー"]
    assert [e["header"]["kind"] for e in network.exchanges(**ids, kind="照会依頼", to=PARTNER)] == [
        "照会依頼"
    ]
    assert network.exchanges(**ids, person="another") == []
    assert len(network.exchanges(message_id=message.header.message_id, person=person)) == 1
    assert [p["kind"] for p in network.provisions(**ids)] == ["照会依頼", "エラー"]
    seqs = [e["seq"] for e in network.exchanges()]
    assert seqs == sorted(set(seqs))
