"""What two gateways may ask and tell each other follows from what both declare, what their organisations are, and the law."""

from dataclasses import replace

import pytest

from harness.contract.keys import bench_keys
from harness.contract.law import Basis
from harness.contract.law.lawfulness import is_lawful
from harness.contract.organisations import by_name
from harness.contract.statement import Declares, Statement, Tokens
from harness.contract.use_cases import use_cases
from harness.stimuli.crossings import crossings, tellings

CITY, PREFECTURE = by_name("静岡市").code, by_name("静岡県").code
ALL = Declares(
    bindings=("json",),
    roles=("照会側", "応答側", "連絡"),
    use_cases=tuple(use_cases()),
    modes=("オンライン",),
    handling=("自動",),
    tables=("2012-02-14", "2015-09-09", "条例"),
)


def declared(organisation: str, declares: Declares = ALL, contract: str = "1") -> Statement:
    """A statement of which the rest does not matter."""
    url = "http://127.0.0.1:9"
    keys = bench_keys(organisation).public()
    return Statement(organisation, url, url, None, Tokens("a", "b", "c"), keys, declares, contract)


@pytest.mark.parametrize(("asks", "provides"), [(CITY, PREFECTURE), (PREFECTURE, CITY)])
def test_whatever_is_asked_is_lawful_and_of_a_table_that_both_declare(asks: str, provides: str) -> None:
    one = declared(asks, replace(ALL, tables=("2015-09-09", "条例")))
    found = crossings(one, declared(provides, replace(ALL, tables=("2012-02-14", "2015-09-09"))))
    assert found
    assert {(c.requester.code, c.provider.code, c.table) for c in found} == {(asks, provides, "2015-09-09")}
    assert all(
        is_lawful(Basis(c.table, c.item), c.requester, c.affair, c.provider, c.information) for c in found
    )
    assert len({(c.item, c.affair, c.information) for c in found}) == len(found)


def test_the_two_directions_differ_as_the_law_does() -> None:
    there = {c.information for c in crossings(declared(CITY), declared(PREFECTURE))}
    back = {c.information for c in crossings(declared(PREFECTURE), declared(CITY))}
    assert there - back
    assert back - there


@pytest.mark.parametrize(("asks", "provides"), [((), ("応答側",)), (("照会側",), ("照会側",))])
def test_who_does_not_ask_or_not_provide_takes_no_part(
    asks: tuple[str, ...], provides: tuple[str, ...]
) -> None:
    one, other = declared(CITY, replace(ALL, roles=asks)), declared(PREFECTURE, replace(ALL, roles=provides))
    assert crossings(one, other) == ()


def test_what_is_told_is_of_a_use_case_that_both_declare_and_of_a_form_for_it() -> None:
    one = declared(CITY, replace(ALL, use_cases=("不動産", "災害")))
    other = declared(PREFECTURE, replace(ALL, use_cases=("生活保護", "不動産")))
    found = tellings(one, other)
    assert {c.information for c in found} == {
        "不動産取得税課税関係情報",
        "固定資産評価関係情報",
        "登記関係情報",
    }
    assert {c.provider.code for c in found} == {PREFECTURE}
    assert tellings(one, declared(PREFECTURE, replace(ALL, roles=("照会側",)))) == ()
