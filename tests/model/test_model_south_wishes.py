"""South face: whether an enquiry, a row of a バッチ or a 連絡 may go out (rows 5 to 9)."""

from typing import Any

import pytest

from harness.contract.organisations import organisations
from harness.model.history.exchanges import Fetch, Restart, Staff
from harness.model.judges.south_refusals import refusals_of_requests
from harness.model.south.outcomes import BATCH_ROW
from tests.model.histories import LISTS, OWN, Told, broken, occasions
from tests.model.south_told import (
    AFFAIR,
    ANSWERS,
    OFFICER,
    ROW,
    STRANGER,
    WISH,
    ask,
    begun,
    declared,
    refused_row,
)

ENQUIRY, BATCH, NOTICE = "POST /v1/enquiries", "POST /v1/batches", "POST /v1/notices"
OLD = {"table": "2012-02-14", "item": "57"}
ASSISTANCE = "生活保護法による保護の決定及び実施又は徴収金の徴収に関する事務"
WRONG: list[tuple[dict[str, Any], str, str, str]] = [
    ({"to": "999999"}, "PARTNER_UNKNOWN", "partner-unknown", ""),
    ({"basis": {"table": "2020-01-01", "item": "57"}}, "BASIS_NOT_LAWFUL", "basis-unknown", "知らない版"),
    ({"basis": {"table": "条例", "item": "1"}}, "BASIS_NOT_LAWFUL", "basis-undeclared", "宣言しない根拠"),
    ({"basis": {"table": "2015-09-09", "item": "26"}}, "BASIS_NOT_LAWFUL", "basis-affair", "事務"),
    ({"basis": {"table": "2015-09-09", "item": "9999"}}, "BASIS_NOT_LAWFUL", "basis-row", "項"),
    ({"basis": {"table": "2015-09-09", "item": " 57"}}, "BASIS_NOT_LAWFUL", "basis-row", "項"),
    ({"information": "年金給付関係情報"}, "BASIS_NOT_LAWFUL", "basis-row", "情報"),
    ({"information": "障害者関係情報", "to": "223417"}, "BASIS_NOT_LAWFUL", "basis-row", "組合せ"),
    ({"to": "990051"}, "BASIS_NOT_LAWFUL", "basis-row", "提供者の種別"),
    ({"local_id": STRANGER}, "SUBJECT_UNKNOWN", "subject-enquiries", ""),
]  # fmt: skip


def enquired(changed: dict[str, Any], code: str | None = None, staff: Staff = OFFICER) -> Told:
    told = begun()
    ask(told, ENQUIRY, changed=changed, code=code, staff=staff)
    return told


def batch(rows: list[dict[str, Any]], states: list[dict[str, Any]], staff: Staff = OFFICER) -> Told:
    told = begun()
    answer = {**ANSWERS["batch-status"], "batch_id": "b-2", "rows": states}
    ask(told, BATCH, body={"rows": rows}, answer=answer, staff=staff)
    return told


@pytest.mark.parametrize(("changed", "code", "rule", "variant"), WRONG)
def test_an_enquiry_that_may_not_go_out(changed: dict[str, Any], code: str, rule: str, variant: str) -> None:
    refused = enquired(changed, code)
    assert broken(refusals_of_requests, refused) == []
    words = f"{ENQUIRY}: {variant}" if variant else ENQUIRY
    assert (rule, words) in occasions(refusals_of_requests, refused)
    assert broken(refusals_of_requests, enquired(changed)) == [rule]


@pytest.mark.parametrize(("changed", "code", "rule", "variant"), WRONG)
def test_rows_are_judged_each_for_itself(changed: dict[str, Any], code: str, rule: str, variant: str) -> None:
    rows = [WISH, {**WISH, **changed}, WISH]
    refused = batch(rows, [ROW, refused_row(code), ROW])
    assert broken(refusals_of_requests, refused) == []
    words = f"{BATCH_ROW}: {variant}" if variant else BATCH_ROW
    assert (rule, words) in occasions(refusals_of_requests, refused)
    assert broken(refusals_of_requests, batch(rows, [ROW, ROW, ROW])) == [rule]
    held_up = broken(refusals_of_requests, batch(rows, [ROW, refused_row(code), refused_row(code)]))
    assert len(held_up) == 1


def test_a_refused_row_has_no_ids() -> None:
    state = {**refused_row("PARTNER_UNKNOWN"), "enquiry_id": "e-3"}
    rules = broken(refusals_of_requests, batch([{**WISH, "to": "999999"}], [state]))
    assert rules == ["refused-row-has-no-ids"]


def test_what_the_network_refused_is_no_refusal_of_a_row() -> None:
    state = {**ROW, "status": "エラー", "error": refused_row("SUBJECT_UNKNOWN")["error"]}
    assert broken(refusals_of_requests, batch([WISH], [state])) == []


@pytest.mark.parametrize("role", ["resident-tax", "auditor", "Child-Allowance", "nobody"])
@pytest.mark.parametrize("name", [ENQUIRY, NOTICE])
def test_a_role_may_cite_its_affairs_alone(name: str, role: str) -> None:
    staff = Staff("staff-1", role, None)
    for code in (None, "ROLE_NOT_ALLOWED"):
        told = begun()
        ask(told, name, code=code, staff=staff)
        rule = "role-notices" if name == NOTICE else "role-enquiries"
        assert broken(refusals_of_requests, told) == ([] if code else [rule])


