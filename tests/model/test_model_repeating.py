"""Items that occur more than once, by either contract."""

from typing import Any

import pytest

from harness.contract.items import informations, occurrence
from harness.model.judges.repeating import further_names, without_further
from harness.model.judges.replies import replies
from tests.model.decided_items import DISABILITY, GRADE, KIND, MOST, answered, whole
from tests.model.desk import AFFAIR
from tests.model.histories import broken


@pytest.mark.parametrize("given", [{}, whole(1), whole(2), whole(MOST + 1)])
def test_contract_1_leaves_open_whether_they_are_given(given: dict[str, Any]) -> None:
    assert broken(replies, answered(whole(2), given, "1")) == []


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
