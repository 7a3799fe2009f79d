"""Rule tables: every value has its article, and each day has one row."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.contract.decision_scope import ASSUMED, UNMODELLED, scope_of
from harness.contract.use_cases import case_documents
from harness.use_cases.child_rearing_allowance.rules import Level, rules_on
from harness.use_cases.dated_rules import OutsideTablesError, in_force, load
from harness.use_cases.decision import Decision, Outcome, Reason
from harness.use_cases.modelled import judged
from tests.use_cases.deciding import decided, undecided

BENEFIT = "child_rearing_allowance"
DAY = date(2012, 9, 1)


def rows() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for folder, case in case_documents().items():
        for table, found in load(folder.rpartition(".")[2]).items() if "claim" in case else ():
            yield from ((folder, table, row) for row in found)


ROWS = list(rows())


@pytest.mark.parametrize(("folder", "table", "row"), ROWS, ids=[f"{f} {t}" for f, t, _ in ROWS])
def test_every_row_is_dated_and_names_its_article(folder: str, table: str, row: Mapping[str, Any]) -> None:
    articles = [value for field, value in row.items() if field.endswith("article")]
    assert articles, (folder, table)
    assert all(isinstance(article, str) and article for article in articles)
    if table == UNMODELLED:
        assert row["fact"]
    elif table == ASSUMED:
        assert row["what"]
        assert "own" in row["article"]
    else:
        assert isinstance(row["from"], date)
        assert isinstance(row["until"], date)
        assert row["from"] <= row["until"]


@given(st.dates(date(2011, 4, 1), date(2026, 3, 31)))
def test_paid_level_has_no_gap_and_no_overlap(day: date) -> None:
    assert rules_on(day).amount.first_child > 40_000


@given(st.dates(date(2012, 4, 1), date(2013, 9, 30)))
def test_statutory_level_covers_the_special_period(day: date) -> None:
    assert rules_on(day, Level.STATUTORY).amount.first_child == 40_730


def test_a_day_without_statutory_level_says_what_there_is() -> None:
    with pytest.raises(OutsideTablesError, match="2012-04-01〜2013-09-30"):
        rules_on(date(2014, 1, 1), Level.STATUTORY)


def test_overlapping_rows_are_refused() -> None:
    day = date(2012, 1, 1)
    row = {"from": day, "until": day + timedelta(days=1)}
    with pytest.raises(LookupError, match="2件"):
        in_force([row, row], day)


def test_an_unknown_benefit_has_no_table() -> None:
    with pytest.raises(ModuleNotFoundError):
        load("no_such_benefit")


def granted() -> Decision:
    return Decision(Outcome.GRANTED, 1, DAY, (Reason("認める", "法1条"),))


@pytest.mark.parametrize("name", ["災害による所得の制限の特例", "誰も聞いたことのない事情"])
def test_a_circumstance_that_is_not_modelled_is_named_and_nothing_is_decided(name: str) -> None:
    assert f"「{name}」" in undecided(judged(BENEFIT, (name,), DAY, granted))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("公共用地の取得等の特別控除", date(2018, 8, 1), date.max),
        ("未婚の養育者・扶養義務者のみなし寡婦控除", date(2018, 8, 1), date(2021, 10, 31)),
    ],
)
def test_a_circumstance_matters_from_its_day_to_its_last(name: str, first: date, last: date) -> None:
    assert decided(judged(BENEFIT, (name,), first - timedelta(days=1), granted)) == granted()
    assert undecided(judged(BENEFIT, (name,), first, granted))
    assert undecided(judged(BENEFIT, (name,), last, granted))
    if last < date.max:
        assert decided(judged(BENEFIT, (name,), last + timedelta(days=1), granted)) == granted()


def test_the_scope_of_a_use_case_names_what_is_own_and_what_is_not_decided() -> None:
    scope = scope_of("生活保護")
    assert scope
    assert any("1級地-1" in text for text in scope.assumed)
    assert "法8条、保護の基準別表第1〜第3（own）" in scope.articles
    assert any(text.startswith("勤労控除（") for text in scope.undecided)
    nested = scope_of("健診と予防接種")
    assert nested
    assert "母子13条1項（own）" in nested.articles


def test_a_use_case_that_decides_nothing_has_no_scope() -> None:
    assert scope_of("税務に関する情報提供") is None
    assert scope_of("ない") is None
