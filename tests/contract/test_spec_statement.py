"""The statement: every name that it declares is one that there is, in each of its lists."""

from typing import Any

import pytest

from harness.contract.law import bases
from harness.contract.statement import Statement, StatementError, accepted
from harness.contract.use_cases import use_cases
from harness.contract.versions import VERSIONS
from tests.bench.bench_statements import document


def declaring(**lists: Any) -> dict[str, Any]:
    """A valid statement but for these lists."""
    whole = document()
    return {**whole, "declares": {**whole["declares"], **lists}}


def test_the_accepted_names_are_those_of_the_tables() -> None:
    names = accepted()
    assert names["use_cases"] == tuple(use_cases())
    assert names["tables"] == bases()


@pytest.mark.parametrize("list_", accepted())
def test_every_accepted_name_can_be_declared(list_: str) -> None:
    words = accepted()[list_]
    assert getattr(Statement.from_document(declaring(**{list_: list(words)})).declares, list_) == words


@pytest.mark.parametrize("list_", accepted())
def test_a_name_with_a_slip_is_refused_with_the_right_one_beside_others_too(list_: str) -> None:
    right = accepted()[list_][0]
    for words in ([f"{right}x"], [right, f"{right}x"]):
        with pytest.raises(StatementError) as caught:
            Statement.from_document(declaring(**{list_: words}))
        assert f"declares.{list_} の {right}x: それはない（近いもの: {right}" in str(caught.value)


def test_a_list_that_there_is_not_is_refused_with_the_right_one() -> None:
    with pytest.raises(StatementError, match=r"declares の use_case: それはない（近いもの: use_cases"):
        Statement.from_document(declaring(use_case=["児童扶養手当"]))


@pytest.mark.parametrize("wrong", [{"use_cases": "児童扶養手当"}, {"tables": [2015]}, {"roles": []}])
def test_what_is_no_list_of_names_is_for_the_schema(wrong: dict[str, Any]) -> None:
    with pytest.raises(StatementError, match="実装適合宣言が正しくない"):
        Statement.from_document(declaring(**wrong))


def test_declares_that_is_no_table_is_for_the_schema() -> None:
    with pytest.raises(StatementError, match="実装適合宣言が正しくない"):
        Statement.from_document({**document(), "declares": "all"})


@pytest.mark.parametrize("version", VERSIONS)
def test_a_statement_names_the_version_by_which_it_is_judged(version: str) -> None:
    statement = Statement.from_document({**document(), "contract": version})
    assert statement.contract == version
    assert Statement.from_document(statement.to_document()) == statement


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("3", "契約の版 3: それはない（ある: 1、2）"),
        ("", "契約の版 : それはない"),
        (2, "実装適合宣言が正しくない"),
    ],
)
def test_a_version_that_there_is_not_is_one_sentence(version: Any, says: str) -> None:
    with pytest.raises(StatementError) as caught:
        Statement.from_document({**document(), "contract": version})
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("tables", [["2012-02-14"], ["条例"], ["2024-05-27", "2012-02-14", "条例"]])
def test_a_version_in_part_is_declared_beside_a_whole_one(tables: list[str]) -> None:
    with pytest.raises(
        StatementError, match=r"すべての行を収めた版（2015-09-09.*）がない。一部.*（2012-02-14、2024-05-27）"
    ):
        Statement.from_document(declaring(tables=tables))
    assert Statement.from_document(declaring(tables=[*tables, "2015-09-09"]))


@pytest.mark.parametrize(("version", "named"), [("1", {"2015-09-09"}), ("2", {"2015-09-09", "本人同意"})])
def test_contract_1_leaves_open_whether_health_names_further_bases(version: str, named: set[str]) -> None:
    declared = {**declaring(tables=["2015-09-09", "本人同意"]), "contract": version}
    assert Statement.from_document(declared).tables_to_name() == named
