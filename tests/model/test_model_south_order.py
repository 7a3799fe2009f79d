"""South face: what is not declared, which of two faults decides, and what is there."""

from typing import Any

import pytest

from harness.model.history.exchanges import Staff
from harness.model.judges.south_refusals import refusals_of_requests
from tests.model.histories import OWN, Told, broken, occasions
from tests.model.south_told import STRANGER, ask, asked, begun, declared, verdicts

UNDECLARED = [
    ("POST /v1/enquiries", "roles 照会側", {}),
    ("POST /v1/enquiries", "modes バッチ", {"changed": {"mode": "バッチ"}}),
    ("POST /v1/batches", "roles 照会側", {}),
    ("POST /v1/batches", "modes バッチ", {}),
    ("POST /v1/batches/{batch_id}/resend", "modes バッチ", {}),
    ("POST /v1/notices", "roles 連絡", {}),
    ("PUT /v1/handling", "handling 手動", {}),
    ("GET /v1/pending", "handling 手動", {}),
    ("POST /v1/pending/{correlation_id}/approval", "handling 手動", {}),
    ("POST /v1/pending/{correlation_id}/refusal", "handling 手動", {}),
    ("POST /v1/imports", "legacy_files CP932固定長", {}),
    ("POST /v1/portal-sessions", "use_cases 税務に関する情報提供", {}),
    ("POST /v1/own-information", "use_cases 税務に関する情報提供", {}),
]


@pytest.mark.parametrize(("name", "without", "other"), UNDECLARED)
def test_row_4(name: str, without: str, other: dict[str, Any]) -> None:
    def judged(**more: Any) -> list[str]:
        told = Told(declared(without))
        told.register("0000012345")
        ask(told, name, **other, **more)
        return broken(refusals_of_requests, told)

    assert judged(code="NOT_DECLARED") == []
    (rule,) = judged()
    assert rule.startswith("undeclared-")
    assert judged(code="SUBJECT_UNKNOWN") == [rule] or "POST /v1/own" in name
    assert verdicts(name, code="NOT_DECLARED", **other) == ["declared-is-taken"]


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("GET /v1/batches/{batch_id}", "modes バッチ"),
        ("GET /v1/notices", "roles 連絡"),
        ("PUT /v1/records", "roles 応答側"),
    ],
)
def test_what_only_the_sentence_before_the_table_says_is_free(name: str, without: str) -> None:
    for code in (None, "NOT_DECLARED"):
        told = begun(declared(without))
        told.exchanges = told.exchanges[:1]
        if "batches" in name:
            told = begun(declared())
            told.declared = declared(without)
        before = broken(refusals_of_requests, told)
        ask(told, name, code=code)
        assert broken(refusals_of_requests, told) == before


PAIRS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "POST /v1/enquiries",
        {"caller": "staff", "staff": Staff(None, "x", None)},
        "UNAUTHENTICATED",
        "STAFF_REQUIRED",
    ),
    ("POST /v1/enquiries", {"caller": "staff", "raw": b"{"}, "UNAUTHENTICATED", "INVALID_REQUEST"),
    ("PUT /v1/handling", {"staff": Staff("a" * 61, "x", "no")}, "STAFF_REQUIRED", "STAFF_SESSION_EXPIRED"),
    ("PUT /v1/handling", {"staff": Staff("a", "", None), "body": {}}, "STAFF_REQUIRED", "INVALID_REQUEST"),
    (
        "PUT /v1/handling",
        {"staff": Staff("a", "b", "no"), "body": {}},
        "STAFF_SESSION_EXPIRED",
        "INVALID_REQUEST",
    ),
    (
        "POST /v1/notices",
        {"changed": {"to": "999999", "local_id": STRANGER}},
        "PARTNER_UNKNOWN",
        "SUBJECT_UNKNOWN",
    ),
    (
        "POST /v1/enquiries",
        {"changed": {"to": "999999", "basis": {"table": "2015-09-09", "item": "999"}}},
        "PARTNER_UNKNOWN",
        "BASIS_NOT_LAWFUL",
    ),
    (
        "POST /v1/enquiries",
        {"changed": {"to": "999999", "information": "児童手当関係情報"}},
        "PARTNER_UNKNOWN",
        "BASIS_NOT_LAWFUL",
    ),
    (
        "POST /v1/enquiries",
        {"changed": {"to": "999999"}, "staff": Staff("a", "resident-tax", None)},
        "ROLE_NOT_ALLOWED",
        "PARTNER_UNKNOWN",
    ),
    (
        "POST /v1/enquiries",
        {"changed": {"information": "児童手当関係情報", "local_id": STRANGER}},
        "BASIS_NOT_LAWFUL",
        "SUBJECT_UNKNOWN",
    ),
    (
        "POST /v1/enquiries",
        {"changed": {"mode": "x", "local_id": STRANGER}},
        "INVALID_REQUEST",
        "SUBJECT_UNKNOWN",
    ),
]


