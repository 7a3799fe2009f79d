"""The oracles of the other use cases at their bounds."""

from datetime import date

import pytest

from harness.use_cases.decision import Outcome
from harness.use_cases.disaster_relief import decide as disaster_relief
from harness.use_cases.disaster_relief import facts as disaster_relief_facts

CLAIM = date(2012, 8, 20)


@pytest.mark.parametrize(
    ("damage", "heads", "rebuilding", "amount"),
    [
        ("4", 2, "建設・購入", 3_000_000),
        ("4", 2, "", 1_000_000),
        ("3", 2, "賃借", 1_000_000),
        ("4", 1, "補修", 1_500_000),
        ("3", 1, "", 375_000),
        ("2", 2, "建設・購入", 0),
        ("0", 1, "", 0),
    ],
)
def test_relief_follows_damage_rebuilding_and_heads(
    damage: str, heads: int, rebuilding: str, amount: int
) -> None:
    decision = disaster_relief.decide(
        disaster_relief_facts.Facts(date(2012, 9, 1), damage, heads, rebuilding)
    )
    assert decision.monthly_amount == amount
    assert (decision.outcome is Outcome.PAID) == bool(amount)
