"""What residents are shown of themselves: judge `portal`."""

from collections.abc import Mapping
from uuid import uuid4

import pytest

from harness.contract.affairs import affairs
from harness.contract.items import informations
from harness.model.judges.portal import portal
from tests.model.bodies import LICENCE, TAX, YEAR, record
from tests.model.histories import Told, broken, occasions
from tests.model.portal_calls import (
    INVALID,
    ITEMS,
    NOT_FOUND,
    OTHER,
    SHOWN,
    login,
    look_up,
    put,
    told_of_two,
)


def test_residents_are_shown_their_own() -> None:
    told = told_of_two()
    session = login(told)
    look_up(told, session)
    look_up(told, session)
    assert broken(portal, told) == []
    assert {
        ("own-information-shown", "開いてすぐ"),
        ("lookup-id-new", "2度目以後"),
        ("own-information-items", "ほかの項目もある件"),
    } <= occasions(portal, told)


@pytest.mark.parametrize("code", [INVALID, OTHER, NOT_FOUND])
def test_their_own_is_not_refused(code: str) -> None:
    told = told_of_two()
    look_up(told, login(told), code)
    assert broken(portal, told) == ["own-information-shown"]


@pytest.mark.parametrize(
    ("items", "rule"),
    [
        ({**SHOWN, "外の項目": "x"}, "own-information-items"),
        ({**SHOWN, "市区町村民税均等割額": None}, "own-information-items"),
        ({n: v for n, v in SHOWN.items() if n != "総所得額"}, "own-information-items"),
        ({}, "own-information-items"),
        ({**SHOWN, "年税額": "1000"}, "own-information-values"),
        ({**SHOWN, "年税額": 1000.0}, "own-information-values"),
        ({**SHOWN, "扶養親族数": None}, "own-information-values"),
        ({**SHOWN, "本人障害区分": 1}, "own-information-values"),
        ({**SHOWN, "総所得額": 0}, "own-information-values"),
        ({"年税額": 2000}, "own-information-record"),
    ],
)
def test_items_and_values_are_as_registered(items: Mapping[str, object], rule: str) -> None:
    told = told_of_two()
    look_up(told, login(told), items=items)
    assert set(broken(portal, told)) == {rule}


def test_another_year_is_another_record() -> None:
    told = told_of_two()
    put(told, "a", {"年税額": 7}, key={"相当年度": "2011"})
    session = login(told)
    look_up(told, session, items={"年税額": 7}, asks={"key": {"相当年度": "2011"}})
    assert broken(portal, told) == []
    look_up(told, session, items={"年税額": 7})
    assert broken(portal, told) == ["own-information-record"]


def test_what_was_corrected_is_shown_corrected() -> None:
    told = told_of_two()
    put(told, "a", {**ITEMS, "年税額": 5})
    session = login(told)
    look_up(told, session, items={**SHOWN, "年税額": 5})
    assert broken(portal, told) == []
    look_up(told, session)
    assert set(broken(portal, told)) == {"own-information-values"}


def test_a_record_whose_items_nobody_may_see_shows_none() -> None:
    told = told_of_two()
    put(told, "a", {"障害等級": "1"}, information=LICENCE, key={})
    assert not any(
        "本人の求め" in affair for item in informations()[LICENCE].items for affair in item.used_by
    )
    session = login(told)
    look_up(told, session, items={}, asks={"information": LICENCE, "key": {}})
    assert broken(portal, told) == []
    look_up(told, session, items={"障害等級": "1"}, asks={"information": LICENCE, "key": {}})
    assert broken(portal, told) == ["own-information-items"]


@pytest.mark.parametrize("code", [None, NOT_FOUND])
def test_without_a_key_the_exact_record_or_the_last_is_shown(code: str | None) -> None:
    told = told_of_two()
    put(told, "a", {"障害等級": "1"}, information=LICENCE, key={"x": "1"})
    look_up(told, login(told), code, items={}, asks={"information": LICENCE, "key": {}})
    assert broken(portal, told) == []


@pytest.mark.parametrize("code", [None, NOT_FOUND])
def test_a_key_with_names_of_no_item_is_open(code: str | None) -> None:
    told = told_of_two()
    look_up(told, login(told), code, asks={"key": {**YEAR, "x": "1"}})
    assert broken(portal, told) == []


