"""Who asks for what: lawful in both directions, with a role that fits, by a table that was declared."""

from dataclasses import replace

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.contract.law import bases, versions
from harness.contract.law.lawfulness import is_lawful
from harness.contract.law.regimes import newest
from harness.contract.roles import role_fits
from harness.contract.statement import Statement
from harness.contract.use_cases import use_cases
from load.prepare.asking import Asking, asked_elsewhere, asked_of
from tests.load.statements import statement

BOTH_WAYS = ("地方税関係情報", "住民票関係情報", "児童手当関係情報", "健診関係情報", "被災者台帳関係情報")


def lawful(asking: Asking) -> bool:
    """By the table that it cites, and by the role."""
    parties = asking.requester, asking.affair, asking.provider, asking.information
    return is_lawful(asking.basis, *parties) and role_fits(asking.role, asking.affair)


@pytest.mark.parametrize("information", BOTH_WAYS)
def test_an_information_is_asked_for_lawfully_in_both_directions(information: str) -> None:
    own = statement()
    there, back = asked_of(own, information), asked_elsewhere(own, information)
    assert (there.provider.code, back.requester.code) == (own.organisation, own.organisation)
    assert own.organisation not in (there.requester.code, back.provider.code)
    assert lawful(there)
    assert lawful(back)
    assert there.needed


def test_a_version_of_the_table_comes_before_other_bases() -> None:
    asked = asked_of(statement(), "住民票関係情報")
    assert asked.basis.table == newest(versions())


def test_only_declared_tables_count() -> None:
    assert asked_of(_only("条例"), "健診関係情報").basis.table == "条例"
    with pytest.raises(ConfigurationError, match=r"健診関係情報.*根拠"):
        asked_of(_only("2015-09-09"), "健診関係情報")


@pytest.mark.parametrize("information", ["登記関係情報", "戸籍関係情報", ""])
def test_what_nobody_may_ask_for_is_said_in_one_sentence(information: str) -> None:
    for way in (asked_of, asked_elsewhere):
        with pytest.raises(ConfigurationError, match="プロファイル"):
            way(statement(), information)


def test_a_side_that_is_not_declared_is_not_loaded() -> None:
    known = statement()
    answers = replace(known, declares=replace(known.declares, roles=("応答側",)))
    assert asked_of(answers, "住民票関係情報").needed
    with pytest.raises(ConfigurationError, match="照会側を宣言していない"):
        asked_elsewhere(answers, "住民票関係情報")


def test_a_use_case_asks_by_its_own_affairs() -> None:
    for name in ("児童扶養手当", "生活保護", "小児慢性特定疾病", "国民年金の裁定請求"):
        asking = asked_of(statement(), "地方税関係情報", name)
        assert (asking.use_case, asking.title) == (name, f"{name} 地方税関係情報")
        assert asking.affair in use_cases()[name].affairs
        assert lawful(asking)
        assert asking.needed


def test_an_information_that_a_use_case_may_not_ask_for_is_none_of_its_mix() -> None:
    with pytest.raises(ConfigurationError, match="国民年金の裁定請求 健診関係情報"):
        asked_of(statement(), "健診関係情報", "国民年金の裁定請求")


def test_an_unknown_use_case_answers_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match=r"旅券 はない（ある: 児童扶養手当、"):
        asked_elsewhere(statement(), "地方税関係情報", "旅券")


def _only(table: str) -> Statement:
    assert table in bases()
    known = statement()
    return replace(known, declares=replace(known.declares, tables=(table,)))
