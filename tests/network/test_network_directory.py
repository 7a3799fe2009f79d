"""What the network tells as its directory, and what it keeps of what a gateway sends again."""

from typing import Any

import pytest

from harness.contract.keys import bench_keys
from harness.contract.keys.ring import PUBLISHED
from harness.contract.schemas import problem_with
from mocks.network.directory import Telling

OWN = "221007"
GATEWAY = {OWN: bench_keys(OWN).public()}


def further(telling: Telling) -> dict[str, Any]:
    """Of the first counterpart, by state."""
    told: Any = telling.directory(PUBLISHED, GATEWAY)
    row = next(o for o in told["organisations"] if o["code"] != OWN)
    return {key["key"]["kid"].rpartition("-")[2]: key for key in row["further_keys"]}


@pytest.mark.parametrize("validity", [{}, {"former": {"revoked": True}}])
def test_a_directory_meets_its_schema(validity: dict[str, dict[str, object]]) -> None:
    told: Any = Telling("", validity).directory(PUBLISHED, GATEWAY)
    assert problem_with("directory", told) is None
    own = next(o for o in told["organisations"] if o["code"] == OWN)
    assert "further_keys" not in own


def test_the_validity_of_a_state_is_told_of_everybody_and_others_stay_as_they_are() -> None:
    usual = further(Telling())
    changed = further(Telling("", {"former": {"valid_until": "2012-08-01T00:00:00Z"}}))
    assert changed["former"] == {**usual["former"], "valid_until": "2012-08-01T00:00:00Z"}
    assert changed["next"] == usual["next"]


def test_in_place_of_the_directory_comes_an_odd_answer() -> None:
    odd = Telling("server-error").odd()
    assert odd is not None
    assert odd.status == 500
    assert Telling().odd() is None
