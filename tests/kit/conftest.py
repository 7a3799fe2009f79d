"""The gateway of examples/python-gateway, as its own tests have it."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "python-gateway"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Its module `gateway`, untyped as a stranger's."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    return import_module("gateway")
