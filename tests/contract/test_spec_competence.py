"""Who is competent for an affair, and in whose place: 別表第二 with the acts beside it, by day."""

import re

import pytest

from harness.contract.law import Basis, table, versions
from harness.contract.law.competence import competences, holders
from harness.contract.law.lawfulness import Asked
from harness.contract.law.phrases import phrases_in
from harness.contract.organisations import Organisation, attributes, by_name

TABLE = "2015-09-09"
CHILD = "児童扶養手当法による児童扶養手当の支給に関する事務"
ASSISTANCE = "生活保護法による保護の決定及び実施又は徴収金の徴収に関する事務"
CHRONIC = "児童福祉法による小児慢性特定疾病医療費の支給に関する事務"
INTRACTABLE = "難病の患者に対する医療等に関する法律による特定医療費の支給に関する事務"
SPECIAL = "特別児童扶養手当等の支給に関する法律による特別児童扶養手当の支給に関する事務"
PENSION = "国民年金法による年金である給付若しくは一時金の支給又は保険料の免除に関する事務"
TAX, DISABILITY, WORKERS = "地方税関係情報", "障害者関係情報", "失業等給付関係情報"
# What joins the names of parties: nothing of a party is left unread.
JOINS = re.compile(
    r"又は|若しくは|、|その他の|事業主体である|施行者である|（[^）]*（.*）[^（]*）|[^、]*に規定する(他の)?|[^、]*において準用する.*の"
)


def verdicts(item: str, requester: str, affair: str, provider: str, information: str) -> tuple[bool, bool]:
    """By competence, and by kind."""
    cited = Asked(Basis(TABLE, item), by_name(requester), affair, by_name(provider), information)
    return cited.is_lawful(), cited.is_lawful(by_kind=True)


@pytest.mark.parametrize(
    ("item", "requester", "affair", "provider", "information", "lawful", "by_kind"),
    [
        ("9", "福岡市", CHRONIC, "清水町", TAX, True, False),  # 指定都市
        ("9", "岡崎市", CHRONIC, "清水町", TAX, True, False),  # 中核市
        ("9", "明石市", CHRONIC, "清水町", TAX, False, False),  # 中核市 from 2018-04-01
        ("9", "三島市", CHRONIC, "清水町", TAX, False, False),
        ("9", "静岡県", CHRONIC, "静岡市", TAX, True, True),
        ("120", "福岡市", INTRACTABLE, "静岡市", TAX, False, False),  # 指定都市 from 2018-04-01
        ("66", "福岡市", SPECIAL, "静岡市", TAX, True, False),  # 指定都市 from 2015-04-01
        ("66", "岡崎市", SPECIAL, "静岡市", TAX, False, False),
        ("57", "清水町", CHILD, "静岡市", TAX, False, True),  # a town without 福祉事務所
        ("26", "清水町", ASSISTANCE, "静岡市", TAX, False, True),
        ("57", "島本町", CHILD, "静岡市", TAX, True, True),  # one with
        ("26", "千代田区", ASSISTANCE, "静岡市", TAX, True, True),
        ("57", "三島市", CHILD, "清水町", TAX, True, True),
        ("57", "福岡市", CHILD, "静岡市", DISABILITY, True, False),
        ("57", "福岡市", CHILD, "岡崎市", DISABILITY, True, False),
        ("57", "福岡市", CHILD, "三島市", DISABILITY, False, False),
        ("26", "静岡市", ASSISTANCE, "日本年金機構", WORKERS, False, True),
        ("26", "静岡市", ASSISTANCE, "厚生労働省", WORKERS, True, True),
        ("47", "日本年金機構", PENSION, "静岡市", "児童扶養手当関係情報", True, True),
        ("47", "日本年金機構", PENSION, "清水町", "児童扶養手当関係情報", False, True),
        ("47", "日本年金機構", PENSION, "厚生労働省", "労働者災害補償関係情報", True, True),
        ("47", "日本年金機構", PENSION, "日本年金機構", "労働者災害補償関係情報", False, True),
        ("26", "静岡市", ASSISTANCE, "福岡市", "医療保険給付関係情報", True, False),  # 国民健康保険
    ],
)
def test_who_may_ask_whom(
    item: str, requester: str, affair: str, provider: str, information: str, lawful: bool, by_kind: bool
) -> None:
    assert verdicts(item, requester, affair, provider, information) == (lawful, by_kind)


@pytest.mark.parametrize(("contract", "verdict"), [("1", {True, False}), ("2", {False})])
def test_what_only_kinds_would_allow_is_free_under_contract_1(contract: str, verdict: set[bool]) -> None:
    asked = Asked(Basis(TABLE, "57"), by_name("清水町"), CHILD, by_name("静岡市"), TAX)
    assert asked.verdicts(contract) == verdict


@pytest.mark.parametrize("version", versions())
def test_every_side_of_every_row_has_somebody(version: str) -> None:
    for row in table(version):
        assert row.requesters, row.item
        assert all(row.providers[name] for name in row.information), row.item


@pytest.mark.parametrize("version", versions())
def test_every_party_is_read_whole(version: str) -> None:
    """Nothing of a party but the words that join its names is left: a name that nobody reads would be nobody's competence."""
    known = tuple(one.party for one in competences())
    for row in table(version):
        for party in (row.requester, row.provider):
            left = party
            for phrase in phrases_in(party, known):
                left = left.replace(phrase, "")
            assert JOINS.sub("", left) == "", (row.item, party, left)


def test_a_delegation_holds_from_its_day() -> None:
    before, after = (holders("都道府県知事", INTRACTABLE, day) for day in ("2018-03-31", "2018-04-01"))
    assert before == {"都道府県"}
    assert after == {"都道府県", "指定都市"}


def test_an_attribute_is_had_from_its_day() -> None:
    akashi = by_name("明石市")
    assert "中核市" not in attributes(akashi, "2018-03-31")
    assert {"中核市", "市", "市町村"} <= attributes(akashi, "2018-04-01")
    assert "児童相談所設置市" in attributes(akashi, "")


def test_the_kind_alone_counts_for_whom_the_table_does_not_have() -> None:
    assert attributes(Organisation("999999", "", "市町村"), TABLE) == {"市町村"}
    assert attributes(Organisation("401307", "", "法務局"), TABLE) == {"法務局"}


def test_every_competence_says_by_what() -> None:
    assert all(one.article and (one.holders or one.own) for one in competences())
    assert [one.party for one in competences() if one.until and one.until <= one.since] == []


def test_a_delegation_stands_in_somewhere() -> None:
    """One of whose words no table has would stand in for nobody."""
    texts = [
        text for v in versions() for row in table(v) for text in (row.affair, row.text, *row.information)
    ]
    for one in competences():
        for matter in one.matters:
            assert any(matter in text for text in texts), matter
