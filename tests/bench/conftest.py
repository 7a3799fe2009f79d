"""One warm process for the runs of all these tests: each loaded a second's worth of modules three times."""

import os
from collections.abc import Iterator

import pytest

from harness.matrix.running import MODULES
from harness.processes.warming import warmed
from tests.bench.bench_run import WARM


@pytest.fixture(scope="session", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Its address, for bench_run.renkei."""
    with warmed(tmp_path_factory.mktemp("warm") / "log", MODULES) as address:
        os.environ[WARM] = address
        try:
            yield
        finally:
            del os.environ[WARM]