@pytest.mark.parametrize(("name", "other", "first", "later"), PAIRS)
def test_the_first_of_two_faults_decides(name: str, other: dict[str, Any], first: str, later: str) -> None:
    assert verdicts(name, code=first, **other) == []
    assert verdicts(name, code=later, **other) == ["first-decides"]
    assert ("first-decides", f"{name}: {first} < {later}") in occasions(
        refusals_of_requests, asked(name, code=first, **other)
    )


def test_what_was_never_given_is_not_found() -> None:
    for name, path in (
        ("GET /v1/enquiries/{enquiry_id}", "/v1/enquiries/e-9"),
        ("GET /v1/enquiries/{enquiry_id}/result", "/v1/enquiries/b-1/result"),
        ("GET /v1/batches/{batch_id}", "/v1/batches/e-1"),
        ("POST /v1/batches/{batch_id}/resend", "/v1/batches/x/resend"),
        ("GET /v1/notices/{notice_id}", "/v1/notices/e-1"),
    ):
        assert verdicts(name, path=path, code="NOT_FOUND") == []
        (rule,) = verdicts(name, path=path)
        assert rule == ("missing-enquiries" if "enquiries" in name else "missing-others")
        assert verdicts(name, code="NOT_FOUND") == [rule]


def test_what_is_given_at_the_same_time_may_be_there_or_not() -> None:
    for code in (None, "NOT_FOUND"):
        told = Told(declared())
        told.register("0000012345")
        ask(told, "POST /v1/enquiries", at=10, lasts=2)
        ask(told, "GET /v1/enquiries/{enquiry_id}", code=code, at=11)
        assert broken(refusals_of_requests, told) == []


def test_the_id_of_a_row_is_that_of_an_enquiry() -> None:
    assert verdicts("GET /v1/enquiries/{enquiry_id}", path="/v1/enquiries/e-2") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PUT /v1/subjects/{local_id}", "LINK_CODE_UNAVAILABLE"),
        ("POST /v1/records/deletion", "NOT_FOUND"),
        ("GET /v1/enquiries/{enquiry_id}/result", "NOT_READY"),
        ("POST /v1/own-information", "PORTAL_SESSION_INVALID"),
        ("POST /v1/own-information", "NOT_THE_SUBJECT"),
        ("POST /v1/own-information", "NOT_FOUND"),
        ("POST /v1/pending/{correlation_id}/approval", "NOT_FOUND"),
        ("POST /v1/pending/{correlation_id}/refusal", "NOT_FOUND"),
    ],
)
def test_what_others_judge_is_free_in_its_place_and_not_before_it(name: str, code: str) -> None:
    assert verdicts(name, code=code) == []
    assert len(verdicts(name, code=code, caller="unknown")) == 1
    assert len(verdicts(name, code=code, raw=b"{")) == (0 if name.startswith("GET") else 1)


def test_a_record_without_a_version_is_never_stale() -> None:
    assert verdicts("PUT /v1/records", code="VERSION_STALE") == ["version-absent"]
    assert verdicts("PUT /v1/records", changed={"version": 1}, code="VERSION_STALE") == []


def test_a_breach_tells_what_follows_from_it_and_no_number() -> None:
    told = asked("POST /v1/enquiries", caller="audit")
    (breach,) = [case.breach for case in refusals_of_requests(told.history()) if case.breach]
    assert breach.about == ("correlation:3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01",)
    assert breach.code == "NOT_REFUSED"
    told = asked("PUT /v1/records", code="INVALID_REQUEST")
    (breach,) = [case.breach for case in refusals_of_requests(told.history()) if case.breach]
    assert breach.about == ("subject:0000012345",)
    assert "0000012345" not in "".join((breach.observed, breach.expected, breach.where))


def test_nothing_is_said_of_what_was_not_answered() -> None:
    assert verdicts("POST /v1/enquiries", caller="audit", status=None) == []


def test_one_asks_oneself_or_the_network_as_one_likes() -> None:
    for to in (OWN, "000001"):
        changed = {"to": to}
        for code in (None, "PARTNER_UNKNOWN"):
            assert verdicts("POST /v1/notices", changed=changed, code=code) == []


def test_a_row_that_does_not_apply_is_blamed_where_it_stands_before_what_decides() -> None:
    unlawful = {"basis": {"table": "2015-09-09", "item": "9999"}}
    assert verdicts("POST /v1/enquiries", changed=unlawful, code="INVALID_REQUEST") == ["form-enquiries"]
    assert verdicts("POST /v1/enquiries", changed=unlawful, code="SUBJECT_UNKNOWN") == ["basis-row"]
    assert verdicts("POST /v1/enquiries", changed={"mode": "x"}, code="SUBJECT_UNKNOWN") == ["form-enquiries"]
