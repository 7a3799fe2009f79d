"""What a load asks for follows from the table of the estimates: which use case asks for which information, how often."""

from dataclasses import replace

import pytest

from harness.catalogue.findings import ConfigurationError
from load.estimate.estimates import Table, own
from load.prepare.mix import mix_of, ways
from load.prepare.preparing import Share
from tests.load.statements import statement

TAX, RESIDENT, HOUSE = "地方税関係情報", "住民票関係情報", "固定資産評価関係情報"


def row(use_case: str, information: str, per_year: int, correction: int = 1) -> str:
    said = f'use_case = "{use_case}"\ninformation = "{information}"\nper_year = {per_year}\ncorrection = {correction}'
    return f"[[row]]\n{said}\nsize_kb = 5\n"


def mix(*rows: str) -> dict[tuple[str, str, str], float]:
    """(face, use case, information) → part of all requests."""
    shares = mix_of(statement(), Table.parse("".join(rows), "t"))
    whole = sum(share.weight for share in shares)
    return {(one.face, one.use_case, one.information): one.weight / whole for one in shares}


def test_a_row_is_asked_of_the_gateway_by_its_use_case() -> None:
    found = mix(row("児童扶養手当", TAX, 300), row("小児慢性特定疾病", TAX, 100))
    assert found == {
        ("north", "児童扶養手当", TAX): 0.75,
        ("north", "小児慢性特定疾病", TAX): 0.25,
    }


def test_where_municipalities_answer_each_other_half_is_asked_by_the_gateway() -> None:
    found = mix(row("児童扶養手当", TAX, 100, correction=2))
    assert found == {("north", "児童扶養手当", TAX): 0.5, ("south", "児童扶養手当", TAX): 0.5}


def test_own_information_comes_through_the_portal_and_is_asked_by_the_others_in_its_place() -> None:
    portal = row("税務に関する情報提供", TAX, 500)
    found = mix(
        row("児童扶養手当", TAX, 300),
        row("小児慢性特定疾病", TAX, 100),
        row("児童扶養手当", RESIDENT, 100),
        portal,
    )
    assert found == pytest.approx(
        {
            ("north", "児童扶養手当", TAX): 0.675,
            ("north", "小児慢性特定疾病", TAX): 0.225,
            ("north", "児童扶養手当", RESIDENT): 0.1,
        }
    )


def test_a_use_case_of_ones_own_table_asks_as_any_may() -> None:
    assert mix(row("国民健康保険", TAX, 100)) == {("north", "", TAX): 1.0}


def test_what_nobody_may_ask_is_left_out() -> None:
    assert list(mix(row("生活保護", HOUSE, 900), row("生活保護", TAX, 100))) == [("north", "生活保護", TAX)]
    with pytest.raises(ConfigurationError, match="照会できる情報も"):
        mix(row("不動産", "登記関係情報", 100))


def test_every_share_of_the_own_table_may_be_asked() -> None:
    shares = mix_of(statement(), own())
    north, south = ways(statement(), shares)
    assert len(north) + len(south) == len(shares)
    assert {one.use_case for one in shares} >= {"児童扶養手当", "生活保護", "健診と予防接種", "災害"}
    assert len(shares) == len({replace(share, weight=1) for share in shares})


def test_an_order_of_ways_is_that_of_the_mix() -> None:
    wanted = (
        Share("north", RESIDENT, 1, "児童扶養手当"),
        Share("south", TAX, 1),
        Share("north", TAX, 1, "生活保護"),
    )
    north, south = ways(statement(), wanted)
    assert [one.title for one in north] == [f"児童扶養手当 {RESIDENT}", f"生活保護 {TAX}"]
    assert [one.title for one in south] == [TAX]
