"""The catalogue and the other tables of the ground floor hold together."""

import json
import tomllib
from pathlib import Path

import pytest

from harness.catalogue.findings import InconclusiveError, NonconformityError, findings
from harness.catalogue.requirements import all_requirements, requirements
from harness.contract.items import informations
from harness.contract.journal import Entry, Journal
from harness.contract.keys import bench_keys
from harness.contract.law import bases, table
from harness.contract.organisations import by_name, organisations
from harness.contract.refusals import RefusedError, refusals
from harness.contract.resources import json_document
from harness.contract.roles import role_fits, roles
from harness.contract.use_cases import use_cases
from harness.record.reader import read
from mocks.defects.registry import defects

PHASES = {r.function for r in requirements().values()}


def test_ids_are_unique_in_their_files() -> None:
    folder = Path(__file__).parents[2] / "harness" / "catalogue" / "requirements"
    ids = [
        r["id"]
        for p in folder.glob("*.toml")
        for r in tomllib.loads(p.read_text(encoding="utf-8"))["requirement"]
    ]
    assert len(ids) == len(set(ids)) == len(all_requirements())


@pytest.mark.parametrize("requirement", all_requirements().values(), ids=lambda r: r.id)
def test_a_requirement_says_what_it_must(requirement: object) -> None:
    values = {k: v for k, v in vars(requirement).items() if k not in {"needs", "lacks"}}
    assert all(values.values())
    assert values["level"] in {"必須", "推奨"}
    assert values["kind"] in {"positive", "negative"}
    assert values["block"] in {"連携IF", "中間IF"}
    assert values["role"] in {"照会側", "応答側", "連絡"}


def test_requirements_come_in_the_order_of_the_functions() -> None:
    functions = list(dict.fromkeys(r.function for r in requirements().values()))
    assert functions[:3] == ["情報提供ネットワークシステム接続", "PF通信", "暗号・署名"]


def test_what_a_requirement_needs_or_lacks_is_something_that_a_statement_can_declare() -> None:
    declares = json_document("published", "schemas", "statement.schema.json")["properties"]["declares"]
    for requirement in requirements().values():
        for condition in (f"roles:{requirement.role}", *requirement.needs, *requirement.lacks):
            list_, word = condition.split(":")
            words = {"tables": bases(), "use_cases": tuple(use_cases())}.get(list_)
            assert word in (words or declares["properties"][list_]["items"]["enum"]), requirement.id


def test_there_is_a_file_for_every_function_and_the_catalogue_is_as_large_as_it_says() -> None:
    assert len(requirements()) >= 100
    assert {"PF通信", "個別連携業務接続", "連携確認（連絡）"} <= {r.function for r in requirements().values()}


def test_refusals_come_from_functions_that_there_are() -> None:
    assert {r.phase for r in refusals().values()} <= PHASES


def test_every_defect_breaks_a_requirement_of_the_catalogue() -> None:
    assert {d.requirement for d in defects().values()} <= set(requirements())


def test_affairs_of_roles_and_items_are_in_the_table() -> None:
    affairs = {row.affair for name in bases() for row in table(name)}
    cited = {a for role in roles().values() for a in role.affairs}
    used = {a for i in informations().values() for item in i.items for a in item.used_by}
    assert cited | used <= affairs


def test_an_unknown_role_fits_nothing() -> None:
    affair = next(iter(roles()["child-allowance"].affairs))
    assert role_fits("child-allowance", affair)
    assert not role_fits("resident-tax", affair)
    assert not role_fits("mayor", affair)


def test_every_organisation_has_test_keys_and_an_unknown_name_says_which_there_are() -> None:
    assert all(bench_keys(code).public() for code in organisations())
    with pytest.raises(KeyError, match="静岡市、福岡市"):
        by_name("下田市")


def test_findings_carry_code_observed_expected_and_next_step() -> None:
    error = NonconformityError("LEAK", "氏名がある", "氏名がない")
    assert all(part in str(error) for part in ("LEAK", "氏名がある", "氏名がない", findings()["LEAK"].next))
    assert "NETWORK_FAILED" in str(InconclusiveError("NETWORK_FAILED", "x"))
    assert RefusedError("EXPIRED", "x").content()["code"] == "EXPIRED"


def test_a_journal_keeps_whole_lines_of_several_writers_and_passes_over_a_cut_one(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    writers = [Journal.open(path, name) for name in ("gw0", "network")]
    for number in range(100):
        writers[number % 2].write(Entry.STEP, text="あ" * number)
    with path.open("ab") as cut:
        cut.write(json.dumps({"type": "step"}).encode()[:9])
    for writer in writers:
        writer.close()
    entries = list(read(path))
    assert [len(e["text"]) for e in entries if e["type"] == Entry.STEP] == list(range(100))
    assert {e["by"] for e in entries} == {"gw0", "network"}
