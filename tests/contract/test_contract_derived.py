"""The derived files: what is committed is what the sources say, and it decides like the code."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.contract.items import informations
from harness.contract.law import Basis, is_lawful, table, versions
from harness.contract.organisations import Organisation, organisations
from harness.contract.publish import CONTRACT, derived, rendered


@pytest.mark.parametrize("name", sorted(derived()))
def test_what_is_committed_is_what_is_generated(name: str) -> None:
    committed = (CONTRACT / name).read_text(encoding="utf-8")
    assert committed == rendered(derived()[name]), "python -m harness.contract.publish writes it anew"


def published(name: str) -> Any:
    return json.loads((CONTRACT / name).read_text(encoding="utf-8"))


LEGAL_BASIS = published("legal_basis.json")
ROWS = [row for version in versions() for row in table(version)]


@given(
    st.sampled_from(ROWS),
    st.sampled_from(ROWS),
    st.sampled_from(sorted(organisations())),
    st.sampled_from(sorted(organisations())),
)
def test_the_published_table_decides_like_the_code(
    asked: Any, other: Any, requester: str, provider: str
) -> None:
    version = versions()[-1]
    parties: list[Organisation] = [organisations()[requester], organisations()[provider]]
    for row in (asked, other):
        for information in row.information:
            lawful = is_lawful(Basis(version, asked.item), parties[0], asked.affair, parties[1], information)
            assert lawful is any(
                r["item"] == asked.item
                and parties[0].kind in r["requester_kinds"]
                and r["affair"] == asked.affair
                and parties[1].kind in r["provider_kinds"]
                and information in r["information"]
                for r in LEGAL_BASIS[version]
            )


def test_the_published_items_give_the_same_minimum() -> None:
    for name, information in published("items.json").items():
        for affair in {a for item in information["items"] for a in item["used_by"]}:
            named = tuple(item["name"] for item in information["items"] if affair in item["used_by"])
            assert named == informations()[name].used_by(affair)
