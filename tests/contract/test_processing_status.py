"""処理状況: one table a thing, and schemas, guide and published file say the same."""

import re
from pathlib import Path

import pytest

from harness.contract.processing_status import enquiry_status, status_tables
from harness.contract.resources import json_document

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS = {"enquiry": "enquiry-status", "notice": "notice-status", "batch_row": "batch-status"}
NAMES = {"照会": "enquiry", "連絡": "notice", "バッチの行": "batch_row"}
ROW = re.compile(r"^\| (照会|連絡|バッチの行) \| `(\w+)` \| ([^|]+) \| `([^`]+)` \|$", re.MULTILINE)


def enums(document: object) -> list[set[str]]:
    """Every list of words that a property `status` may have."""
    if isinstance(document, list):
        return [found for part in document for found in enums(part)]
    if not isinstance(document, dict):
        return []
    own = document.get("status")
    here = [set(own["enum"])] if isinstance(own, dict) and "enum" in own else []
    return here + [found for part in document.values() for found in enums(part)]


@pytest.mark.parametrize(("thing", "schema"), SCHEMAS.items())
def test_a_schema_knows_the_statuses_of_its_table_and_no_other(thing: str, schema: str) -> None:
    found = enums(json_document("published", "schemas", f"{schema}.schema.json"))
    assert found
    assert all(words == set(status_tables()[thing].statuses) for words in found)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_guide_shows_the_tables(language: str) -> None:
    text = (DOCS / f"gateway-guide.{language}.md").read_text(encoding="utf-8")
    shown = {
        (NAMES[thing], event, tuple(re.findall(r"`([^`]+)`", before)), after)
        for thing, event, before, after in ROW.findall(text)
    }
    assert shown == {
        (thing, event, transition.sources, transition.to)
        for thing, table in status_tables().items()
        for event, transition in table.transitions.items()
    }


def test_the_first_outcome_stands() -> None:
    for name in ("enquiry", "notice"):
        table = status_tables()[name]
        assert not {s for t in table.transitions.values() for s in t.sources} & set(table.outcomes)


def test_an_answer_may_overtake_the_202_of_the_network() -> None:
    assert "受付" in enquiry_status().transitions["answered"].sources
    assert enquiry_status().outcomes == ("応答済", "エラー", "期限切れ")
