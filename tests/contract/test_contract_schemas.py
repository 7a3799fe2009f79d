"""The published schemas: valid, closed, resolvable, described in both languages."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import meta

from harness.contract.messages import parse_timestamp
from harness.contract.publish import CONTRACT
from harness.contract.schemas import problem_with, schema_names

SCHEMAS = CONTRACT / "schemas"
# Members whose name and constraints say everything.
SELF_EVIDENT = {"status", "organisation", "south", "north", "network", "keys", "signature", "encryption"}
LIMIT = 2**53 - 1  # the largest integer that every JSON parser carries exactly (RFC 8259 §6)


def load(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


@pytest.mark.parametrize("name", schema_names())
def test_a_schema_is_valid_and_named_like_its_file(name: str) -> None:
    document = load(SCHEMAS / f"{name}.schema.json")
    meta.validate(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == f"https://renkei.example/schemas/v1/{name}.schema.json"


@pytest.mark.parametrize("name", schema_names())
def test_every_reference_leads_somewhere(name: str) -> None:
    document = load(SCHEMAS / f"{name}.schema.json")
    for reference in (node["$ref"] for node in walk(document) if isinstance(node.get("$ref"), str)):
        if reference.startswith("#/$defs/"):
            assert reference.removeprefix("#/$defs/") in document["$defs"]
        else:
            assert (SCHEMAS / reference).is_file(), reference


@pytest.mark.parametrize("name", schema_names())
def test_objects_are_closed_and_members_described(name: str) -> None:
    document = load(SCHEMAS / f"{name}.schema.json")
    assert " / " in document["description"]
    for node in walk(document):
        if node.get("type") == "object" and "properties" in node and "required" in node:
            assert node["additionalProperties"] is False
            for member, schema in node["properties"].items():
                described = "$ref" in schema or "const" in schema or " / " in schema.get("description", "")
                assert described or member in SELF_EVIDENT, f"{name}: {member}"


@pytest.mark.parametrize("name", schema_names())
def test_every_text_is_bounded(name: str) -> None:
    for node in walk(load(SCHEMAS / f"{name}.schema.json")):
        if node.get("type") == "string":
            assert node.keys() & {"maxLength", "pattern", "format"}, node


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("髙橋　𠮷", True),
        (0, True),
        (-LIMIT, True),
        (None, True),
        (LIMIT + 1, False),
        (1.5, False),
        (True, False),
    ],
)
def test_item_values_are_text_exact_integers_or_null(value: Any, taken: bool) -> None:
    record = {
        "local_id": "0000012345",
        "information": "地方税関係情報",
        "key": {},
        "items": {"総所得額": value},
    }
    assert (problem_with("record", record) is None) is taken


@pytest.mark.parametrize(
    ("moment", "taken"),
    [
        ("2012-08-01T09:00:00.000Z", True),
        ("2012-08-01T18:00:00+09:00", True),
        ("2012-08-01T09:00:00", False),
        ("2012-08-01 09:00:00Z", False),
        ("2012-02-30T09:00:00Z", False),
    ],
)
def test_timestamps_need_an_offset_and_a_real_day(moment: str, taken: bool) -> None:
    request = {"organisation": "221007", "enrolment_token": "t", "issued_at": moment}
    assert (problem_with("link-code-request", request) is None) is taken


@given(
    st.from_regex(
        r"[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,4})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])"
    )
)
def test_no_schema_takes_for_a_moment_what_the_contract_does_not(moment: str) -> None:
    request = {"organisation": "221007", "enrolment_token": "t", "issued_at": moment}
    try:
        is_one = bool(parse_timestamp(moment))
    except ValueError:
        is_one = False
    assert is_one or problem_with("link-code-request", request)


def test_a_value_that_no_json_has_is_named_by_its_place() -> None:
    request = {"organisation": "221007", "enrolment_token": "t", "issued_at": date(2012, 8, 1)}
    assert problem_with("link-code-request", request) == "issued_at: JSON に書けない値がある"


@pytest.mark.parametrize("value", ["\ud800", [[[]]] * 100, float("nan"), {1: 2}, 10**400])
def test_what_no_json_can_hold_meets_no_schema(value: Any) -> None:
    assert problem_with("empty", value)
    assert problem_with("empty", {"a": value})


def test_an_enquiry_in_error_says_why() -> None:
    status = {"enquiry_id": "e", "correlation_id": "1f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01", "status": "エラー"}
    error = {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "照会キーに該当する情報がない"}
    assert problem_with("enquiry-status", {**status, "error": None})
    assert problem_with("enquiry-status", {**status, "error": error}) is None
