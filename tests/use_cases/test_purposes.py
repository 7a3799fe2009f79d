"""What a purpose cites: items come from the table, and a wrong one is wrong on purpose."""

import pytest

from harness.contract.affairs import affairs
from harness.contract.law import Basis, bases, item_of, table, versions
from harness.contract.law.regimes import newest
from harness.contract.roles import role_fits
from harness.use_cases.judges import applications, judges
from harness.use_cases.purposes import purposes

NEWEST = newest(versions())
TABLES = {name: p for name, p in purposes().items() if not p.article}


@pytest.mark.parametrize("name", TABLES)
def test_an_item_is_one_of_its_affair_in_some_table(name: str) -> None:
    purpose = TABLES[name]
    cited = purpose.basis(bases())
    there = {row.item for base in bases() for row in table(base) if row.affair in purpose.of.wordings}
    assert cited.item in there
    assert cited.table == (purpose.table or NEWEST)
    assert role_fits(purpose.role, purpose.affair)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("児童扶養手当の支給", Basis("2015-09-09", "57")),
        ("不動産取得税の賦課", Basis("2015-09-09", "28")),
        ("児童手当の支給", Basis("2015-09-09", "74")),
        ("被災者台帳の作成", Basis("2015-09-09", "56の2")),
        ("2012年の法案に2015年の文言を引いた保護の決定", Basis("2012-02-14", "26")),
        ("別表第二による児童の状況の把握", Basis("2015-09-09", "2")),
        ("被災者の援護", Basis("災害対策基本法", "90条の4第1項3号")),
        ("避難者の所在の通知", Basis("災害対策基本法", "90条の4")),
    ],
)
def test_what_is_cited(name: str, basis: Basis) -> None:
    assert purposes()[name].basis(("2012-02-14", "2015-09-09", "条例")) == basis


def test_a_table_without_the_affair_is_cited_with_the_item_of_another() -> None:
    wanted = purposes()["児童手当の支給"]
    assert wanted.basis(("2012-02-14",)) == Basis("2012-02-14", wanted.basis(bases()).item)


def test_of_several_items_that_of_the_information_and_of_the_requester() -> None:
    benefit, tax = affairs()["児童手当の支給"].wordings, affairs()["地方税の賦課徴収"].wordings
    assert item_of("2015-09-09", benefit, "年金給付関係情報") == "75"
    items = [
        item_of("2015-09-09", tax, "地方税関係情報", kind) for kind in ("市町村", "都道府県", "共済組合")
    ]
    assert items == ["27", "28", "29"]


@pytest.mark.parametrize(("name", "kind"), [("1999-01-01", ""), ("条例", ""), ("2015-09-09", "日本年金機構")])
def test_no_item_where_there_is_none(name: str, kind: str) -> None:
    with pytest.raises(LookupError, match=name):
        item_of(name, affairs()["児童扶養手当の支給"].wordings, requester=kind)


def test_a_wording_is_that_of_the_version_that_is_named() -> None:
    old, new = (
        purposes()[f"{words}保護の決定"]
        for words in ("2012年の法案による生活", "2012年の法案に2015年の文言を引いた")
    )
    assert (old.affair, new.affair) == affairs()["生活保護の決定"].wordings[::-1]


def test_every_application_has_its_judge() -> None:
    assert set(applications().values()) <= set(judges())
    assert len(judges()) == 8
