"""Two bundles for all tests of this room."""

import pytest

from tests.certificate.made import Made, made


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Of a gateway that conforms."""
    return made(tmp_path_factory.mktemp("clean"), "reference")


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Of one that takes a message twice."""
    return made(tmp_path_factory.mktemp("failing"), "reference+accepts-replay")
