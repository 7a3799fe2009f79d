"""What a statement leaves out is 対象外 with its reason; what is tested has a scenario; the rest was left out by choice."""

from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.catalogue.features import all_scenarios
from harness.catalogue.requirements import requirements
from harness.contract.statement import Declares, Statement, accepted
from harness.contract.versions import VERSIONS
from harness.plugin import selection
from harness.plugin.options import Options
from tests.bench.bench_statements import document

STATEMENT = Statement.from_document(document())
ALL = Options("reference", None, (), (), 1, Path("."), ())
ORGANISATIONS = ("221007", "220001")  # a 市町村 and a 都道府県


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Any that there can be: some words of each list."""
    least = {f.name: 0 if f.name == "legacy_files" else 1 for f in fields(Declares)}
    words = {
        name: tuple(draw(st.lists(st.sampled_from(names), min_size=least[name], unique=True)))
        for name, names in accepted().items()
    }
    organisation, contract = draw(st.sampled_from(ORGANISATIONS)), draw(st.sampled_from(VERSIONS))
    return replace(STATEMENT, organisation=organisation, contract=contract, declares=Declares(**words))


@given(statements())
def test_a_whole_run_says_of_every_requirement_whether_it_is_tested_or_why_not(statement: Statement) -> None:
    found = selection.selected(ALL, statement, all_scenarios())
    assert list(found) == list(requirements())
    assert all(reason is None or reason.strip() for reason in found.values())


@given(statements())
def test_nobody_is_blamed_for_a_requirement_that_no_scenario_tests(statement: Statement) -> None:
    found = selection.selected(ALL, statement, all_scenarios())
    words = {word for list_ in asdict(statement.declares).values() for word in list_}
    own = {"221007": {"市町村", "市", "指定都市"}, "220001": {"都道府県"}}[statement.organisation]
    tested = set()
    for scenario in all_scenarios():
        tags = [tag.partition(":")[::2] for tag in scenario.tags]
        kinds = {value for key, value in tags if key == "団体"} or {"市町村"}
        cases = {value for key, value in tags if key == "ユースケース"}
        needs = {value for key, value in tags if key == "宣言"}
        later = any(value > statement.contract for key, value in tags if key == "契約")
        if own & kinds and (not cases or cases & words) and needs <= words and not later:
            tested |= {value for key, value in tags if key == "要件"}
    for id_, reason in found.items():
        undeclared = selection.excluded(id_, statement.declares) is not None
        assert (reason is None) == (id_ in tested and not undeclared), id_


@pytest.mark.parametrize(
    ("organisation", "id_", "reason"),
    [
        ("221007", "CON-27", "実装適合宣言の modes に バッチ がない"),
        ("221007", "POR-01", "実装適合宣言の use_cases に 税務に関する情報提供 がない"),
        ("220001", "SIG-01", "静岡県のゲートウェイの検査がない（検査は市町村のもの）"),
        ("223417", "JF-02", "清水町のゲートウェイの検査がない（検査は市・特別区・福祉事務所設置町村のもの）"),
        ("223417", "SIG-04", None),
        ("221007", "SIG-01", None),
        ("221007", "AUTH-20", "契約2から求めること（宣言は契約1）"),
    ],
)
def test_the_reason_is_the_one_that_holds(organisation: str, id_: str, reason: str | None) -> None:
    statement = replace(STATEMENT, organisation=organisation)
    assert selection.selected(ALL, statement, all_scenarios())[id_] == reason


def test_what_was_not_asked_for_is_not_listed() -> None:
    case = replace(ALL, use_cases=("児童扶養手当",))
    found = selection.selected(case, STATEMENT, all_scenarios())
    assert 0 < len(found) < len(requirements())
    one = replace(ALL, requirements=("SIG-01",))
    assert selection.selected(one, STATEMENT, all_scenarios()) == {"SIG-01": None}
