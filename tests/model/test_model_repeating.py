"""Items that occur more than once, by either contract."""

from typing import Any

import pytest

from harness.contract.items import informations, occurrence
from harness.contract.versions import VERSIONS
from harness.model.judges.repeating import further_names, without_further
from harness.model.judges.replies import replies
from tests.model.decided_items import DISABILITY, GRADE, KIND, MOST, PLAIN, answered, occurring, whole
from tests.model.desk import AFFAIR, TAX
from tests.model.histories import broken


@pytest.mark.parametrize("given", [{}, whole(1), whole(2), occurring((2, KIND))])
def test_contract_1_leaves_open_whether_they_are_given(given: dict[str, Any]) -> None:
    assert broken(replies, answered(whole(2), given, "1")) == []


@pytest.mark.parametrize(
    ("held", "given", "found"),
    [
        (whole(2), {**whole(2), KIND: "3"}, "numbers-unchanged"),
        (whole(2), {**whole(2), occurrence(KIND, 2): 2}, "numbers-unchanged"),
        (whole(2), whole(MOST), "absent-stays-absent"),
        (whole(2), whole(MOST + 1), "only-what-the-affair-may-be-given"),
        (whole(MOST + 1), whole(MOST + 1), "only-what-the-affair-may-be-given"),
        ({}, occurring((99, KIND)), "only-what-the-affair-may-be-given"),
    ],
)
def test_by_contract_1_as_well_those_that_are_given_are_of_the_record(
    held: dict[str, Any], given: dict[str, Any], found: str
) -> None:
    assert found in broken(replies, answered(held, given, "1"))


def test_by_contract_1_as_well_no_affair_is_given_what_it_does_not_use() -> None:
    held = {"都道府県民税所得割額": 12_000}
    assert broken(replies, answered(held, {}, "1", TAX)) == []
    assert broken(replies, answered(held, held, "1", TAX)) == ["only-what-the-affair-may-be-given"]


REASON = {KIND: "未申告"}


@pytest.mark.parametrize("contract", VERSIONS)
@pytest.mark.parametrize(
    ("given", "told", "found"),
    [
        ({KIND: None}, REASON, []),
        ({KIND: None}, {KIND: "調査中"}, ["reasons-provided"]),
        ({KIND: None}, {}, ["reasons-provided"]),
        ({KIND: None}, {**REASON, GRADE: "未申告"}, ["reasons-of-provided-only"]),
        ({KIND: None}, {**REASON, occurrence(KIND, 99): "未申告"}, ["reasons-of-provided-only"]),
    ],
)
def test_their_reasons_are_those_of_the_record(
    given: dict[str, Any], told: dict[str, str], found: list[str], contract: str
) -> None:
    assert broken(replies, answered({KIND: None}, given, contract, reasons=(REASON, told))) == found


@pytest.mark.parametrize("contract", VERSIONS)
def test_of_two_records_that_differ_in_their_reasons_either_will_do(contract: str) -> None:
    desk = answered({KIND: None}, {KIND: None}, contract, reasons=(REASON, REASON))
    asked = desk.ask(key={}, information=DISABILITY, at=900, lasts=1.0)
    later = {KIND: "調査中"}
    desk.record({**PLAIN, KIND: None}, information=DISABILITY, key={}, reasons=later, at=900.5)
    desk.reply(asked, {**PLAIN, KIND: None}, reasons=later, at=903)
    assert broken(replies, desk) == []


def test_by_contract_1_what_is_not_given_has_no_reason() -> None:
    for told, found in (({}, []), (REASON, ["reasons-of-provided-only"])):
        assert broken(replies, answered({KIND: None}, {}, "1", reasons=(REASON, told))) == found


def test_by_contract_2_all_are_given_up_to_the_limit() -> None:
    assert broken(replies, answered(whole(2), whole(2))) == []
    for given in ({}, whole(1), {**whole(2), occurrence(KIND, 2): "x"}, whole(3)):
        assert broken(replies, answered(whole(2), given)) == ["contract-2-repeated-items"]


def test_a_value_that_another_occurrence_has_is_not_the_same() -> None:
    turned = {occurrence(KIND, 1): "2", occurrence(KIND, 2): "1"}
    assert broken(replies, answered(whole(2), {**whole(2), **turned})) == ["contract-2-repeated-items"]


def test_of_two_records_that_may_be_meant_either_will_do() -> None:
    desk = answered(whole(1), whole(1))
    asked = desk.ask(key={}, information=DISABILITY, at=900, lasts=1.0)
    desk.record({"手帳の有無": "1", **whole(2)}, information=DISABILITY, key={}, reasons={}, at=900.5)
    desk.reply(asked, {"手帳の有無": "1", **whole(2)}, reasons={}, at=903)
    assert broken(replies, desk) == []


def test_names() -> None:
    assert further_names(DISABILITY, AFFAIR) == set(whole(MOST))
    assert further_names(DISABILITY, "ほかの事務") == frozenset()
    items = {"手帳の有無": 1, GRADE: 2, f"{GRADE}[2]": 3, f"{GRADE}[99]": 4, "障害名[2]": 5}
    assert without_further(DISABILITY, items) == {"手帳の有無": 1, "障害名[2]": 5}


@pytest.mark.parametrize("name", informations())
def test_only_what_contract_2_adds_repeats(name: str) -> None:
    known = informations()[name]
    groups = {group.name: group for group in known.groups}
    assert len(groups) == len(known.groups)
    assert all(item.note for item in (*known.items, *known.further_items))
    assert all(len(item.codes) == len(item.code_names) for item in (*known.items, *known.further_items))
    for item in known.items:
        assert not item.group or groups[item.group].at_most == 1
    assert {item.name for item in known.items}.isdisjoint(item.name for item in known.further_items)
    assert {item.group for item in known.further_items} <= groups.keys()