def test_a_role_fits_row_by_row() -> None:
    other = {
        **WISH,
        "affair": ASSISTANCE,
        "basis": {"table": "2015-09-09", "item": "26"},
        "information": "生活保護関係情報",
    }
    states: list[dict[str, Any]] = [refused_row("ROLE_NOT_ALLOWED"), ROW]
    assert broken(refusals_of_requests, batch([other, WISH], states)) == []
    assert broken(refusals_of_requests, batch([other, WISH], [ROW, ROW])) == ["role-enquiries"]
    assistance = Staff("staff-2", "public-assistance", None)
    assert broken(refusals_of_requests, batch([other, WISH], states, assistance)) == ["role-enquiries"] * 2


def test_a_role_of_another_request_is_any() -> None:
    told = begun()
    ask(told, "PUT /v1/handling", staff=Staff("staff-1", "nobody", None))
    ask(told, "PUT /v1/handling", staff=Staff("staff-1", "nobody", None), code="ROLE_NOT_ALLOWED")
    assert broken(refusals_of_requests, told) == ["request-taken"]


def test_a_notice_is_lawful_outside_of_the_table() -> None:
    told = begun()
    ask(told, NOTICE, changed={"basis": {"table": "2020-01-01", "item": "1"}})
    assert broken(refusals_of_requests, told) == []


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("PUT /v1/records", {"local_id": STRANGER}),
        ("POST /v1/records/deletion", {"local_id": STRANGER}),
        ("PUT /v1/handling", {"key": STRANGER}),
        (NOTICE, {"local_id": STRANGER}),
        ("POST /v1/portal-sessions", {"local_id": STRANGER}),
    ],
)
def test_row_9_of_every_request(name: str, changed: dict[str, Any]) -> None:
    rule = "subject-records" if name == "PUT /v1/records" else "subject-others"
    for code in (None, "SUBJECT_UNKNOWN"):
        told = begun()
        ask(told, name, changed=changed, code=code)
        assert broken(refusals_of_requests, told) == ([] if code else [rule])
        told = begun()
        ask(told, name, code=code)
        assert broken(refusals_of_requests, told) == ([rule] if code else [])


def test_handling_of_an_affair_is_about_nobody() -> None:
    told = begun()
    ask(told, "PUT /v1/handling", changed={"scope": "affair", "key": AFFAIR})
    ask(told, "PUT /v1/handling", changed={"scope": "affair", "key": AFFAIR}, code="SUBJECT_UNKNOWN")
    assert broken(refusals_of_requests, told) == ["subject-others"]


def test_who_is_registered_at_the_same_time_may_be_known_or_not() -> None:
    for code in (None, "SUBJECT_UNKNOWN"):
        told = begun()
        told.register(STRANGER, at=100, lasts=2)
        ask(told, ENQUIRY, changed={"local_id": STRANGER}, code=code, at=101)
        assert broken(refusals_of_requests, told) == []


def test_who_was_there_before_the_run_may_be_known() -> None:
    for code in (None, "SUBJECT_UNKNOWN"):
        told = begun()
        ask(told, ENQUIRY, changed={"local_id": STRANGER}, code=code)
        told.register(STRANGER, status=200)
        assert broken(refusals_of_requests, told) == []


def fetched(told: Told, codes: set[str], at: float, lasts: float = 0.1, status: int = 200) -> None:
    parties = [{"code": o.code, "kind": o.kind} for o in organisations().values() if o.code in codes]
    directory = {"organisations": parties} if status == 200 else None
    told.told(Fetch(len(told.exchanges), told.span(at, lasts), status, directory))


def test_without_a_directory_an_enquiry_may_be_undelivered() -> None:
    told = begun()
    fetched(told, set(), at=50, status=503)
    ask(told, ENQUIRY, code="UNDELIVERED")
    ask(told, NOTICE, code="UNDELIVERED")
    assert broken(refusals_of_requests, told) == []


def test_a_directory_is_kept() -> None:
    told = begun()
    fetched(told, set(organisations()), at=50)
    fetched(told, set(), at=60, status=503)
    ask(told, ENQUIRY, code="UNDELIVERED", at=61)
    ask(told, ENQUIRY, at=62)
    assert broken(refusals_of_requests, told) == ["no-directory"]


def test_a_directory_may_be_lost_when_the_gateway_is_killed() -> None:
    told = begun()
    fetched(told, set(organisations()), at=50)
    told.told(Restart(9, told.span(60, 2)))
    ask(told, ENQUIRY, code="UNDELIVERED", at=64)
    assert broken(refusals_of_requests, told) == []
    fetched(told, set(organisations()), at=70)
    ask(told, ENQUIRY, code="UNDELIVERED", at=72)
    assert broken(refusals_of_requests, told) == ["no-directory"]


def test_who_is_in_some_of_the_directories_may_be_known_or_not() -> None:
    for code in (None, "PARTNER_UNKNOWN"):
        told = begun()
        fetched(told, {OWN, "401307"}, at=50)
        ask(told, ENQUIRY, changed={"to": "131016"}, code=code)
        assert broken(refusals_of_requests, told) == []


def test_who_is_new_in_the_directory_is_not_known_before_it_came() -> None:
    told = begun()
    told.told(Fetch(8, told.span(50), 200, {"organisations": [{"code": "999999", "kind": "市町村"}]}))
    ask(told, NOTICE, changed={"to": "999999"}, at=40)
    ask(told, NOTICE, changed={"to": "999999"}, at=60)
    assert broken(refusals_of_requests, told) == ["partner-unknown"]


def test_an_affair_of_a_use_case_that_is_not_declared_may_be_refused_as_such() -> None:
    lists = {**LISTS, "use_cases": frozenset({"災害"})}
    for code in (None, "NOT_DECLARED"):
        told = Told(declared(lists=lists))
        told.register("0000012345")
        ask(told, ENQUIRY, code=code, changed={"basis": OLD, "affair": AFFAIR})
        assert "undeclared-enquiries" not in broken(refusals_of_requests, told)
