"""Rule tables: every value has its article, and each day has one row."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.use_cases.child_rearing_allowance.rules import BENEFIT, Level, rules_on
from harness.use_cases.dated_rules import in_force, load

ROWS = [(table, row) for table, rows in load(BENEFIT).items() for row in rows]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{table} {row['from']}" for table, row in ROWS])
def test_every_row_is_dated_and_names_its_article(table: str, row: dict[str, object]) -> None:
    articles = [value for field, value in row.items() if field.endswith("article")]
    assert articles, table
    assert all(str(article).startswith(("法", "令")) for article in articles)
    assert isinstance(row["from"], date)
    assert isinstance(row["until"], date)
    assert row["from"] <= row["until"]


@given(st.dates(date(2011, 4, 1), date(2016, 7, 31)))
def test_paid_level_has_no_gap_and_no_overlap(day: date) -> None:
    assert rules_on(day).amount.first_child > 40_000


@given(st.dates(date(2012, 4, 1), date(2013, 9, 30)))
def test_statutory_level_covers_the_special_period(day: date) -> None:
    assert rules_on(day, Level.STATUTORY).amount.first_child == 40_730


def test_a_day_without_statutory_level_says_what_there_is() -> None:
    with pytest.raises(LookupError, match="2012-04-01〜2013-09-30"):
        rules_on(date(2014, 1, 1), Level.STATUTORY)


def test_overlapping_rows_are_refused() -> None:
    day = date(2012, 1, 1)
    row = {"from": day, "until": day + timedelta(days=1)}
    with pytest.raises(LookupError, match="2件"):
        in_force([row, row], day)


def test_an_unknown_benefit_has_no_table() -> None:
    with pytest.raises(ModuleNotFoundError):
        load("no_such_benefit")
