"""South face: the first fault of the list decides, for every request; what is proper is taken."""

from typing import Any

import pytest

from harness.model.history.exchanges import Staff
from harness.model.south.outcomes import NO_FAULT
from harness.model.south.requests import REQUESTS
from tests.model.histories import BEGAN
from tests.model.south_told import OFFICER, RECORD, WISH, asked, last, moment, verdicts

NAMES = tuple(request.name for request in REQUESTS)
ACTED = tuple(request.name for request in REQUESTS if request.acts)
ASKED = tuple(request.name for request in REQUESTS if request.caller)
WITH_BODY = tuple(request.name for request in REQUESTS if request.body)
TOKENS = {
    "": "トークンなし",
    "unknown": "知らないトークン",
    "business": "business",
    "staff": "staff",
    "audit": "audit",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_proper_is_taken(name: str) -> None:
    assert verdicts(name) == []
    assert ("request-taken", name) in last(asked(name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", [100, 302, 400, 500, 503])
def test_what_is_proper_is_not_answered_otherwise(name: str, status: int) -> None:
    assert verdicts(name, status=status, answer={}) == ["request-taken"]


@pytest.mark.parametrize("name", NAMES)
def test_success_has_the_status_of_the_table(name: str) -> None:
    assert verdicts(name, status=204) == ["done-status"]


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("caller", TOKENS)
def test_row_1(name: str, caller: str) -> None:
    wanted = next(request.caller for request in REQUESTS if request.name == name)
    if caller == wanted:
        assert verdicts(name, caller=caller, code="UNAUTHENTICATED")[0].startswith("token-")
        assert (verdicts(name)) == []
        return
    assert verdicts(name, caller=caller, code="UNAUTHENTICATED") == []
    (rule,) = verdicts(name, caller=caller)
    assert rule.startswith("token-")
    assert (rule, f"{name}: {TOKENS[caller]}") in last(asked(name, caller=caller))
    assert verdicts(name, caller=caller, code="KEY_NOT_VALID") == [rule]


def test_health_needs_no_token() -> None:
    assert verdicts("GET /v1/health", caller="unknown") == []
    assert verdicts("GET /v1/health", code="UNAUTHENTICATED") == ["request-taken"]


@pytest.mark.parametrize("name", ACTED)
@pytest.mark.parametrize("header", ["id", "role"])
@pytest.mark.parametrize(
    ("value", "variant"), [(None, "ない・空"), ("", "ない・空"), ("  ", "ない・空"), ("a" * 61, "長い")]
)
def test_row_2(name: str, header: str, value: str | None, variant: str) -> None:
    staff = Staff(value, OFFICER.role, None) if header == "id" else Staff(OFFICER.id, value, None)
    rule = "staff-enquiries" if "/enquiries" in name or "/batches" in name else "staff-others"
    assert verdicts(name, staff=staff, code="STAFF_REQUIRED") == []
    assert verdicts(name, staff=staff) == [rule]
    assert verdicts(name, staff=staff, code="NOT_THE_SUBJECT") == [rule]
    words = f"{name}: X-Staff-{header.title()} {variant}"
    assert (rule, words) in last(asked(name, staff=staff, code="STAFF_REQUIRED"))


@pytest.mark.parametrize("name", ACTED)
def test_an_id_of_sixty_characters_is_taken(name: str) -> None:
    staff = Staff("a b" + "c" * 57, OFFICER.role, None)
    assert verdicts(name, staff=staff) == []
    assert verdicts(name, staff=staff, code="STAFF_REQUIRED")[0].startswith("staff-")


@pytest.mark.parametrize("name", ACTED)
def test_ids_beyond_ascii_and_controls_are_free(name: str) -> None:
    for staff_id in ("職員1", "a\tb", "é"):
        staff = Staff(staff_id, OFFICER.role, None)
        assert verdicts(name, staff=staff) == verdicts(name, staff=staff, code="STAFF_REQUIRED") == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ACTED])
def test_staff_headers_are_ignored_where_none_are_asked_for(name: str) -> None:
    staff = Staff("a" * 61, None, "yesterday")
    assert verdicts(name, staff=staff) == []
    assert verdicts(name, staff=staff, code="STAFF_REQUIRED") == ["request-taken"]


@pytest.mark.parametrize("name", ACTED)
def test_the_session_of_staff(name: str) -> None:
    said = {
        "過ぎた": moment(BEGAN - 3600),
        "時刻でない": "2027-02-30T00:00:00Z",
        NO_FAULT: moment(BEGAN + 3600),
    }
    for variant, until in said.items():
        staff = Staff("staff-1", "child-allowance", until)
        refused, taken = (
            verdicts(name, staff=staff, code="STAFF_SESSION_EXPIRED"),
            verdicts(name, staff=staff),
        )
        wrong, right = (refused, taken) if variant == NO_FAULT else (taken, refused)
        assert (len(wrong), right) == (1, [])
        assert wrong[0].startswith("session-")
        assert (wrong[0], f"{name}: {variant}") in last(asked(name, staff=staff))


@pytest.mark.parametrize(
    "until",
    [
        *("", "2027-01-15T08:00:06Z", "2099-01-01 00:00:00Z", "2099-01-01t00:00:00z"),
        *("2099-06-30T23:59:60Z", "9999-12-31T23:59:59Z", "2099-01-01T00:00:00-00:00"),
    ],
)
def test_ends_of_a_session_that_are_left_open(until: str) -> None:
    staff = Staff("staff-1", "child-allowance", until)
    name = "GET /v1/pending"
    assert verdicts(name, staff=staff) == verdicts(name, staff=staff, code="STAFF_SESSION_EXPIRED") == []


@pytest.mark.parametrize(
    "until",
    [
        *("2027-01-15T08:00", "2027-01-15T12:00:00", "2099-01-01", "tomorrow", "2099-01-01T00:00:00+0900"),
        *("2027-01-15T16:59:00+09:00", "2099-13-01T00:00:00Z", "4102444800", "2099-01-01T24:00:00Z"),
    ],
)
def test_moments_are_compared_and_texts_are_none(until: str) -> None:
    assert verdicts("GET /v1/pending", staff=Staff("staff-1", "auditor", until)) == ["session-others"]


def test_an_offset_counts() -> None:
    staff = Staff("staff-1", "auditor", "2027-01-15T07:00:00-09:00")
    assert verdicts("GET /v1/pending", staff=staff) == []
    assert verdicts("GET /v1/pending", staff=staff, code="STAFF_SESSION_EXPIRED") == ["session-others"]


@pytest.mark.parametrize("name", WITH_BODY)
@pytest.mark.parametrize(
    ("other", "variant"),
    [
        ({"raw": b"{"}, "JSON でない"),
        ({"raw": b'{"a": NaN}'}, "JSON でない"),
        ({"raw": "{}".encode("utf-16")}, "UTF-8 でない"),
        ({"raw": '{"a": "é"}'.encode("latin-1")}, "UTF-8 でない"),
        ({"raw": b""}, "本文がない"),
        ({"body": None}, "本文がない"),
        ({"body": []}, "型"),
        ({"body": {"further": 1}}, None),
        ({"changed": {"further": 1}}, "余分な項目"),
    ],
)
def test_row_3(name: str, other: dict[str, Any], variant: str | None) -> None:
    assert verdicts(name, code="INVALID_REQUEST", **other) == []
    (rule,) = verdicts(name, **other)
    assert rule.startswith("form-")
    assert variant is None or (rule, f"{name}: {variant}") in last(asked(name, **other))
    assert verdicts(name, code="INVALID_REQUEST")[0].startswith("form-")


WRONG: dict[str, list[tuple[dict[str, Any], str]]] = {
    "POST /v1/enquiries": [
        ({"basis": {**WISH["basis"], "further": "1"}}, "余分な項目（内側）"),
        ({"basis": {"table": "2015-09-09"}}, "項目が足りない（内側）"),
        ({"basis": {"table": "2015-09-09", "item": 57}}, "型（内側）"),
        ({"basis": {"table": "2015-09-09", "item": "5" * 21}}, "長い（内側）"),
        ({"mode": None}, "項目が足りない"),
        ({"mode": "online"}, "語"),
        ({"to": "40130"}, "形"),
        ({"to": 401307}, "型"),
        ({"affair": "a" * 401}, "長い"),
        ({"affair": ""}, "短い"),
        ({"key": {"a": "𠮷" * 101}}, "長い（内側）"),
        ({"key": {str(n): "" for n in range(11)}}, "項目が多い"),
        ({"expires_in_seconds": 0}, "小さい"),
        ({"expires_in_seconds": 86_401}, "大きい"),
        ({"expires_in_seconds": True}, "型"),
        ({"local_id": "a" * 21}, "形"),
    ],
    "POST /v1/batches": [
        ({"rows": []}, "件数が少ない"),
        ({"rows": [{**WISH, "mode": "バッチ"}]}, "余分な項目（内側）"),
    ],
    "POST /v1/records/bulk": [({"records": [RECORD, {**RECORD, "items": {"a": 1.5}}]}, "型（内側）")],
    "PUT /v1/records": [({"items": {"a": 2**53}}, "大きい（内側）"), ({"items": {"a": True}}, "型（内側）")],
    "PUT /v1/subjects/{local_id}": [
        ({"my_number": "1"}, "形"),
        ({"sex": "3"}, "語"),
        ({"name": "𠮷" * 201}, "長い"),
    ],
}


@pytest.mark.parametrize(
    ("name", "changed", "variant"), [(n, c, v) for n, rows in WRONG.items() for c, v in rows]
)
def test_every_member_is_held_to_its_schema(name: str, changed: dict[str, Any], variant: str) -> None:
    assert verdicts(name, changed=changed, code="INVALID_REQUEST") == []
    (rule,) = verdicts(name, changed=changed)
    assert (rule, f"{name}: {variant}") in last(asked(name, changed=changed))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("PUT /v1/subjects/{local_id}", {"name": "𠮷" * 200}),
        ("PUT /v1/records", {"items": {"a": "𠮷" * 2000}}),
        ("POST /v1/enquiries", {"expires_in_seconds": 86_400}),
        ("POST /v1/enquiries", {"key": {"ほかの項目": "x"}}),
        ("PUT /v1/handling", {"reason": ""}),
    ],
)
def test_what_just_meets_the_schema_is_taken(name: str, changed: dict[str, Any]) -> None:
    assert verdicts(name, changed=changed) == []
    assert verdicts(name, changed=changed, code="INVALID_REQUEST")[0].startswith("form-")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("PUT /v1/subjects/{local_id}", {"changed": {"birth_date": "2012-02-30"}}),
        ("POST /v1/enquiries", {"changed": {"expires_in_seconds": 60.0}}),
        ("POST /v1/imports", {"changed": {"information": "知らない情報"}}),
        ("POST /v1/imports", {"changed": {"file": "QQ"}}),
        ("POST /v1/own-information", {"raw": b'{"local_id": "1", "local_id": "2"}'}),
        ("POST /v1/records/deletion", {"raw": b"\xef\xbb\xbf{}"}),
        ("GET /v1/logs/access", {"path": "/v1/logs/access?since=yesterday"}),
    ],
)
def test_what_the_text_leaves_open_is_free(name: str, other: dict[str, Any]) -> None:
    assert verdicts(name, **other) == verdicts(name, code="INVALID_REQUEST", **other) == []


def test_a_local_id_in_the_path_has_its_form() -> None:
    name = "PUT /v1/subjects/{local_id}"
    for local_id, wrong in (("a_b", True), ("a" * 21, True), ("１", True), ("a" * 20, False)):
        path = f"/v1/subjects/{local_id}"
        assert verdicts(name, path=path) == (["form-others"] if wrong else [])
        assert verdicts(name, path=path, code="INVALID_REQUEST") == ([] if wrong else ["form-others"])


def test_too_many_records() -> None:
    name, body = "POST /v1/records/bulk", {"records": [], "records_in_all": 20_001}
    assert verdicts(name, body=body) == ["form-bulk"]
    assert verdicts(name, body=body, code="INVALID_REQUEST") == []
