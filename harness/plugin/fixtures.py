"""Fixtures of a run: one south client and one network client a worker, one scene a scenario."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from harness.bench.bench import Bench, south_face
from harness.bench.network import NetworkControl
from harness.gateways.south import SouthFace
from harness.steps.scene import Scene

ACCESS = "renkei-access"


@dataclass(frozen=True)
class Access:
    """Registered with pytest so that fixtures find the bench of this process."""

    bench: Bench
    seed: int


@pytest.fixture(scope="session")
def bench_access(pytestconfig: pytest.Config) -> Access:
    """Where the bench is."""
    access = pytestconfig.pluginmanager.get_plugin(ACCESS)
    assert isinstance(access, Access)
    return access


@pytest.fixture(scope="session")
def south(bench_access: Access) -> Iterator[SouthFace]:
    """The south face of the gateway under test."""
    with south_face(bench_access.bench.statement, lambda _: None) as face:
        yield face


@pytest.fixture(scope="session")
def control(bench_access: Access) -> NetworkControl:
    """The control API of the mocked network."""
    return NetworkControl.at(bench_access.bench.network)


@pytest.fixture
def scene(bench_access: Access, south: SouthFace, control: NetworkControl) -> Iterator[Scene]:
    """The state of one scenario."""
    made = Scene(south, control, bench_access.seed)
    yield made
    made.end()
