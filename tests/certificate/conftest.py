"""Two bundles for all tests of this room."""

import pytest

from tests.certificate.made import Made, shared


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Of a gateway that conforms."""
    return shared(tmp_path_factory, "clean", "reference")


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Of one that takes a message twice."""
    return shared(tmp_path_factory, "failing", "reference+accepts-replay")
