"""The derived files: what is committed is what the sources say, and it decides like the code."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.contract.items import informations
from harness.contract.law import Basis, table, versions
from harness.contract.law.lawfulness import Asked
from harness.contract.law.regimes import newest
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


def published_attributes(code: str, day: str) -> set[str]:
    """As the guide says in §6: kind, and what is had on the day of the table."""
    found = published("organisations.json")[code]
    return {found["kind"], *(name for name, since in found["attributes"].items() if since <= day)}


@given(
    st.sampled_from(ROWS),
    st.sampled_from(ROWS),
    st.sampled_from(sorted(organisations())),
    st.sampled_from(sorted(organisations())),
)
def test_the_published_table_decides_like_the_code(
    asked: Any, other: Any, requester: str, provider: str
) -> None:
    version = newest(versions())
    parties: list[Organisation] = [organisations()[requester], organisations()[provider]]
    for row in (asked, other):
        for information in row.information:
            cited = Asked(Basis(version, asked.item), parties[0], asked.affair, parties[1], information)
            rows = [
                r
                for r in LEGAL_BASIS[version]
                if (r["item"], r["affair"]) == (asked.item, asked.affair) and information in r["information"]
            ]
            assert cited.is_lawful(by_kind=True) is any(
                parties[0].kind in r["requester_kinds"] and parties[1].kind in r["provider_kinds"]
                for r in rows
            )
            had = [published_attributes(code, version) for code in (requester, provider)]
            assert cited.is_lawful() is any(
                had[0] & {*r["requesters"]} and had[1] & {*r["providers"][information]} for r in rows
            )


def test_the_published_items_give_the_same_minimum() -> None:
    for name, information in published("items.json").items():
        for affair in {a for item in information["items"] for a in item["used_by"]}:
            named = tuple(item["name"] for item in information["items"] if affair in item["used_by"])
            assert named == informations()[name].used_by(affair)
