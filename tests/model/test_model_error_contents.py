"""Code, phase and words of an error."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.model.desk import AFFAIR, Desk, alternatives_broken, moment, rules_broken, seen


def waiting(desk: Desk, what: str) -> Any:
    desk.switch("affair", AFFAIR)
    asked = desk.ask()
    desk.decide(asked, what)
    return asked


@pytest.mark.parametrize("code", ["SUBJECT_UNKNOWN", "RECORD_NOT_FOUND", "REFUSED_BY_STAFF"])
def test_code_and_phase_of_an_error_belong_together(code: str) -> None:
    for phase, found in ((None, set()), ("連携確認中", {("error-as-in-refusals", code)})):
        desk = Desk()
        ask: dict[str, Callable[[], Any]] = {
            "SUBJECT_UNKNOWN": desk.stranger,
            "RECORD_NOT_FOUND": partial(desk.ask, key={}),
            "REFUSED_BY_STAFF": partial(waiting, desk, "refusal"),
        }
        asked = ask[code]()
        desk.error(asked, code, content={"phase": phase} if phase else {})
        assert alternatives_broken(desk) == found
        assert ("error-as-in-refusals", code) in seen(desk)


def test_what_staff_wrote_stays() -> None:
    desk = Desk()
    asked = waiting(desk, "refusal")
    desk.error(asked, "REFUSED_BY_STAFF", content={"reason": "拒否: DVの支援措置のため"})
    assert alternatives_broken(desk) == {("staff-words-stay", "REFUSED_BY_STAFF")}


def test_the_sentence_is_the_same_each_time() -> None:
    desk = Desk()
    for reason in ("職員が断った", "職員が断った", "別の事情による"):
        desk.error(waiting(desk, "refusal"), "REFUSED_BY_STAFF", content={"reason": reason})
    assert alternatives_broken(desk) == {("fixed-sentence", "REFUSED_BY_STAFF")}


def test_the_sentence_may_name_the_enquiry() -> None:
    desk = Desk()
    for number in range(2):
        asked = waiting(desk, "refusal")
        reason = f"{asked.header['correlation_id']} は {moment(number)[:4]} 年に断られた"
        desk.error(asked, "REFUSED_BY_STAFF", content={"reason": reason})
    assert rules_broken(desk) == []
