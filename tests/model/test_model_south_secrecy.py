"""South face: reasons without personal data, and refused enquiries that leave no trace."""

from typing import Any

import pytest

from harness.model.judges.south_secrecy import reasons
from harness.model.judges.south_traces import traces
from tests.model.histories import PARTNER, Told, broken, occasions
from tests.model.south_told import (
    AFFAIR,
    ANSWERS,
    CORRELATION,
    RESIDENT,
    ROW,
    STRANGER,
    SUBJECT,
    TAX,
    WISH,
    ask,
    begun,
    error,
    refused_row,
)

PUT = "PUT /v1/subjects/{local_id}"
NUMBER = "0123498765"
OTHER_ID = "7f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b02"


def refused(name: str, reason: str, **other: Any) -> list[str]:
    told = begun()
    ask(told, PUT, path=f"/v1/subjects/{NUMBER}")
    ask(told, name, status=422, answer=error("INVALID_REQUEST", reason), **other)
    assert ("reason-without-personal-data", name) in occasions(reasons, told)
    return broken(reasons, told)


@pytest.mark.parametrize(
    "reason",
    [
        RESIDENT,
        "識別番号 12345 が",
        NUMBER,
        "1234 5678 9018",
        "123456789018",
        "123456789012",
        "佐々木 𠮷子",
        *(
            "ササキヨシコ",
            "ささきよしこ",
            "静岡市葵区追手町5番1号",
        ),
    ],
)
def test_a_reason_tells_nothing_of_the_resident(reason: str) -> None:
    harmless = reason == "識別番号 12345 が"  # five digits are anybody's
    assert refused(PUT, f"理由: {reason}") == ([] if harmless else ["reason-without-personal-data"])


def test_an_id_that_nobody_has_is_a_number_too() -> None:
    changed = {"local_id": NUMBER}
    assert refused("POST /v1/enquiries", f"{NUMBER} は登録されていない", changed=changed) == [
        "reason-without-personal-data"
    ]


def test_names_of_others_may_be_words() -> None:
    changed = {"local_id": STRANGER}
    assert refused("POST /v1/enquiries", f"{SUBJECT['name']}は登録されていない", changed=changed) == []
    assert refused("POST /v1/enquiries", "登録されていない", changed=changed) == []


def test_values_of_items_and_ids_with_letters_are_personal() -> None:
    record = "PUT /v1/records"
    changed = {"items": {"住所": "清水区旭町6番8号"}}
    assert refused(record, "'清水区旭町6番8号' is too long", changed=changed) == [
        "reason-without-personal-data"
    ]
    assert refused(record, "住所が長い", changed=changed) == []
    assert refused(record, "abc-defg は知らない", changed={"local_id": "abc-defg"}) == [
        "reason-without-personal-data"
    ]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("POST /v1/records/bulk", {"errors": [{"index": 0, "code": "SUBJECT_UNKNOWN", "reason": NUMBER}]}),
        ("POST /v1/imports", {"errors": [{"line": 1, "code": "SUBJECT_UNKNOWN", "reason": NUMBER}]}),
        ("POST /v1/batches", {"rows": [{"enquiry_id": None, "error": error("SUBJECT_UNKNOWN", NUMBER)}]}),
    ],
)
def test_reasons_of_rows_records_and_lines(name: str, answer: object) -> None:
    told = begun()
    ask(told, "POST /v1/records/deletion", changed={"local_id": NUMBER}, code="SUBJECT_UNKNOWN")
    ask(told, name)
    assert broken(reasons, told) == []
    ask(told, name, answer=answer)
    assert broken(reasons, told) == ["reason-without-personal-data"]


def test_what_a_partner_said_is_passed_on() -> None:
    told = begun()
    row = {**ROW, "status": "エラー", "error": error("RECORD_NOT_FOUND", SUBJECT["name"])}
    ask(told, "GET /v1/batches/{batch_id}", answer={"batch_id": "b-1", "rows": [row]})
    assert broken(reasons, told) == []


ENQUIRY, NOTICE, BATCH = "POST /v1/enquiries", "POST /v1/notices", "POST /v1/batches"
HEADER = {
    "to": PARTNER,
    "affair": AFFAIR,
    "information": TAX,
    "correlation_id": OTHER_ID,
    "sent_at": "2027-01-15T08:10:00Z",
}


def sent(told: Told, kind: str = "照会依頼", **header: Any) -> None:
    told.send(kind, header={**HEADER, **header})


@pytest.mark.parametrize(("name", "kind"), [(ENQUIRY, "照会依頼"), (NOTICE, "連絡")])
@pytest.mark.parametrize(
    "code", ["UNAUTHENTICATED", "INVALID_REQUEST", "NOT_DECLARED", "ROLE_NOT_ALLOWED", "SUBJECT_UNKNOWN"]
)
def test_what_was_refused_is_not_sent(name: str, kind: str, code: str) -> None:
    rule = "undeclared-trace" if code == "NOT_DECLARED" else "refused-leaves-no-trace"
    told = begun()
    ask(told, name, code=code)
    assert broken(traces, told) == []
    assert (rule, f"{name}: {code}") in occasions(traces, told)
    sent(told, kind)
    assert broken(traces, told) == [rule]


def test_a_refused_row_is_not_sent() -> None:
    told = begun()
    ask(
        told,
        BATCH,
        body={"rows": [WISH]},
        answer={"batch_id": "b-2", "rows": [refused_row("PARTNER_UNKNOWN")]},
    )
    assert broken(traces, told) == []
    sent(told)
    assert broken(traces, told) == ["refused-leaves-no-trace"]


@pytest.mark.parametrize(
    "header",
    [
        {"correlation_id": CORRELATION},
        {"to": "131016"},
        {"affair": "x"},
        {"information": "y"},
        {"sent_at": "2027-01-15T07:00:00Z"},
    ],
)
def test_what_else_is_sent_is_not_that(header: dict[str, str]) -> None:
    told = begun()
    ask(told, ENQUIRY, code="ROLE_NOT_ALLOWED")
    sent(told, **header)
    sent(told, "連絡")
    sent(told, "照会応答")
    assert broken(traces, told) == []


def test_what_was_sent_before_is_not_of_it() -> None:
    told = begun()
    sent(told)
    ask(told, ENQUIRY, code="ROLE_NOT_ALLOWED")
    assert broken(traces, told) == []


def test_what_may_have_been_taken_excuses_what_is_sent() -> None:
    for name, other in (
        (ENQUIRY, {"status": None}),
        (ENQUIRY, {"status": 500, "answer": "x"}),
        (BATCH, {"status": None}),
        ("POST /v1/batches/{batch_id}/resend", {}),
        (ENQUIRY, {"answer": {}}),
    ):
        told = begun()
        ask(told, ENQUIRY, code="ROLE_NOT_ALLOWED")
        ask(told, name, **other)
        sent(told)
        assert broken(traces, told) == [], (name, other)


def test_an_id_that_is_told_later_belongs_to_what_was_taken() -> None:
    told = begun()
    ask(told, ENQUIRY, code="ROLE_NOT_ALLOWED")
    sent(told)
    rows = [{**ROW, "correlation_id": OTHER_ID}]
    ask(told, "GET /v1/batches/{batch_id}", answer={**ANSWERS["batch-status"], "rows": rows})
    assert broken(traces, told) == []
