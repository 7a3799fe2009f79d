"""処理状況 follows what happened; the first outcome stands; errors are passed on unchanged."""

from typing import Any

import pytest

from harness.contract.messages import Kind, new_id
from harness.model.history.exchanges import Restart
from harness.model.judges.statuses import statuses
from harness.model.rules import rules
from tests.model.asking import AWAY, ERROR, REFUSED, TAKEN, Asked, enquiry, notice
from tests.model.histories import OTHER, Told, broken, occasions


def _sent(opened: Any = enquiry, **wish: object) -> Asked:
    asked: Asked = opened(Told(), **wish)
    asked.send()
    return asked


@pytest.mark.parametrize(
    ("at", "status", "kept"),
    [
        (10.2, "受付", True),
        (11, "受付", True),  # it may not know of the 202 yet
        (11, "送信済", True),
        (20, "送信済", True),
        (20, "受付", False),
        (20, "応答済", False),
        (20, "エラー", False),
        (60, "期限切れ", False),
        (66, "送信済", True),
        (66, "期限切れ", True),
        (90, "送信済", False),
        (90, "期限切れ", True),
    ],
)
def test_what_was_sent(at: float, status: str, *, kept: bool) -> None:
    asked = _sent()
    asked.look(at, status, ERROR if status == "エラー" else None)
    assert (broken(statuses, asked.told) == []) is kept
    assert all(
        alternative in rules()[rule].alternatives for rule, alternative in occasions(statuses, asked.told)
    )


def test_nothing_is_sent_that_the_network_did_not_take() -> None:
    told = Told()
    asked = enquiry(told)
    asked.send(status=502, error=AWAY)
    asked.look(20, "受付")
    assert broken(statuses, told) == []
    asked.look(21, "送信済")
    assert broken(statuses, told) == ["status-sent"]


@pytest.mark.parametrize(("opened", "outcome"), [(enquiry, "応答済"), (notice, "受領済")])
def test_an_answer_shows_within_its_time(opened: Any, outcome: str) -> None:
    for at, status, kept in (
        (11.2, outcome, False),
        (12, "送信済", True),
        (12, outcome, True),
        (20, "送信済", False),
    ):
        asked = _sent(opened)
        asked.answered(at=11.5)
        asked.look(at, status)
        assert (broken(statuses, asked.told) == []) is kept, (at, status)


def test_an_answer_may_overtake_the_202() -> None:
    told = Told()
    asked = enquiry(told)
    asked.send(lasts=4)
    asked.answered(at=11)
    asked.look(12, "応答済")
    assert broken(statuses, told) == []


@pytest.mark.parametrize("opened", [enquiry, notice])
def test_the_error_of_the_partner_is_passed_on(opened: Any) -> None:
    rule = "notice-error-unchanged" if opened is notice else "error-of-partner-unchanged"
    for error, found in ((ERROR, []), ({**ERROR, "reason": "別"}, [rule]), (None, [rule])):
        asked = _sent(opened)
        asked.answered(12, ERROR, Kind.ERROR)
        asked.look(20, "エラー", error)
        assert broken(statuses, asked.told) == found
    asked = _sent(opened)
    asked.answered(12, ERROR, Kind.ERROR)
    asked.look(20, "送信済")
    assert broken(statuses, asked.told) == ["status-of-notice" if opened is notice else "status-failed"]


@pytest.mark.parametrize("opened", [enquiry, notice])
def test_the_refusal_of_the_network_is_passed_on(opened: Any) -> None:
    rule = "notice-error-unchanged" if opened is notice else "error-of-network-unchanged"
    for error, found in ((REFUSED, []), ({**REFUSED, "code": "UNDELIVERED"}, [rule])):
        asked = opened(Told())
        asked.send(status=410, error=REFUSED)
        asked.look(20, "エラー", error)
        assert broken(statuses, asked.told) == found
    asked = opened(Told())
    asked.send(status=410, error=REFUSED)
    asked.look(20, "受付")
    assert broken(statuses, asked.told) == ["status-of-notice" if opened is notice else "status-refused"]


def test_replayed_means_that_it_arrived_where_it_may_have_been_sent() -> None:
    told = Told()
    asked = enquiry(told)
    asked.send(status=502, error=AWAY)
    asked.send(at=11.5, status=409, error=TAKEN)
    asked.look(20, "送信済")
    assert broken(statuses, told) == []
    asked.look(21, "エラー", TAKEN)
    assert broken(statuses, told) == ["status-failed"]


@pytest.mark.parametrize("shown", [("送信済", None), ("エラー", TAKEN)])
def test_replayed_at_the_first_attempt_is_left_open(shown: tuple[str, object]) -> None:
    told = Told()
    asked = enquiry(told)
    asked.send(status=409, error=TAKEN)
    asked.look(20, *shown)
    assert broken(statuses, told) == []


