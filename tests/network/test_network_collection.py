"""Collecting what the network keeps: nothing is missed, nothing comes twice, what was collected is let go."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from harness.contract.refusals import RefusedError
from tests.network import network_process
from tests.network.fake_gateway import OWN, FakeGateway, accepted, answer_to, enquiry, sealed
from tests.network.network_process import RunningNetwork


@pytest.fixture
def loaded(gateway: FakeGateway) -> Iterator[RunningNetwork]:
    """A network of its own, as a load run has it: numbers count from 1."""
    with network_process.network("--for-load") as network:
        network.register(gateway)
        yield network


def collect(network: RunningNetwork, after: int, limit: int = 100) -> list[dict[str, Any]]:
    """One collection."""
    found: list[dict[str, Any]] = network.done("POST", "collection", {"after": after, "limit": limit})[
        "exchanges"
    ]
    return found


def test_collecting_in_pieces_gives_every_exchange_once(loaded: RunningNetwork) -> None:
    ids = []
    for _ in range(5):
        _, links = loaded.person()
        message = enquiry(links[OWN])
        loaded.post(sealed(message))
        ids.append(message.header.correlation_id)
    loaded.exchanges(at_least=10)
    first = collect(loaded, 0, 3)
    assert (
        collect(loaded, 0, 3) == first
    )  # the same question again gives the same: nothing is lost on the way
    rest = collect(loaded, 3)
    assert [e["seq"] for e in first + rest] == list(range(1, 11))
    assert sorted(e["header"]["correlation_id"] for e in first + rest) == sorted(ids * 2)
    assert collect(loaded, 10) == []


def test_what_was_collected_is_let_go_and_what_comes_later_is_there(loaded: RunningNetwork) -> None:
    _, links = loaded.person()
    loaded.post(sealed(enquiry(links[OWN])))
    loaded.exchanges(at_least=2)
    collect(loaded, 2)
    assert loaded.exchanges() == loaded.provisions() == []
    late = enquiry(links[OWN])
    loaded.post(sealed(late))
    assert loaded.exchanges(at_least=1)[0]["header"]["message_id"] == late.header.message_id
    assert collect(loaded, 2)[0]["seq"] == 3


def test_under_load_an_answer_is_verified_and_kept_but_not_opened(
    loaded: RunningNetwork, gateway: FakeGateway
) -> None:
    person, _ = loaded.person()
    asked = loaded.enquire(person)
    header = json.loads(json.dumps(loaded.exchanges(at_least=1)[0]["header"]))
    assert header["message_id"] == asked["message_id"]
    answer = answer_to(header, {"総所得額": 1})
    assert loaded.post(sealed(answer)).status_code == 202
    assert loaded.post(sealed(answer, "401307")).json()["code"] == "SIGNATURE_INVALID"
    taken, refused = collect(loaded, 1)
    assert (taken["status"], taken["person"], taken["content"]) == (202, person, None)
    assert taken["token"].count(".") == 2
    assert taken["at_ns"] > 1_600_000_000 * 10**9
    assert refused["status"] == 401


@pytest.mark.parametrize(
    "body", [{}, {"after": -1, "limit": 1}, {"after": 0, "limit": 0}, {"after": 0, "limit": 9999}]
)
def test_a_collection_that_makes_no_sense_is_refused(loaded: RunningNetwork, body: dict[str, int]) -> None:
    reply = loaded.control("POST", "collection", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "INVALID_REQUEST")


def test_under_load_what_did_not_arrive_is_delivered_again_and_counts_once(
    loaded: RunningNetwork, gateway: FakeGateway
) -> None:
    """A gateway that is out of order twice, and one whose 202 was lost on the way."""
    person, _ = loaded.person()
    for answers in ([busy, busy, taken], [busy, replayed]):
        seen = gateway.arrived.copy()
        queue = answers.copy()
        gateway.respond = lambda token, queue=queue: queue.pop(0)(token)
        asked = loaded.enquire(person)
        assert asked["delivery"]["status"] == 202
        came = gateway.arrived[len(seen) :]
        assert (len(came), len(set(came))) == (len(answers), 1)
        assert len(loaded.exchanges(message_id=asked["message_id"])) == 1


def test_under_load_what_is_refused_is_not_delivered_again(
    loaded: RunningNetwork, gateway: FakeGateway
) -> None:
    seen = len(gateway.arrived)
    gateway.respond = replayed
    person, _ = loaded.person()
    assert loaded.enquire(person)["delivery"]["error"]["code"] == "REPLAYED"
    assert len(gateway.arrived) == seen + 1


def test_under_load_what_has_expired_is_given_up(loaded: RunningNetwork, gateway: FakeGateway) -> None:
    gateway.respond = busy
    person, _ = loaded.person()
    asked = loaded.enquire(person, expires_in_seconds=1)
    assert asked["delivery"]["status"] == 503


def busy(_: str) -> Response:
    """Out of order."""
    return Response(status_code=503)


def replayed(_: str) -> Response:
    """It has these bytes already."""
    refused = RefusedError("REPLAYED")
    return JSONResponse(refused.content(), refused.refusal.status or 409)


def taken(token: str) -> Response:
    """As it should be."""
    return JSONResponse(accepted(token), 202)
