"""Answers of the network travel in every way that HTTP/1.1 has, and say the same."""

import asyncio
from typing import Any

import httpx
import pytest

from harness.contract.schemas import problem_with
from mocks.network.app import application, make_network


async def _directories(*, for_load: bool) -> list[tuple[str, Any]]:
    transport = httpx.ASGITransport(application(make_network(for_load=for_load), "t"))
    async with httpx.AsyncClient(transport=transport, base_url="http://network") as client:
        answers = [await client.get("/v1/directory") for _ in range(4)]
    told = ["length" if "content-length" in answer.headers else "chunked" for answer in answers]
    return [(way, answer.json()) for way, answer in zip(told, answers, strict=True)]


@pytest.mark.parametrize(
    ("for_load", "ways"),
    [
        (False, ["chunked", "length", "length", "chunked"]),
        (True, ["length"] * 4),  # what travels in pieces takes longer, and would count against the gateway
    ],
)
def test_answers_are_framed_in_turn(for_load: bool, ways: list[str]) -> None:
    answers = asyncio.run(_directories(for_load=for_load))
    assert [way for way, _ in answers] == ways
    assert all(problem_with("directory", told) is None for _, told in answers)
