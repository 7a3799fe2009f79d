"""Whose fault it is that a gateway is gone: its own, unless its network went with it, as when the run around a worker is killed."""

from types import SimpleNamespace
from typing import Any

import pytest

from harness.catalogue.findings import InconclusiveError, NonconformityError
from harness.plugin.recorder import _gateway_gone

GONE = {"how": "接続を受け付けない", "first": True}


def running(gone: dict[str, Any] | None, *, network: bool) -> Any:
    """A scenario whose last look at gateway and network found this."""

    def must_be_there() -> None:
        if not network:
            raise InconclusiveError("NETWORK_FAILED", "ネットワークが応えない")

    scene = SimpleNamespace(
        faces=SimpleNamespace(gone=lambda: gone),
        control=SimpleNamespace(must_be_there=must_be_there),
        see=lambda look: look(),
        was_cut_off=False,
    )
    return SimpleNamespace(scene=scene)


@pytest.mark.parametrize(
    ("gone", "network", "found"),
    [
        (GONE, True, (NonconformityError, "NO_CONNECTION")),
        ({**GONE, "first": False}, True, (InconclusiveError, "NO_CONNECTION")),
        (GONE, False, (InconclusiveError, "NETWORK_FAILED")),
        (None, False, None),
    ],
)
def test_a_gateway_that_went_with_its_network_is_not_blamed(
    gone: dict[str, Any] | None, network: bool, found: tuple[type, str] | None
) -> None:
    error = _gateway_gone(running(gone, network=network), NonconformityError("NO_ANSWER", "届かない", "応答"))
    assert (None if error is None else (type(error), error.finding.code)) == found
