"""One network and one clean gateway for all tests of this folder; residents keep the tests apart."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.gateway import fake_network
from tests.gateway.fake_network import FakeNetwork
from tests.gateway.gateway_process import Gateway, gateway

_numbers = count(1)


@pytest.fixture(scope="session")
def shared_network() -> Iterator[FakeNetwork]:
    with fake_network.running() as network:
        yield network


@pytest.fixture
def network(shared_network: FakeNetwork) -> Iterator[FakeNetwork]:
    yield shared_network
    shared_network.is_out, shared_network.directory = False, None
    shared_network.script.clear()


@pytest.fixture(scope="session")
def clean(shared_network: FakeNetwork) -> Iterator[Gateway]:
    with gateway(shared_network.url) as running:
        yield running


@pytest.fixture
def person() -> str:
    """A 識別番号 that no other test uses; the enrolment token of that person is `token-` and it."""
    return f"00000{next(_numbers):05d}"
