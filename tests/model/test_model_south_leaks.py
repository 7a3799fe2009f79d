"""What of somebody else shows in an answer of the south face, and what whoever asks may hear there."""

import base64
from typing import Any, Final

import pytest

from harness.contract.messages import timestamp
from harness.model.judge import looked_through
from tests.model.records import OWN

MY_NUMBER, LOCAL_ID, NAME = "123456789018", "0987654321", "髙橋　良子"
TOKEN, SESSION, HIDDEN = "staff-token-0123456789", "session-of-somebody-else", "遺族基礎年金を受ける"  # words
PEOPLE: Final = {
    "p": {"個人番号": MY_NUMBER, "識別番号": LOCAL_ID, "氏名": NAME, "氏名カナ": "タカハシ　リョウコ"}
}
RECORD: Final = {
    "local_id": LOCAL_ID,
    "information": "地方税関係情報",
    "key": {},
    "items": {"誰も使わない項目": HIDDEN},
}


def south(method: str, path: str, status: int, response: object, **other: Any) -> dict[str, Any]:
    asked = {
        "method": method,
        "path": path,
        "status": status,
        "response": response,
        "scenario": "00_機能/x:3",
    }
    return {
        "type": "exchange",
        "face": "south",
        "at": timestamp(),
        "request": None,
        "staff": None,
        **asked,
        **other,
    }


def refused(reason: str, **other: Any) -> dict[str, Any]:
    error = {"code": "INVALID_REQUEST", "phase": "連携情報保管", "reason": reason}
    return south("PUT", "/v1/records", 422, error, **other)


def convicted(*entries: dict[str, Any]) -> list[str]:
    """By which requirements, of a run in which somebody else was registered, and had a session."""
    asked = {"declares": {"roles": []}, "options": {"requirements": []}, "organisation": OWN}
    opened = south("POST", "/v1/portal-sessions", 201, {"session": SESSION, "valid_until": timestamp()})
    record: list[Any] = [
        {"type": "run", "at": timestamp(), **asked},
        {"type": "secrets", "tokens": [TOKEN]},
        {"type": "people", "scenario": "00_機能/x:3", "people": PEOPLE},
        south("PUT", "/v1/records", 200, {}, request=RECORD),
        opened,
        *entries,
    ]
    found = looked_through(record)
    assert all(violation.code == "LEAK" for violation in found)
    return [violation.requirement for violation in found]


@pytest.mark.parametrize("said", [MY_NUMBER, LOCAL_ID, NAME, "タカハシ リョウコ", HIDDEN, TOKEN])
def test_a_refusal_shows_nothing_of_somebody_else(said: str) -> None:
    assert convicted(refused(f"{said} と重なる")) == ["SOU-12"]
    assert convicted(refused(base64.b64encode(said.encode()).decode())) == ["SOU-12"]
    row = {"enquiry_id": None, "correlation_id": None, "status": "エラー", "error": {"reason": said}}
    assert convicted(south("POST", "/v1/batches", 202, {"batch_id": "b", "rows": [row]})) == ["SOU-12"]
    errors = {"accepted": 0, "errors": [{"index": 0, "code": "VERSION_STALE", "reason": said}]}
    assert convicted(south("POST", "/v1/records/bulk", 200, errors)) == ["SOU-12"]


@pytest.mark.parametrize("said", [MY_NUMBER, TOKEN])
def test_nothing_else_does_either(said: str) -> None:
    assert convicted(south("GET", "/v1/pending", 200, {"pending": []}, head=f"OK\nX-Of: {said}")) == [
        "SOU-13"
    ]
    assert convicted(refused("様式に合わない", head=f"OK\nX-Of: {said}")) == ["SOU-13"]
    status = {"enquiry_id": f"e-{said}", "correlation_id": "c", "status": "受付"}
    assert convicted(south("POST", "/v1/enquiries", 202, status)) == ["SOU-13"]
    assert convicted(south("PUT", "/v1/records", 200, f"not json {said}")) == ["SOU-13"]


def test_a_name_in_a_header_is_met_as_the_bytes_that_came() -> None:
    head = b"OK\nX-Of: " + NAME.encode()
    assert convicted(south("GET", "/v1/health", 200, {}, head=head.decode("latin-1"))) == ["SOU-13"]


def test_a_session_belongs_to_one_resident_alone() -> None:
    assert convicted(refused(f"{SESSION} が開いている")) == ["POR-02"]
    shown = {"local_id": "1", "items": {"備考": SESSION}}
    assert convicted(south("POST", "/v1/own-information", 200, shown, session="another")) == ["POR-02"]


def test_whoever_asks_may_hear_his_own_words() -> None:
    assert convicted(refused(f"{NAME} の形でない", request={"name": NAME})) == []
    assert convicted(south("GET", f"/v1/enquiries/{MY_NUMBER}", 404, {"reason": f"{MY_NUMBER} はない"})) == []
    assert convicted(refused(f"{SESSION} は期限切れ", session=SESSION)) == []
    assert convicted(refused(f"{NAME} と {MY_NUMBER}", request={"name": NAME})) == ["SOU-12"]


def test_data_that_are_asked_for_are_no_leak() -> None:
    shown = {"local_id": LOCAL_ID, "items": {"氏名": NAME, "番号": MY_NUMBER}, "reasons": {"氏名": HIDDEN}}
    assert convicted(south("GET", "/v1/enquiries/e-1/result", 200, shown)) == []
    entry = {"local_id": LOCAL_ID, "detail": f"{NAME} {SESSION}"}
    assert convicted(south("GET", "/v1/logs/business?local_id=1", 200, {"entries": [entry]})) == []
    passed_on = {"enquiry_id": "e", "status": "エラー", "error": {"reason": NAME}}
    assert convicted(south("GET", "/v1/enquiries/e", 200, passed_on)) == []


def test_an_id_may_be_made_of_a_local_id() -> None:
    status = {"enquiry_id": f"e-{LOCAL_ID}", "correlation_id": "c", "status": "受付"}
    assert convicted(south("GET", "/v1/batches/b-1", 200, {"batch_id": "b-1", "rows": [status]})) == []
