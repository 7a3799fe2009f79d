"""The table behind the estimates: the formula of §4-4, and what is said of a table that cannot be used."""

from decimal import Decimal
from pathlib import Path

import pytest

from load.estimate.capacity import on_the_line, published
from load.estimate.estimates import RANKS, REST, EstimatesError, Table, own
from load.estimate.traffic import NATIONAL_YEAR_KB, Season

ROW = """[[row]]
use_case = "生活保護"
information = "固定資産評価関係情報"
size_kb = 10
persons = 6
rank = "C"
correction = 2
"""


def test_the_formula_of_the_document() -> None:
    """① 10 KB × ② 6 × ③ 100,000 × ④ 2."""
    assert Table.parse(ROW, "t").rows[0].kb == 10 * 6 * 100_000 * 2


def test_the_ranks_of_the_document() -> None:
    assert list(RANKS.values()) == [10_000_000, 1_000_000, 100_000, 10_000, 1_000]


def test_the_own_table_is_part_of_the_published_total() -> None:
    table = own()
    assert table.total_kb == NATIONAL_YEAR_KB
    assert 0 < table.rest_kb < table.total_kb
    names, shares = zip(*table.shares(), strict=True)
    assert (names[-1], round(sum(shares), 9)) == (REST, 1)
    assert table.kb_of(Season.NORMAL, 100_000) == 7_163_617
    assert table.kb_of(Season.MASS_ENQUIRY, 100_000) == 468_540


def test_a_table_of_ones_own_needs_no_total() -> None:
    table = Table.parse(ROW.replace('rank = "C"', "per_year = 5"), "t")
    assert (table.total_kb, table.rest_kb, table.kb_a_message) == (600, 0, 10)


def test_a_table_of_ones_own_decides_what_is_planned() -> None:
    """A prefecture of 1,000,000 people with 34,560,000 KB a year: 10 KB a second, a tenth of it for 100,000 people."""
    national = "[national]\ntotal_kb = 34560000\nmass_enquiry_kb = 2880000\npopulation = 1000000\n"
    table = Table.parse(national + ROW.replace('rank = "C"', "per_year = 5"), "t")
    assert [published(season, table, 100_000).kbps for season in Season] == [8.0, 16.0, 80.0]
    assert on_the_line(Season.BUSY, table, 100_000).kb == 3_456_000


def test_where_only_a_reference_travels_the_enquiries_stay() -> None:
    table = own()
    referring = table.referring(0.2)
    assert [row.messages for row in referring.rows] == [row.messages for row in table.rows]
    assert Decimal(referring.total_kb / table.total_kb).quantize(Decimal("0.0001")) == Decimal(
        0.2 / table.kb_a_message
    ).quantize(Decimal("0.0001"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "一つ以上の"),
        ("[[row]", "TOML として読めない"),
        (ROW.replace('"C"', '"F"'), 'row/0/rank: "F" is not one of'),
        (ROW.replace("size_kb = 10", "size_kb = 0"), "row/0/size_kb: 0 is less than or equal"),
        (ROW.replace("size_kb = 10", "size_kb = true"), "row/0/size_kb: true is not of type"),
        (ROW.replace("persons = 6", "people = 6"), "row/0: Additional properties are not allowed ('people'"),
        (ROW.replace('rank = "C"', ""), "rank（A〜E）か per_year"),
        (ROW.replace('"生活保護"', "3"), "row/0/use_case: 3 is not of type"),
        ("[national]\ntotal_kb = 1\n" + ROW, "total_kb 1 KB を超える"),
        ("[other]\n" + ROW, "[national] と"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(EstimatesError) as caught:
        Table.parse(text, "表.toml")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EstimatesError, match="読めない"):
        Table.read(tmp_path / "nope.toml")
