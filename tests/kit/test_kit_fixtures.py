"""The fixtures as a project uses them that has one of its own in the place of ours."""

from typing import Any

import pytest

from renkei import fixtures
from renkei.bench import Gateway, InProcessBench
from renkei.network import InProcessNetwork
from tests.kit.conftest import EXAMPLE

ELSEWHERE = "http://network.elsewhere.test"
renkei_bench, renkei_network, renkei_seed = (
    fixtures.renkei_bench,
    fixtures.renkei_network,
    fixtures.renkei_seed,
)


@pytest.fixture
def renkei_network_url() -> str:
    return ELSEWHERE


@pytest.fixture
def renkei_gateway(example: Any, renkei_network_url: str) -> Gateway:
    return Gateway(example.application(renkei_network_url), EXAMPLE / "gateway.toml")


def test_the_bench_has_its_network_where_the_project_says(renkei_bench: InProcessBench) -> None:
    assert renkei_bench.resident().local_id  # for which the gateway asked the network


def test_the_network_alone_is_there_as_well(renkei_network: InProcessNetwork) -> None:
    assert renkei_network.url == ELSEWHERE
