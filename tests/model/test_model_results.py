"""The result of an enquiry is what came, once it came."""

from typing import Any

import pytest

from harness.contract.messages import Kind
from harness.model.judges.results import results
from harness.model.rules import rules
from tests.model.asking import ERROR, Asked, enquiry
from tests.model.histories import OWN, Told, broken, occasions


def _sent(opened: Any = enquiry, **wish: object) -> Asked:
    asked: Asked = opened(Told(), **wish)
    asked.send()
    return asked


ITEMS: dict[str, object] = {
    "所得額": 0,
    "控除": -5,
    "番号": "0812",
    "氏名": "𠮷田",
    "備考": None,
    "空": "",
    "税額": 812000,
}


def _answered(items: object, reasons: object = None) -> Asked:
    asked = _sent()
    asked.answered(12, {"items": items, **({"reasons": reasons} if reasons is not None else {})})
    return asked


@pytest.mark.parametrize(
    "shown",
    [
        {**ITEMS, "所得額": None},
        {**ITEMS, "所得額": "0"},
        {**ITEMS, "控除": 5},
        {**ITEMS, "番号": "812"},
        {**ITEMS, "氏名": "吉田"},
        {**ITEMS, "備考": ""},
        {**ITEMS, "空": None},
        {**ITEMS, "税額": 812000.0},
        {**ITEMS, "加えた": 1},
        {n: v for n, v in ITEMS.items() if n != "備考"},
    ],
)
def test_the_result_is_what_came(shown: object) -> None:
    asked = _answered(ITEMS)
    asked.result(20, ITEMS)
    assert broken(results, asked.told) == []
    assert all(
        alternative in rules()[rule].alternatives for rule, alternative in occasions(results, asked.told)
    )
    asked = _answered(ITEMS)
    asked.result(20, shown)
    assert broken(results, asked.told) == ["result-as-answered"]


def test_the_order_of_items_means_nothing_and_no_items_are_an_answer() -> None:
    asked = _answered(ITEMS)
    asked.result(20, dict(reversed(ITEMS.items())))
    assert broken(results, asked.told) == []
    asked = _answered({})
    asked.result(20, {})
    assert broken(results, asked.told) == []


def test_reasons_come_with_what_they_came_with() -> None:
    for came, shown, kept in (
        ({"備考": "調査中"}, {"備考": "調査中"}, True),
        ({"備考": "調査中"}, None, False),
        ({"備考": "調査中"}, {"備考": "不開示"}, False),
        (None, {"備考": "調査中"}, False),
        (None, {}, True),
        ({}, None, True),
    ):
        asked = _answered(ITEMS, came)
        asked.result(20, ITEMS, shown)
        assert (broken(results, asked.told) == []) is kept


@pytest.mark.parametrize(
    "wrong", [{"local_id": "11"}, {"from": OWN}, {"information": "住民票関係情報"}, {"enquiry_id": "e-9"}]
)
def test_the_result_is_that_of_the_enquiry(wrong: dict[str, object]) -> None:
    asked = _answered(ITEMS)
    asked.result(20, ITEMS, **wrong)
    assert broken(results, asked.told) == ["result-of-enquiry"]


def test_there_is_no_result_before_the_answer() -> None:
    asked = _sent()
    asked.no_result(11)
    assert broken(results, asked.told) == []
    asked.result(11.5, ITEMS)
    assert broken(results, asked.told) == ["result-not-ready"]


def test_there_is_a_result_after_the_answer() -> None:
    for at, kept in ((13, True), (20, False)):
        asked = _answered(ITEMS)
        asked.no_result(at)
        assert (broken(results, asked.told) == []) is kept
    asked = _answered(ITEMS)
    asked.look(12.5, "応答済")
    asked.no_result(13)
    assert broken(results, asked.told) == ["result-not-ready"]


def test_there_is_no_result_of_what_expired_or_failed() -> None:
    asked = _sent()
    asked.answered(12, ERROR, Kind.ERROR)
    asked.no_result(30)
    assert broken(results, asked.told) == []
    asked.answered(31)
    asked.result(40, {"所得額": 0})
    assert broken(results, asked.told) == ["result-not-ready"]


def test_a_second_answer_changes_nothing() -> None:
    asked = _answered({"所得額": 1})
    asked.answered(13, {"items": {"所得額": 2}})
    asked.result(30, {"所得額": 1})
    assert broken(results, asked.told) == []
    asked.result(40, {"所得額": 2})
    assert broken(results, asked.told) == ["result-as-answered", "result-stands"]


def test_of_two_answers_at_once_either_is_the_first_and_stays() -> None:
    asked = _answered({"所得額": 1})
    asked.answered(12.05, {"items": {"所得額": 2}})
    asked.result(30, {"所得額": 2})
    assert broken(results, asked.told) == []
    asked.result(40, {"所得額": 1})
    assert broken(results, asked.told) == ["result-stands"]
