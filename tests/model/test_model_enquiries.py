"""Enquiries and 連絡 go out once, soon and as asked; nothing else goes out."""

from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.judges.enquiries import enquiries
from harness.model.judges.unasked import unasked
from harness.model.rules import rules
from tests.model.asking import ENQUIRY, LOCAL_ID, NOTICE, enquiry, notice, stamp
from tests.model.histories import OFFICER, OTHER, OWN, Told, broken, occasions

OPENED = (enquiry, notice)


@pytest.mark.parametrize("opened", OPENED)
@pytest.mark.parametrize("wish", [{}, {"expires_in_seconds": 300}])
def test_what_goes_out_as_asked_breaks_nothing(opened: Any, wish: dict[str, object]) -> None:
    told = Told()
    opened(told, **wish).send()
    assert broken(enquiries, told) == broken(unasked, told) == []
    assert all(alternative in rules()[rule].alternatives for rule, alternative in occasions(enquiries, told))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("version", "2"),
        ("from", OTHER),
        ("to", OTHER),
        ("affair", "児童手当の支給に関する事務"),
        ("information", "住民票関係情報"),
        ("basis", {"table": "2012-02-14", "item": "58"}),
        ("role", "resident-tax"),
    ],
)
@pytest.mark.parametrize("opened", OPENED)
def test_each_member_is_as_asked(opened: Any, member: str, value: object) -> None:
    told = Told()
    asked = opened(told)
    asked.send(header={member: value})
    side = "notice" if asked.notice else "enquiry"
    assert broken(enquiries, told) == [f"{side}-as-asked"]


def test_an_enquiry_has_its_mode_and_its_own_id_for_the_correlation() -> None:
    told = Told()
    enquiry(told).send(header={"mode": "バッチ"})
    assert broken(enquiries, told) == ["enquiry-as-asked"]
    told = Told()
    enquiry(told).send(header={"message_id": new_id()})
    assert broken(enquiries, told) == ["enquiry-as-asked"]


def test_the_mode_of_a_notice_and_its_correlation_are_left_open() -> None:
    told = Told()
    notice(told).send(header={"mode": "バッチ", "message_id": new_id()})
    assert broken(enquiries, told) == []


@pytest.mark.parametrize(
    "key", [{}, {"相当年度": "2012"}, {"相当年度": 2011}, {"相当年度": "2011", "月": "1"}]
)
def test_the_key_is_as_asked(key: object) -> None:
    told = Told()
    enquiry(told).send(content={"key": key})
    assert broken(enquiries, told) == ["enquiry-as-asked"]


@pytest.mark.parametrize(
    "content",
    [
        {"items": {"所得額": "0", "備考": None}},
        {"items": {"所得額": 0.0, "備考": None}},
        {"items": {"所得額": 0}},
        {"items": {"所得額": 0, "備考": ""}},
        {"items": NOTICE["items"], "reasons": {"備考": "調査中"}},
    ],
)
def test_the_items_of_a_notice_are_as_asked(content: object) -> None:
    told = Told()
    notice(told).send(content=content)
    assert broken(enquiries, told) == ["notice-as-asked"]


def test_no_reasons_are_no_reasons() -> None:
    told = Told()
    notice(told).send(content={"items": NOTICE["items"], "reasons": {}})
    assert broken(enquiries, told) == []


@pytest.mark.parametrize("opened", OPENED)
def test_it_goes_out_soon(opened: Any) -> None:
    told = Told()
    opened(told)
    told.call("GET", "/v1/health", at=100)
    assert [rule.split("-", 1)[1] for rule in broken(enquiries, told)] == ["sent-soon"]
    told = Told()
    opened(told).send(at=15.5)
    assert [rule.split("-", 1)[1] for rule in broken(enquiries, told)] == ["sent-soon"]
    told = Told()
    opened(told).send(at=14.9)
    assert broken(enquiries, told) == []


def test_what_may_have_expired_need_not_go_out() -> None:
    told = Told()
    enquiry(told, expires_in_seconds=3)
    told.call("GET", "/v1/health", at=100)
    assert broken(enquiries, told) == []


def test_an_enquiry_is_one_message() -> None:
    told = Told()
    asked = enquiry(told)
    asked.send()
    asked.send(at=12)
    assert broken(enquiries, told) == []
    asked.send(at=13, header={"message_id": new_id()})
    assert broken(enquiries, told) == ["enquiry-once"]


