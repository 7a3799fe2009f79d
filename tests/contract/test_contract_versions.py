"""The versions of the contract: what changes is told once, in data, and the guide, the decisions and the schemas say the same."""

import json
import re
from typing import Any

import pytest

from harness.contract.changes import ChangeKind, changes, changes_between
from harness.contract.legacy_layout import layout, line_of
from harness.contract.publish import CONTRACT
from harness.contract.refusals import refusals
from harness.contract.schemas import later_schema_names, problem_with
from harness.contract.versions import FIRST, LATEST, VERSIONS

DOCS = CONTRACT.parents[2] / "docs"
KINDS = {
    "en": {ChangeKind.DUTY: "duty", ChangeKind.DECIDED: "decided", ChangeKind.CLARIFIED: "clarified"},
    "ja": {ChangeKind.DUTY: "義務", ChangeKind.DECIDED: "決定", ChangeKind.CLARIFIED: "明確化"},
}
QUESTIONS = range(1, 61)
UUID = "0" * 8 + "-0000-4000-8000-" + "0" * 12


def section(language: str, number: int) -> str:
    guide = (DOCS / f"gateway-guide.{language}.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^## {number}\..*?(?=^## |\Z)", guide, re.MULTILINE | re.DOTALL)
    return str(found)


def decisions() -> dict[int, tuple[str, str]]:
    """Question → where each of the two contracts decides it."""
    text = (DOCS / "contract-decisions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| [^|]+ / [^|]+ \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    return {int(number): (first, second) for number, first, second in rows}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_guide_has_every_change_in_the_words_of_the_table(language: str) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\S+) \| (.+?) \| (.+) \|$", section(language, 12), re.MULTILINE)
    assert rows == [
        (c.name, KINDS[language][c.kind], c.see, getattr(c, language)) for c in changes().values()
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_contract_2_decides_is_free_in_contract_1(language: str) -> None:
    named = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", section(language, 11))) - {"enquiry-status"}
    assert named == {name for name, change in changes().items() if change.kind != ChangeKind.CLARIFIED}


def test_every_question_is_decided_in_both_contracts_or_free() -> None:
    found = decisions()
    assert tuple(found) == tuple(QUESTIONS)
    for number, (_, second) in found.items():
        named = set(re.findall(r"`([a-z-]+)`", second))
        assert named == {name for name, change in changes().items() if number in change.questions}
        assert named or second.strip() in {"11", "2章 / §2", "3章 / §3", "8章 / §8"}


def test_what_one_contract_leaves_open_is_not_called_clear() -> None:
    decided = {n for c in changes().values() if c.kind != ChangeKind.CLARIFIED for n in c.questions}
    assert {n for n in decided if "11" not in decisions()[n][0]} <= {46}  # clear in part


def test_changes_lead_from_one_version_to_a_later_one() -> None:
    assert {c.name for c in changes_between(FIRST, LATEST)} == set(changes())
    kinds = [c.kind for c in changes_between("1", "2")]
    assert kinds == sorted(kinds, key=list(ChangeKind).index)
    for before, after in (("2", "1"), ("1", "1"), ("1", "3")):
        with pytest.raises(ValueError, match=r"later|not in"):
            changes_between(before, after)


def test_what_is_new_names_the_version_that_brought_it() -> None:
    assert {change.contract for change in changes().values()} == set(VERSIONS[1:])
    assert {code for code, refusal in refusals().items() if refusal.contract != FIRST} == {"TOO_LARGE"}


@pytest.mark.parametrize("name", later_schema_names())
def test_a_schema_of_contract_2_is_named_like_its_file(name: str) -> None:
    document = json.loads((CONTRACT / "schemas-2" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert document["$id"] == f"https://renkei.example/schemas/v2/{name}.schema.json"


STATUS = {"enquiry_id": "e", "correlation_id": UUID, "status": "受付"}
RESULT = {"enquiry_id": "e", "local_id": "1", "from": "401307", "information": "地方税関係情報", "items": {}}
INNER = {"message_id": UUID, "correlation_id": UUID, "kind": "照会応答", "from": "401307", "to": "221007"}
INNER |= {"information": "地方税関係情報"}
ENTRY = {
    "seq": 1,
    "recorded_at": "2012-08-01T00:00:00.000Z",
    "event": "受信",
    "kind": "照会応答",
    "message_id": UUID,
    "correlation_id": UUID,
    "requester": "221007",
    "provider": "401307",
    "basis": {"table": "2015-09-09", "item": "57"},
    "affair": "a",
    "information": "地方税関係情報",
    "items": ["総所得額"],
    "code": None,
    "seal": "0" * 64,
}


@pytest.mark.parametrize(
    ("name", "free", "kept"),
    [
        ("enquiry-status", STATUS, {**STATUS, "error": None}),
        ("enquiry-result", {**RESULT, "reasons": {}}, RESULT),
        ("content", {**INNER, "content": {"items": {}, "reasons": {}}}, {**INNER, "content": {"items": {}}}),
        (
            "access-log",
            {"entries": [{**ENTRY, "event": "拒否"}]},
            {"entries": [{**ENTRY, "event": "拒否", "items": []}]},
        ),
        (
            "access-log",
            {"entries": [{**ENTRY, "recorded_at": "2012-08-01T00:00:00Z"}]},
            {"entries": [ENTRY]},
        ),
    ],
)
def test_what_contract_1_leaves_open_is_decided_by_the_schemas_of_contract_2(
    name: str, free: Any, kept: Any
) -> None:
    assert problem_with(name, free) is None
    assert problem_with(name, free, "2") is not None
    assert (problem_with(name, kept), problem_with(name, kept, "2")) == (None, None)


def test_the_form_of_a_number_is_that_of_the_lines_that_the_suite_writes() -> None:
    fields = layout("地方税関係情報")
    items: dict[str, str | int | None] = {"相当年度": "2012", "総所得額": -1_234_567, "扶養親族数": 1}
    line, start, seen = line_of("地方税関係情報", "1", items).decode("cp932"), 0, 0
    for field in fields:
        part = line[start : start + field.width]
        start += field.width
        if field.form and part.strip():
            assert re.fullmatch(field.form, part)
            assert not re.fullmatch(field.form, part.replace("0", " ", 1))
            assert not re.fullmatch(field.form, part[1:])
            seen += 1
    assert seen == 2
