"""Whether the network could be reached, as the traffic around shows: what could not reach it is in no record."""

from collections.abc import Mapping

import pytest

from harness.model.history.exchanges import Fetch, Redemption
from harness.model.history.spans import Span
from harness.model.judges.registration import registering
from tests.model.histories import BEGAN, Told


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, []),
        ({1.9: 200, 3.2: 200}, []),  # silent for too long before
        ({2.5: 200}, []),
        ({3.2: 200}, []),
        ({2.5: 200, 4.2: 200}, []),
        ({2.5: 200, 3.2: 200, 3.5: None}, []),
        ({2.0: None, 2.5: 200, 3.2: 200}, []),
        ({2.5: 200, 3.2: 200}, ["link-code-registers"]),
        ({2.5: 404, 3.2: 503}, ["link-code-registers"]),
        ({3.02: 200}, ["link-code-registers"]),
        ({1.5: None, 2.5: 200, 3.02: 200, 4.5: None}, ["link-code-registers"]),
    ],
)
@pytest.mark.parametrize("fetched", [False, True])
def test_a_connection_that_was_refused_is_in_no_record(
    asked: Mapping[float, int | None], found: list[str], fetched: bool
) -> None:
    told = Told()
    namesake, person = told.person("p"), told.person("q")
    told.register("a", namesake, at=0.1)
    told.told(Redemption(len(told.exchanges), Span(BEGAN + 0.11, BEGAN + 0.13), "t", 200, {}))
    told.register("b", person, 502, at=3, answer={"code": "LINK_CODE_UNAVAILABLE"})
    for at, status in asked.items():
        if fetched:
            told.told(Fetch(len(told.exchanges), Span(BEGAN + at + 0.01, BEGAN + at + 0.03), status, {}))
        else:
            told.send("照会依頼", at=at + 0.01, lasts=0.02, status=status)
    blamed = [c.rule for c in registering(told.history()) if c.breach and "求めずに" in c.breach.observed]
    assert blamed == found