def test_the_error_is_null_elsewhere() -> None:
    for opened, side in ((enquiry, "enquiry"), (notice, "notice")):
        asked = _sent(opened)
        asked.look(20, "送信済", ERROR)
        assert broken(statuses, asked.told) == [f"{side}-error-null"]
    asked = _sent()
    asked.told.call(
        "GET",
        "/v1/enquiries/e-1",
        answer={n: v for n, v in asked.shown("送信済").items() if n != "error"},
        at=20,
    )
    assert broken(statuses, asked.told) == []  # an absent one says the same


def test_the_first_outcome_stands() -> None:
    asked = _sent()
    asked.answered(12)
    asked.look(20, "応答済")
    asked.answered(25, ERROR, Kind.ERROR)
    asked.look(40, "エラー", ERROR)
    assert broken(statuses, asked.told) == ["outcome-stands"]
    asked = _sent()
    asked.look(80, "期限切れ")
    asked.look(90, "応答済")
    assert broken(statuses, asked.told) == ["expired-stands"]
    asked = _sent(notice)
    asked.answered(12)
    asked.look(20, "受領済")
    asked.look(90, "期限切れ")
    assert broken(statuses, asked.told) == ["notice-outcome-stands"]


def test_what_came_first_decides_though_nobody_looked() -> None:
    asked = _sent()
    asked.answered(12)
    asked.answered(14, ERROR, Kind.ERROR)
    asked.look(40, "エラー", ERROR)
    assert broken(statuses, asked.told) == ["status-answered"]
    asked = _sent()
    asked.answered(12)
    asked.look(200, "期限切れ")
    assert broken(statuses, asked.told) == ["status-answered"]


def test_what_overlaps_may_have_come_in_either_order() -> None:
    for status, error in (("応答済", None), ("エラー", ERROR)):
        asked = _sent()
        asked.answered(12, lasts=2)
        asked.answered(13, ERROR, Kind.ERROR, lasts=2)
        asked.look(40, status, error)
        assert broken(statuses, asked.told) == []
        asked = _sent(expires_in_seconds=20)
        asked.answered(28)
        asked.look(50, "期限切れ")  # by a clock that is ahead
        assert broken(statuses, asked.told) == []


@pytest.mark.parametrize(
    "different", [{"from": OTHER}, {"information": "住民票関係情報"}, {"link_code": "another"}]
)
def test_what_was_taken_by_mistake_may_have_been_taken_for_an_answer(different: dict[str, object]) -> None:
    for status in ("送信済", "応答済"):
        asked = _sent()
        asked.answered(12, header=different)
        asked.look(30, status)
        assert broken(statuses, asked.told) == []


def test_an_answer_that_got_no_reply_may_count() -> None:
    for status in ("送信済", "応答済"):
        asked = _sent()
        asked.answered(12, status=None)
        asked.look(30, status)
        assert broken(statuses, asked.told) == []
    asked = _sent()
    asked.answered(12, status=404, error=ERROR)
    asked.look(30, "応答済")
    assert broken(statuses, asked.told) == ["status-answered"]


def test_a_gateway_that_was_killed_has_its_time_anew() -> None:
    for end, kept in ((17, True), (12, False)):
        asked = _sent()
        asked.answered(12)
        asked.told.told(Restart(99, asked.told.span(12, end - 12)))
        asked.look(20, "送信済")
        assert (broken(statuses, asked.told) == []) is kept


def test_a_refusal_that_a_gateway_did_not_live_to_hear_need_not_be_its_end() -> None:
    for opened, kept in ((enquiry, True), (notice, True), (enquiry, False)):
        asked = opened(Told())
        asked.send(status=400, error=REFUSED)
        if kept:
            asked.told.told(Restart(99, asked.told.span(10.6, 1)))
        asked.send(at=12)  # the same once more, which the network takes
        asked.look(20, "送信済")
        assert (broken(statuses, asked.told) == []) is kept


def test_ids_stay() -> None:
    for opened, side in ((enquiry, "enquiry"), (notice, "notice")):
        asked = _sent(opened)
        asked.look(20, "送信済")
        asked.correlation_id = new_id()
        asked.look(21, "送信済")
        assert broken(statuses, asked.told) == [f"{side}-ids-stable"]


def test_a_notice_that_was_sent_twice_and_refused_the_second_time_is_either() -> None:
    for status, error in (("送信済", None), ("エラー", REFUSED)):
        asked = _sent(notice)
        asked.send(at=21, header={"message_id": new_id()}, status=410, error=REFUSED)
        asked.look(30, status, error)
        assert broken(statuses, asked.told) == []