def test_ids_are_new() -> None:
    told = Told()
    enquiry(told).send()
    enquiry(told, at=20, id_="e-2").send()
    assert broken(enquiries, told) == []
    enquiry(told, at=30, id_="e-2").send()
    assert broken(enquiries, told) == ["ids-new"]


@pytest.mark.parametrize("opened", OPENED)
def test_it_carries_the_link_code_of_its_subject(opened: Any) -> None:
    told = Told()
    other = told.person("other")
    person = told.register(LOCAL_ID, at=0)
    told.persons.reverse()
    asked = opened(told)
    asked.send(header={"link_code": other.codes[OWN]})
    side = "notice" if asked.notice else "enquiry"
    assert broken(enquiries, told) == [f"{side}-link-code"]
    assert person.codes[OWN] != other.codes[OWN]


def test_a_link_code_that_is_replaced_meanwhile_may_be_either() -> None:
    for late in (False, True):
        told = Told()
        first = told.register(LOCAL_ID, at=0)
        asked = enquiry(told)
        second = told.register(LOCAL_ID, told.person("second"), status=200, at=11)
        asked.send(at=13, header={"link_code": (second if late else first).codes[OWN]})
        assert broken(enquiries, told) == []


@pytest.mark.parametrize(("life", "wish"), [(60, {}), (300, {"expires_in_seconds": 300})])
@pytest.mark.parametrize("opened", OPENED)
def test_it_expires_as_asked(opened: Any, life: int, wish: dict[str, object]) -> None:
    for off, kept in ((0, True), (2, True), (4, False), (-4, False), (20, False)):
        told = Told()
        asked = opened(told, **wish)
        asked.send(header={"expires_at": stamp(asked.at + life + off)})
        assert (broken(enquiries, told) == []) is kept, off
    for clock in (-4.5, 4.5):
        told = Told()
        asked = opened(told, **wish)
        asked.send(header={"sent_at": stamp(asked.at + clock), "expires_at": stamp(asked.at + clock + life)})
        assert broken(enquiries, told) == []


@pytest.mark.parametrize(
    "code",
    ["UNAUTHENTICATED", "STAFF_REQUIRED", "STAFF_SESSION_EXPIRED", "INVALID_REQUEST", "NOT_DECLARED",
     "ROLE_NOT_ALLOWED", "UNDELIVERED", "PARTNER_UNKNOWN", "BASIS_NOT_LAWFUL", "SUBJECT_UNKNOWN"],
)  # fmt: skip
def test_what_is_refused_leaves_no_trace(code: str) -> None:
    told = Told()
    told.register(LOCAL_ID, at=0)
    error = {"code": code, "phase": "", "reason": ""}
    told.call("POST", "/v1/enquiries", ENQUIRY, status=403, answer=error, staff=OFFICER, at=5)
    rule = f"no-trace-of-{code.lower().replace('_', '-')}"
    assert broken(unasked, told) == []
    assert occasions(unasked, told) == {(rule, "照会")}
    asked = enquiry(told, at=10)
    asked.send()
    assert broken(unasked, told) == []  # the proper one explains its own message
    asked.send(at=12, header={"message_id": (id_ := new_id()), "correlation_id": id_})
    assert broken(unasked, told) == [rule]


@pytest.mark.parametrize("opened", OPENED)
def test_nothing_goes_out_that_nobody_asked_for(opened: Any) -> None:
    told = Told()
    asked = opened(told)
    asked.send(header={"correlation_id": new_id()})
    assert broken(unasked, told) == ["nothing-unasked"]


def test_what_was_never_answered_may_have_been_taken() -> None:
    told = Told()
    person = told.register(LOCAL_ID, at=0)
    told.call("POST", "/v1/enquiries", ENQUIRY, status=None, staff=OFFICER, at=5)
    told.send(
        "照会依頼",
        person,
        {"key": ENQUIRY["key"]},
        at=7,
        header={n: ENQUIRY[n] for n in ("basis", "affair", "information")},
    )
    assert broken(unasked, told) == []


def test_whom_this_run_does_not_know_may_be_of_an_earlier_one() -> None:
    told = Told()
    told.send("照会依頼", None, {"key": {}}, at=3)
    assert broken(unasked, told) == []
