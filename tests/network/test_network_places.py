"""Exchanges are found where they are kept, and what was let go is found no more: the same as by going through all."""

import asyncio
from itertools import product
from typing import Any

import pytest

from mocks.network.records import Exchange, Records, matches

FILTERS: tuple[dict[str, str], ...] = (
    {"person": "p1"},
    {"correlation_id": "c2"},
    {"message_id": "m3", "direction": "to_gateway"},
    {"person": "p2", "kind": "照会依頼"},
    {"direction": "from_gateway"},
    {"person": "nobody"},
    {},
)
HEADERS: tuple[dict[str, Any] | None, ...] = (
    {"correlation_id": "c1", "message_id": "m1", "kind": "照会依頼"},
    {"correlation_id": "c2", "message_id": ["m3"], "person": "p2"},
    {"correlation_id": "c2", "message_id": "m3"},
    None,
)


@pytest.fixture
def kept() -> Records:
    """Two of each kind."""
    records = Records(lambda entry: None)
    for number, (direction, person, header) in enumerate(
        [*product(("from_gateway", "to_gateway"), ("p1", "p2", None), HEADERS)] * 2
    ):
        records.exchange(Exchange(direction, f"token {number // 2}", 1, header, person))
    return records


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("let_go", [0, 7, 48])
def test_what_matches_is_found_in_its_order(kept: Records, filters: dict[str, str], let_go: int) -> None:
    everything = list(kept.exchanges)
    kept.collect(let_go, 1)
    found = asyncio.run(kept.wait(filters, 0, 0.0))
    assert found == [e for e in everything if e["seq"] > let_go and matches(e, filters)]


def test_a_message_is_held_while_one_exchange_of_it_is_there(kept: Records) -> None:
    assert [kept.holds(f"token {number}") for number in (0, 5, 6, 100)] == [True, True, False, False]
    kept.collect(1, 1)
    assert kept.holds("token 0")
    kept.collect(2, 1)
    assert not kept.holds("token 0")


def test_what_is_forgotten_is_not_found(kept: Records) -> None:
    kept.clear()
    assert asyncio.run(kept.wait({"person": "p1"}, 0, 0.0)) == []
    kept.exchange(Exchange("from_gateway", "token", 1, None, "p1"))
    assert [e["seq"] for e in asyncio.run(kept.wait({"person": "p1"}, 1, 0.0))] == [1]
