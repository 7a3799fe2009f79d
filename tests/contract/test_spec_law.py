"""別表第二 read as data: who may ask whom for what."""

import pytest

from harness.contract.law import Basis, table, versions
from harness.contract.law.lawfulness import is_lawful
from harness.contract.organisations import by_name

EARLIER, VERSION = "2012-02-14", "2015-09-09"
CHILD = "児童扶養手当法による児童扶養手当の支給に関する事務"
ASSISTANCE = "生活保護法による保護の決定及び実施又は徴収金の徴収に関する事務"


def lawful(
    item: str, requester: str, affair: str, provider: str, information: str, version: str = VERSION
) -> bool:
    return is_lawful(Basis(version, item), by_name(requester), affair, by_name(provider), information)


def test_the_table_has_its_rows_and_items() -> None:
    rows = table(VERSION)
    assert len(rows) == 259  # 260 rows of the table, less 36の項 which is 削除
    assert {r.item for r in rows} == {str(n) for n in range(1, 121) if n != 36} | {"56の2"}
    assert [name for name in versions() if name <= VERSION] == [EARLIER, VERSION]


@pytest.mark.parametrize(
    ("requester", "provider", "information"),
    [
        ("静岡市", "福岡市", "地方税関係情報"),
        ("静岡市", "福岡市", "住民票関係情報"),
        ("静岡県", "福岡市", "地方税関係情報"),
        ("静岡市", "静岡県", "障害者関係情報"),
        ("静岡市", "静岡県", "特別児童扶養手当関係情報"),
        ("静岡市", "日本年金機構", "公的年金給付関係情報"),
        ("静岡市", "地方職員共済組合", "公的年金給付関係情報"),
    ],
)
def test_item_57_allows_what_it_names(requester: str, provider: str, information: str) -> None:
    assert lawful("57", requester, CHILD, provider, information)


@pytest.mark.parametrize(
    ("item", "requester", "affair", "provider", "information"),
    [
        ("57", "静岡市", CHILD, "福岡市", "戸籍関係情報"),
        ("57", "静岡市", CHILD, "静岡県", "児童扶養手当関係情報"),
        ("57", "静岡市", CHILD, "清水町", "障害者関係情報"),
        ("57", "静岡市", CHILD, "静岡県", "地方税関係情報"),
        ("57", "日本年金機構", CHILD, "福岡市", "地方税関係情報"),
        ("57", "静岡市", ASSISTANCE, "福岡市", "地方税関係情報"),
        ("26", "静岡市", CHILD, "福岡市", "地方税関係情報"),
        ("26", "静岡県", ASSISTANCE, "福岡市", "住民票関係情報"),
        ("57", "静岡市", "", "福岡市", "地方税関係情報"),
        ("121", "静岡市", CHILD, "福岡市", "地方税関係情報"),
    ],
)
def test_anything_else_is_not_lawful(
    item: str, requester: str, affair: str, provider: str, information: str
) -> None:
    assert not lawful(item, requester, affair, provider, information)


def test_item_26_has_tax_and_no_resident_row() -> None:
    assert lawful("26", "静岡県", ASSISTANCE, "福岡市", "地方税関係情報")
    named = {name for row in table(VERSION) if row.item == "26" for name in row.information}
    assert "住民票関係情報" not in named


def test_an_unknown_version_allows_nothing() -> None:
    assert not lawful("57", "静岡市", CHILD, "福岡市", "地方税関係情報", version="1999-01-01")
    with pytest.raises(KeyError, match=f"ある版: {EARLIER}、{VERSION}、.*条例"):
        table("1999-01-01")
