"""What the tests of this gateway need of renkei."""

from pathlib import Path

import pytest
from gateway import application

from renkei.bench import Gateway

pytest_plugins = ["renkei.fixtures"]


@pytest.fixture
def renkei_gateway(renkei_network_url: str) -> Gateway:
    """The gateway under test."""
    return Gateway(application(renkei_network_url), Path(__file__).with_name("gateway.toml"))
