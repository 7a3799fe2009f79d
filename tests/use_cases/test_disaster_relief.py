"""被災者生活再建支援金: every damage with every way to rebuild, for one and for more, before and after July 2020."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.use_cases.decision import Outcome
from harness.use_cases.disaster_relief.decide import decide
from harness.use_cases.disaster_relief.facts import Facts
from tests.use_cases.deciding import decided, undecided

OLD, NEW = date(2012, 9, 1), date(2024, 1, 1)
HOME = Facts(NEW, "2", 2, moderate=True)
METHODS = ("", "建設・購入", "補修", "賃借")


@pytest.mark.parametrize(
    "day", [date(2007, 12, 14), OLD, date(2020, 7, 2), date(2020, 7, 3), NEW, date(2026, 3, 31)]
)
@pytest.mark.parametrize(
    ("damage", "amounts"),
    [
        ("4", (1_000_000, 3_000_000, 2_000_000, 1_500_000)),
        ("3", (500_000, 2_500_000, 1_500_000, 1_000_000)),
        ("1", (0, 0, 0, 0)),
        ("0", (0, 0, 0, 0)),
    ],
)
def test_relief_follows_damage_rebuilding_and_heads(day: date, damage: str, amounts: tuple[int, ...]) -> None:
    for method, amount in zip(METHODS, amounts, strict=True):
        several, alone = (decided(decide(Facts(day, damage, heads, method))) for heads in (2, 1))
        assert (several.monthly_amount, alone.monthly_amount) == (amount, amount * 3 // 4)
        assert (several.outcome is Outcome.PAID) == bool(amount)


@pytest.mark.parametrize(
    ("method", "heads", "amount"),
    [
        ("建設・購入", 2, 1_000_000),
        ("補修", 2, 500_000),
        ("賃借", 2, 250_000),
        ("賃借", 1, 187_500),
        ("", 2, 0),
    ],
)
def test_moderate_damage_is_paid_for_rebuilding_since_july_2020(method: str, heads: int, amount: int) -> None:
    facts = replace(HOME, rebuilding=method, heads=heads)
    for day, expected in ((date(2020, 7, 2), 0), (date(2020, 7, 3), amount), (NEW, amount)):
        decision = decided(decide(replace(facts, damaged_on=day)))
        assert decision.monthly_amount == expected
        assert (decision.outcome is Outcome.PAID) == bool(expected)
    assert decided(decide(replace(facts, moderate=False))).monthly_amount == 0


@pytest.mark.parametrize(
    "facts", [{"demolished": True}, {"evacuated": True}, {"evacuated": True, "damage": "1"}]
)
def test_what_had_to_be_taken_down_or_left_counts_as_destroyed(facts: dict[str, Any]) -> None:
    for day in (OLD, NEW):
        home = replace(HOME, damaged_on=day, rebuilding="建設・購入", moderate=None, **facts)
        assert decided(decide(home)).monthly_amount == 3_000_000


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"moderate": None}, "中規模半壊かどうか"),
        ({"rebuilding": "相続"}, "再建の方法"),
        ({"damage": "1", "demolished": True}, "半壊に至らない"),
        ({"circumstances": ("支援法の適用のない災害",)}, "適用のない"),
        ({"damaged_on": date(2007, 12, 13)}, "収録期間"),
        ({"damaged_on": date(2026, 4, 1)}, "収録期間"),
    ],
)
def test_what_is_not_modelled_has_no_amount(facts: dict[str, Any], named: str) -> None:
    assert named in undecided(decide(replace(HOME, **facts)))


@pytest.mark.parametrize("wrong", [{"damage": "5"}, {"heads": 0}])
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="被害の程度"):
        replace(HOME, **wrong)
