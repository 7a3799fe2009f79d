"""Who owns an information decides about what waits of it, and is shown it; whether others do is open in contract 1."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from harness.contract.items import informations
from harness.contract.roles import owner_of, role_owns, roles
from harness.contract.versions import VERSIONS
from harness.model.judges.replies import replies
from harness.model.judges.south_refusals import refusals_of_requests
from harness.model.weighing import weighed
from tests.model.decided_owners import OTHER, OWNER, REFUSED, WORDS, decided_by_other, desk, waiting
from tests.model.histories import Told, broken, occasions

NOTHING: Final = ("nothing-to-decide", "知らない照会番号")


def verdicts(told: Told) -> list[str]:
    """By all judges of what was decided and shown."""
    return [v.rule for v in weighed(told.history(), [replies, refusals_of_requests]).violations]


@pytest.mark.parametrize("what", WORDS)
@pytest.mark.parametrize("refused", [True, False])
def test_contract_1_leaves_open_whether_others_decide(what: str, refused: bool) -> None:
    assert verdicts(decided_by_other(what, kept=refused, contract="1")) == []


@pytest.mark.parametrize("what", WORDS)
def test_by_contract_2_the_owner_alone_decides(what: str) -> None:
    assert verdicts(decided_by_other(what, kept=True)) == []
    assert verdicts(decided_by_other(what, kept=False)) == ["contract-2-release-by-owner"]


@pytest.mark.parametrize("contract", VERSIONS)
@pytest.mark.parametrize("what", WORDS)
def test_who_owns_it_is_not_turned_away(what: str, contract: str) -> None:
    told, asked = waiting(contract)
    told.decide(asked, what, staff=OWNER, **REFUSED)
    assert verdicts(told) == ["waiting-can-be-decided"]


@pytest.mark.parametrize("contract", VERSIONS)
def test_what_waits_is_listed_to_its_owner(contract: str) -> None:
    for staff, found in ((OTHER, []), (OWNER, ["what-waits-is-listed"])):
        told, _ = waiting(contract)
        told.listed(staff=staff)
        assert broken(replies, told) == found


def test_contract_1_leaves_open_whether_others_are_shown_it() -> None:
    told, asked = waiting("1")
    told.listed(asked, staff=OTHER)
    assert broken(replies, told) == []


@pytest.mark.parametrize(("contract", "found"), [("1", []), ("2", ["contract-2-pending-by-owner"])])
def test_contract_1_leaves_open_whether_others_are_refused_the_list(contract: str, found: list[str]) -> None:
    told, _ = waiting(contract)
    told.call("GET", "/v1/pending", caller="staff", staff=OTHER, **REFUSED)
    assert verdicts(told) == found


def test_to_others_it_is_not_as_if_nothing_waited() -> None:
    told, asked = waiting()
    told.decide(asked, staff=OTHER, status=404)
    assert verdicts(told) == ["contract-2-release-by-owner"]


@pytest.mark.parametrize("what", WORDS)
@pytest.mark.parametrize(
    ("contract", "refusal", "found"),
    [
        ("1", REFUSED, []),
        ("1", {"status": 404}, []),
        ("2", {"status": 404}, []),
        ("2", REFUSED, [NOTHING[0]]),
    ],
)
def test_of_what_never_came_nobody_is_told_whose_it_is(
    what: str, contract: str, refusal: Mapping[str, Any], found: list[str]
) -> None:
    for staff in (OWNER, OTHER):
        told = desk(contract)
        told.decide(desk().ask(), what, staff=staff, **refusal)
        assert verdicts(told) == found
        assert (NOTHING in occasions(replies, told)) is ((contract, refusal) != ("1", REFUSED))


@pytest.mark.parametrize(
    "other", [{"status": None}, {"status": 401, "answer": {"code": "UNAUTHENTICATED"}}, {"status": 500}]
)
def test_who_met_another_fault_first_did_not_try_whose_it_is(other: Mapping[str, Any]) -> None:
    told, asked = waiting()
    told.decide(asked, staff=OWNER)
    told.reply(asked)
    told.decide(asked, staff=OTHER, **other)
    assert all(rule != "contract-2-release-by-owner" for rule, _ in occasions(replies, told))


def test_what_was_refused_to_others_goes_on_waiting() -> None:
    told, asked = waiting()
    told.decide(asked, staff=OTHER, **REFUSED)
    told.reply(asked)
    assert "manual-affair-waits" in broken(replies, told)


def test_what_nobody_owns_any_role_decides() -> None:
    told = desk()
    asked = told.ask(information="労働者災害補償関係情報", key={})
    told.listed(asked, staff=OTHER)
    told.decide(asked, staff=OTHER)
    told.error(asked, "RECORD_NOT_FOUND")
    assert broken(replies, told) == []


@pytest.mark.parametrize("name", informations())
def test_owners_are_roles(name: str) -> None:
    assert set(informations()[name].owners) <= roles().keys()
    assert role_owns(owner_of(name), name)


@pytest.mark.parametrize(
    ("information", "role"),
    [
        ("地方税関係情報", "resident-tax"),
        ("住民票関係情報", "resident-records"),
        ("児童扶養手当関係情報", "child-allowance"),
        ("中国残留邦人等支援給付等関係情報", "child-allowance"),
    ],
)
def test_a_role_that_owns(information: str, role: str) -> None:
    assert role_owns(role, information)
    assert role_owns("auditor", information) is (information not in informations())
