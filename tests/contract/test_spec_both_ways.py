"""別表第二 both ways round, the item list, and the further bases."""

import pytest

from harness.contract.items import informations
from harness.contract.items.listing import form_lines, item_lines
from harness.contract.law import Basis, bases, further_bases, table
from harness.contract.law.both_ways import lines
from harness.contract.law.lawfulness import is_lawful
from harness.contract.organisations import by_name
from harness.contract.use_cases import use_cases

VERSION = "2015-09-09"


@pytest.mark.parametrize("name", bases())
def test_both_orders_have_the_same_lines(name: str) -> None:
    one, other = lines(name, "affair"), lines(name, "information")
    assert one
    assert sorted(map(repr, one)) == sorted(map(repr, other))
    named = [line.information for line in other]
    assert len({n for i, n in enumerate(named) if i == 0 or named[i - 1] != n}) == len(set(named))


def test_who_of_the_local_governments_asks_and_answers() -> None:
    line = next(x for x in lines(VERSION, "affair") if (x.item, x.information) == ("28", "地方税関係情報"))
    assert (line.prefecture_asks, line.municipality_asks) == (True, False)
    assert (line.prefecture_answers, line.municipality_answers) == (False, True)
    welfare = next(x for x in lines(VERSION, "affair") if x.item == "26")
    assert (welfare.prefecture_asks, welfare.municipality_asks) == (True, True)


def test_rows_that_the_document_shows_are_in_the_earlier_version() -> None:
    """§6-2 No.348 and No.349: the council of social welfare answers under 26 and 88 (87 in 2015)."""
    rows = [row for row in table("2012-02-14") if "生活福祉資金貸付関係情報" in row.information]
    assert [row.item for row in rows] == ["26", "88"]
    later = [row.item for row in table(VERSION) if "生活福祉資金貸付関係情報" in row.information]
    assert later == ["26", "87"]


@pytest.mark.parametrize("name", further_bases())
def test_a_further_basis_names_informations_and_affairs_that_there_are(name: str) -> None:
    used = {(i.name, a) for i in informations().values() for item in i.items for a in item.used_by}
    for row in table(name):
        assert {(information, row.affair) for information in row.information} <= used


def test_an_ordinance_allows_what_it_names_and_the_table_does_not() -> None:
    row = table("条例")[0]
    city, partner = by_name("静岡市"), by_name("福岡市")
    assert is_lawful(Basis("条例", "1"), city, row.affair, partner, "健診関係情報")
    assert not is_lawful(Basis("条例", "1"), city, row.affair, partner, "地方税関係情報")
    assert not is_lawful(Basis(VERSION, "1"), city, row.affair, partner, "健診関係情報")
    assert not is_lawful(Basis("条例", "1"), by_name("静岡県"), row.affair, partner, "健診関係情報")


def test_no_organisation_may_cite_what_residents_ask_themselves() -> None:
    row = table("本人の求め")[0]
    for name in ("静岡市", "静岡県", "日本年金機構"):
        assert not is_lawful(
            Basis("本人の求め", "1"), by_name(name), row.affair, by_name("福岡市"), "地方税関係情報"
        )


def test_every_use_case_uses_items_and_every_item_is_listed_once() -> None:
    listed = list(item_lines())
    assert {n for line in listed for n in line.used} == {u.number for u in use_cases().values()}
    assert len(listed) == sum(len((*i.items, *i.further_items)) for i in informations().values())
    assert next(line.item.name for line in item_lines("健診関係情報")) == "四か月児健診受診日"


def test_each_information_gives_less_than_it_has() -> None:
    """必要最小限 (§3-2): a check of it must be able to fail for every affair, the resident's own included."""
    for information in informations().values():
        for affair in {a for item in information.items for a in item.used_by}:
            if information.name != "地方税関係情報" or "本人の求め" not in affair:
                if information.name == "不動産取得税課税関係情報":
                    continue  # a notice, which the office words itself
                assert len(information.used_by(affair)) < len(information.items), (information.name, affair)


def test_forms_and_keys_are_listed_with_their_bases() -> None:
    found = {(line.information.name, line.form): line for line in form_lines()}
    assert found[("登記関係情報", "連絡")].bases == ()
    assert [b[:2] for b in found[("罹災証明関係情報", "照会")].bases] == [
        ("災害対策基本法", "90条の4第1項3号"),
        ("本人同意", "90条の4第1項1号"),
    ]
    assert all(
        line.bases
        for line in found.values()
        if line.form == "照会"
        and line.use_cases
        and {u.name for u in line.use_cases} != {"税務に関する情報提供"}
    )


@pytest.mark.parametrize("information", informations().values(), ids=lambda i: i.name)
def test_examples_have_the_type_of_their_items(information: object) -> None:
    for item in information.items:  # type: ignore[attr-defined]  # ids=lambda hides the type
        if item.example is None:
            continue
        assert isinstance(item.example, int) == (item.type in {"9", "S9"}), item.name
        assert len(str(item.example)) <= item.length
        assert not item.codes or item.example in item.codes
