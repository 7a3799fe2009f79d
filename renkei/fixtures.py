"""Fixtures of pytest for a vendor's own tests: `pytest_plugins = ["renkei.fixtures"]` in the topmost conftest.py, and there a fixture
`renkei_gateway` that gives the gateway under test."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest

from harness.contract.keys import KeyPair, bench_keys
from harness.residents.build import household
from harness.residents.household import Household
from harness.residents.wishes import Wishes
from mocks.network.in_process import BASE_URL, InProcessNetwork, network_in_process
from renkei.bench import Gateway, InProcessBench, bench_in_process


@pytest.fixture
def renkei_gateway() -> Gateway:
    """The vendor's own takes its place."""
    raise pytest.UsageError(
        "renkei_bench には、検証するゲートウェイを返すフィクスチャー renkei_gateway が要る"
        "（conftest.py に、renkei.bench.Gateway(ASGI のアプリケーション, gateway.toml の場所) を返す関数として書く）。"
    )


@pytest.fixture
def renkei_bench(
    renkei_gateway: Gateway, tmp_path: Path, renkei_seed: int, renkei_network_url: str
) -> Iterator[InProcessBench]:
    """Everything around it. What passed is judged when the test is over."""
    with bench_in_process(renkei_gateway, tmp_path, renkei_seed, renkei_network_url) as bench:
        yield bench
        bench.judge()


@pytest.fixture
def renkei_network_url() -> str:
    """Where the gateway finds the network. The vendor's own may take its place."""
    return BASE_URL


@pytest.fixture
def renkei_network(renkei_network_url: str) -> Iterator[InProcessNetwork]:
    """The network alone, for tests that act on parts of a gateway. Nothing is judged."""
    with network_in_process(renkei_network_url) as network:
        yield network


@pytest.fixture
def renkei_seed(request: pytest.FixtureRequest) -> int:
    """The same in every run of a test, another in each test."""
    return crc32(request.node.nodeid.encode())


@pytest.fixture
def renkei_household(renkei_seed: int) -> Callable[..., Household]:
    """Makes a household by wishes (harness.residents.wishes), the same in every run of a test."""
    return partial(_wished, renkei_seed)


@pytest.fixture
def renkei_keys() -> Callable[[str], KeyPair]:
    """The published test keys of an organisation, by its code."""
    return bench_keys


def _wished(seed: int, index: int = 0, **wishes: object) -> Household:
    return household(seed, index, Wishes(**wishes))  # type: ignore[arg-type]  # Wishes says what cannot be
