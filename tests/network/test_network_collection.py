"""Collecting what the network keeps: nothing is missed, nothing comes twice, what was collected is let go."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.network import network_process
from tests.network.fake_gateway import OWN, FakeGateway, answer_to, enquiry, sealed
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
