"""What each version of the table is, and where its rows come from."""

import re
from datetime import date, timedelta

import pytest

from harness.contract.law import table
from harness.contract.law.regimes import newest, rank, regime
from harness.contract.organisations import organisations
from harness.contract.resources import toml

BILL, ACT, ORDINANCE = "2012-02-14", "2015-09-09", "2024-05-27"
# §6-2 prints these of its 355 rows.
PRINTED = {1, 2, 3, 348, 349, 350, 351, 352, 353, 354, 355}


def test_the_bill_is_called_one_and_was_never_in_force() -> None:
    bill = regime(BILL)
    assert "法律案" in bill.title
    assert (bill.called, bill.since, bill.until) == ("法案の別表第二", "", "")
    assert "廃案" in bill.state


def test_the_bill_has_what_the_document_prints_and_says_of_every_row_where_it_comes_from() -> None:
    sources = [row.source for row in table(BILL)]
    printed = [int(n) for source in sources for n in re.findall(r"^§6-2 No\.(\d+)", source)]
    assert sorted(printed) == sorted(PRINTED)
    assert all(source.startswith(("§6-2 No.", "own（")) for source in sources)


def test_nobody_asks_by_a_row_whose_requester_the_document_does_not_print() -> None:
    rows = [row for row in table(BILL) if "情報照会者の記載がない" in row.source]
    assert len(rows) == 7
    for row in rows:
        assert row.requester_kinds == frozenset()
        assert not any(row.asks(one) for one in organisations().values()), row.item


def test_the_item_of_the_allowance_in_the_bill_is_marked() -> None:
    """Items 36, 48, 50, 88, 101 and 108 of the document are each one more than in the table of 2015, and 26 is the same."""
    assert {row.source for row in table(BILL) if row.item == "57"}.pop().count("確かめていない") == 1
    assert not [row for row in table(BILL) if row.item == "58"]


def test_one_regime_ends_where_the_next_begins() -> None:
    before, after = regime(ACT), regime(ORDINANCE)
    assert date.fromisoformat(before.until) + timedelta(days=1) == date.fromisoformat(after.since)
    assert (after.article, after.until) == ("番号法19条8号", "")
    assert {term.here for term in after.terms} >= {"リンクコード", "参照用DB", "別表第二"}
    assert any("符号" in term.there for term in after.terms)
    assert all(row.source.startswith("own") for row in table(ORDINANCE))


@pytest.mark.parametrize(
    ("among", "expected"),
    [
        ((BILL, ACT, ORDINANCE), ACT),
        ((BILL, ORDINANCE, "条例"), ORDINANCE),
        ((BILL, "条例"), BILL),
    ],
)
def test_a_whole_version_is_cited_before_one_in_part(among: tuple[str, ...], expected: str) -> None:
    assert newest(among) == expected
    assert max(among, key=rank) == expected


def test_what_is_not_carried_is_named() -> None:
    with pytest.raises(KeyError, match=f"ある版: {BILL}、{ACT}"):
        regime("1999-01-01")
    with pytest.raises(ValueError, match="empty"):
        newest(("条例",))


def test_a_side_that_no_organisation_of_the_bench_is_is_one_of_the_bodies_that_have_no_gateway_here() -> None:
    """Whose kind is none of the bench's is read all the same: by competence, of those who are what the table calls them."""
    bodies, everybody = set(toml("law", "competence.toml")["bodies"]), organisations().values()
    for row in table(ACT):
        if not any(row.asks(one) for one in everybody):
            assert row.requesters <= bodies, (row.item, row.requesters - bodies)
        for name in row.information:
            if not any(row.provides(one, name) for one in everybody):
                assert row.providers[name] <= bodies, (row.item, row.providers[name] - bodies)
