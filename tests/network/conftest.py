"""One network process and one fake gateway for all tests; people and messages are new for each."""

from collections.abc import Iterator

import pytest

from tests.network import network_process
from tests.network.fake_gateway import FakeGateway, fake_gateway
from tests.network.network_process import RunningNetwork


@pytest.fixture(scope="session")
def _network() -> Iterator[RunningNetwork]:
    with network_process.network() as running:
        yield running


@pytest.fixture(scope="session")
def _gateway() -> Iterator[FakeGateway]:
    with fake_gateway() as running:
        yield running


@pytest.fixture
def gateway(_gateway: FakeGateway) -> FakeGateway:
    """A gateway that accepts everything."""
    _gateway.respond = None
    return _gateway


@pytest.fixture
def network(_network: RunningNetwork, gateway: FakeGateway) -> RunningNetwork:
    """The network, with that gateway."""
    _network.register(gateway)
    return _network