def test_what_is_not_there_is_not_found() -> None:
    for asks, kind in (
        ({"key": {"相当年度": "2011"}}, "ほかの照会キーの件がある"),
        ({"information": LICENCE, "key": {}}, "登録したことのない件"),
    ):
        for code in (NOT_FOUND, None, OTHER):
            told = told_of_two()
            look_up(told, login(told), code, items={}, asks=asks)
            assert broken(portal, told) == ([] if code == NOT_FOUND else ["nothing-to-show"])
            assert ("nothing-to-show", kind) in occasions(portal, told)


def test_what_was_deleted_is_not_found() -> None:
    told = told_of_two()
    told.call("POST", "/v1/records/deletion", {"local_id": "a", "information": TAX, "key": YEAR})
    session = login(told)
    look_up(told, session, NOT_FOUND)
    assert broken(portal, told) == []
    look_up(told, session)
    assert broken(portal, told) == ["nothing-to-show"]


@pytest.mark.parametrize(
    ("value", "other", "kind"),
    [
        ("辻󠄀", "辻", "文字列"),
        ("ｶﾞ", "ガ", "文字列"),
        ("0123", 123, "数字の文字列"),
        ("", None, "空の文字列"),
        ("𠮷野", "吉野", "BMP の外の文字"),
        ("　あ ", "あ", "端に空白のある文字列"),
        (7, "7", "数"),
        (0, None, "0"),
        (-1, 1, "負の数"),
        (2**53 - 1, 2.0**53 - 2, "大きな数"),
        (2**31, -(2**31), "大きな数"),
        (None, 0, "null"),
        (None, "", "null"),
    ],
)
def test_every_kind_of_value_is_unchanged(value: object, other: object, kind: str) -> None:
    for shown in (value, other):
        told = Told()
        told.register("a")
        put(told, "a", {"年税額": value})
        look_up(told, login(told), items={"年税額": shown})
        cases = [case for case in portal(told.history()) if case.rule == "own-information-values"]
        assert kind in {case.alternative for case in cases}
        assert {bool(case.breach) for case in cases} == {shown is other}


def test_a_record_of_just_the_items_that_are_shown() -> None:
    items = dict.fromkeys(informations()[TAX].used_by(affairs()["自己情報の提供"].text), "1")
    for shown in (items, {**items, "年税": "1"}):
        told = Told()
        told.register("a")
        put(told, "a", items)
        look_up(told, login(told), items=shown)
        assert broken(portal, told) == ([] if shown is items else ["own-information-items"])
        assert ("own-information-items", "示す項目だけの件") in occasions(portal, told)


def test_every_look_up_has_an_id_of_its_own() -> None:
    told = told_of_two()
    session, id_ = login(told), str(uuid4())
    for _ in range(2):
        look_up(told, session, lookup_id=id_)
    assert broken(portal, told) == ["lookup-id-new"]


@pytest.mark.parametrize("other", [{"local_id": "b"}, {"information": "地方税納付関係情報"}])
def test_the_answer_names_what_was_asked(other: Mapping[str, str]) -> None:
    told = told_of_two()
    look_up(told, login(told), **other)
    assert broken(portal, told) == ["own-information-names"]


def test_what_is_not_known_for_certain_is_not_blamed() -> None:
    told = Told()
    told.register("a", status=200)
    session = login(told)
    look_up(told, session, items={"年税額": 5})
    look_up(told, session, NOT_FOUND)
    told.call("PUT", "/v1/records", record(items=ITEMS), status=None)
    put(told, "a", {"年税額": 1})
    for items in (SHOWN, {"年税額": 1}):
        look_up(told, session, items=items)
    assert broken(portal, told) == []
    look_up(told, session, items={"外の項目": "x"})
    assert broken(portal, told) == ["own-information-items"]


def test_before_it_is_known_items_of_no_right_are_not_shown() -> None:
    told = Told()
    told.register("a", status=200)
    look_up(told, login(told), items={"外の項目": "x"})
    assert broken(portal, told) == ["own-information-items"]
