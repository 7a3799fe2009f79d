"""The south face over the wire: who may ask, what is refused, what is registered."""

from typing import Any

import httpx
import pytest

from harness.contract.keys import bench_keys as keys_of
from harness.contract.schemas import problem_with
from tests.gateway.fake_network import AFFAIR, TAX, FakeNetwork, enquiry, link_code, post, sealed
from tests.gateway.gateway_process import TOKENS, Gateway, subject, tax_items, wish

NOBODY = "00000000-0000-4000-8000-000000000000"  # a correlation id of nothing
HANDLING = {"scope": "affair", "key": AFFAIR, "mode": "自動", "reason": ""}
RECORD = {"local_id": "1", "information": TAX, "key": {"相当年度": "2011"}, "items": {}}
OPERATIONS: tuple[tuple[str, str, str, Any], ...] = (
    ("PUT", "/v1/subjects/1", "business", subject("t")),
    ("PUT", "/v1/records", "business", RECORD),
    ("POST", "/v1/records/bulk", "business", {"records": [RECORD]}),
    ("PUT", "/v1/handling", "staff", HANDLING),
    ("POST", "/v1/enquiries", "business", wish("1")),
    ("GET", "/v1/enquiries/x", "business", None),
    ("GET", "/v1/enquiries/x/result", "business", None),
    ("GET", "/v1/pending", "staff", None),
    ("POST", f"/v1/pending/{NOBODY}/approval", "staff", {}),
    ("POST", f"/v1/pending/{NOBODY}/refusal", "staff", {"reason": "x"}),
    ("GET", "/v1/logs/access", "audit", None),
    ("GET", "/v1/logs/audit", "audit", None),
    ("GET", "/v1/logs/business", "audit", None),
)
ACTING = [o for o in OPERATIONS if o[2] == "staff" or o[1] == "/v1/enquiries"]


def test_health_says_who_the_gateway_is(clean: Gateway) -> None:
    health = clean.call("GET", "/v1/health", "").json()
    keys = keys_of("221007")
    assert health["keys"] == {"signature": keys.signature.kid, "encryption": keys.encryption.kid}
    assert (health["organisation"], health["contract"]) == ("221007", "1")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: f"{o[0]} {o[1].split('/')[2]}")
def test_only_its_own_token_opens_a_door(clean: Gateway, operation: tuple[str, str, str, Any]) -> None:
    method, path, caller, body = operation
    for token in ("", "Basic dG9rZW4=", "nonsense", *(t for c, t in TOKENS.items() if c != caller)):
        headers = {"Authorization": f"Bearer {token}" if token else ""}
        reply = clean.call(method, path, caller, body, **headers)
        assert (reply.status_code, reply.json()["code"]) == (401, "UNAUTHENTICATED")
    codes = [e["code"] for e in clean.log("audit") if e["action"].startswith(f"{method} {path[:12]}")]
    assert codes.count("UNAUTHENTICATED") >= 5


@pytest.mark.parametrize("operation", ACTING, ids=lambda o: f"{o[0]} {o[1].split('/')[2]}")
@pytest.mark.parametrize(
    "headers", [{"X_Staff_Id": ""}, {"X_Staff_Role": ""}, {"X_Staff_Id": "a" * 61}, {"X_Staff_Role": "a\tb"}]
)
def test_somebody_must_act(
    clean: Gateway, operation: tuple[str, str, str, Any], headers: dict[str, str]
) -> None:
    method, path, caller, body = operation
    reply = clean.call(method, path, caller, body, **headers)
    assert (reply.status_code, reply.json()["code"]) == (403, "STAFF_REQUIRED")


@pytest.mark.parametrize(
    ("method", "path", "caller", "body"),
    [
        ("PUT", "/v1/subjects/1", "business", {**subject("t"), "birth_date": "1980-02-30"}),
        ("PUT", "/v1/subjects/1", "business", {**subject("t"), "name": "\ud800"}),
        ("PUT", "/v1/subjects/12345678901234567890123", "business", subject("t")),
        ("PUT", "/v1/records", "business", []),
        ("POST", "/v1/records/bulk", "business", {"records": []}),
        ("POST", "/v1/records/bulk", "business", {"records": [{"local_id": "1"}]}),
        ("PUT", "/v1/handling", "staff", {**HANDLING, "mode": "半自動"}),
        ("POST", "/v1/enquiries", "business", {**wish("1"), "expires_in_seconds": 0}),
        ("POST", f"/v1/pending/{NOBODY}/approval", "staff", {"yes": True}),
        ("POST", f"/v1/pending/{NOBODY}/refusal", "staff", {"reason": ""}),
    ],
)
def test_a_body_that_does_not_meet_its_schema_is_refused(
    clean: Gateway, method: str, path: str, caller: str, body: Any
) -> None:
    reply = clean.call(method, path, caller, body)
    assert (reply.status_code, reply.json()["code"]) == (422, "INVALID_REQUEST")


def test_what_is_no_json_is_refused(clean: Gateway) -> None:
    headers = {"Authorization": f"Bearer {TOKENS['business']}"}
    for content in (b"", b"{", b"\xff", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"):
        reply = clean.client.put("/v1/records", content=content, headers=headers)
        assert (reply.status_code, reply.json()["code"]) == (422, "INVALID_REQUEST")


def test_unknown_things_are_not_found(clean: Gateway) -> None:
    for path, caller in (("/v1/enquiries/x", "business"), ("/v1/nothing", "business"), ("/", "business")):
        reply = clean.call("GET", path, caller)
        assert (reply.status_code, reply.json()["code"]) == (404, "NOT_FOUND")
    assert clean.decide(NOBODY, "approval").json()["code"] == "NOT_FOUND"
    for path, body in (("/v1/records", {**RECORD, "local_id": "404"}),):
        assert clean.call("PUT", path, "business", body).json()["code"] == "SUBJECT_UNKNOWN"
    handling = {**HANDLING, "scope": "subject", "key": "404"}
    assert clean.call("PUT", "/v1/handling", "staff", handling).json()["code"] == "SUBJECT_UNKNOWN"


def test_an_unknown_method_keeps_405(clean: Gateway) -> None:
    reply = clean.client.request("DELETE", "/v1/records")
    assert (reply.status_code, reply.headers["Allow"]) == (405, "PUT")
    assert problem_with("error", reply.json()) is None


def test_a_subject_is_registered_once_and_replaced_after(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    path = f"/v1/subjects/{person}"
    statuses = [clean.call("PUT", path, body=subject(t)).status_code for t in ("u1", "u1", "u2", "u1")]
    assert statuses == [201, 200, 200, 200]
    assert [t for t in network.asked if t in {"u1", "u2"}] == ["u1", "u2", "u1"]
    clean.put(person, TAX, {"相当年度": "2011"}, tax_items())
    for token, kind in (("u2", "エラー"), ("u1", "照会応答")):
        asked = enquiry(link_code(token))
        assert post(clean.north, sealed(asked)).status_code == 202
        assert network.answer_to(asked.header.correlation_id).header.kind == kind


def test_no_link_code_no_subject(clean: Gateway, person: str) -> None:
    reply = clean.call("PUT", f"/v1/subjects/{person}", body=subject("unknown"))
    assert (reply.status_code, reply.json()["code"]) == (502, "LINK_CODE_UNAVAILABLE")
    record = {**RECORD, "local_id": person}
    assert clean.call("PUT", "/v1/records", body=record).json()["code"] == "SUBJECT_UNKNOWN"


def test_two_residents_never_share_a_link_code(clean: Gateway, person: str) -> None:
    clean.register(person, f"t-{person}")
    reply = clean.call("PUT", f"/v1/subjects/9{person[1:]}", body=subject(f"t-{person}"))
    assert (reply.status_code, reply.json()["code"]) == (502, "LINK_CODE_UNAVAILABLE")


def test_bulk_takes_or_reports_each_record(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    rows = [{**RECORD, "local_id": i, "items": {"総所得額": 1}} for i in (person, "404", person)]
    result = clean.call("POST", "/v1/records/bulk", body={"records": rows}).json()
    assert result["accepted"] == 2
    assert [(e["index"], e["code"]) for e in result["errors"]] == [(1, "SUBJECT_UNKNOWN")]


def test_answers_come_without_waiting_for_an_acknowledgement(clean: Gateway) -> None:
    """Without TCP_NODELAY every one of these takes 40 ms."""
    with httpx.Client(base_url=clean.client.base_url) as client:
        seconds = [client.get("/v1/health").elapsed.total_seconds() for _ in range(30)]
    assert sorted(seconds)[15] < 0.02


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2099-12-31T23:59:60Z", True),
        ("9999-12-31T23:59:59-23:59", True),
        ("2099-02-28T12:00:00.123456789012+23:59", True),
        ("2016-12-31T23:59:60Z", False),
        ("0000-01-01T00:00:00Z", False),
        ("0001-01-01T00:00:00+23:59", False),
        ("2099-12-31T24:00:00Z", False),
        ("2099-12-31T23:59:61Z", False),
        ("2099-W10-1T00:00:00Z", False),
        ("2099-12-31", False),
    ],
)
def test_a_moment_of_the_south_is_one_or_is_none(clean: Gateway, moment: str, *, holds: bool) -> None:
    reply = clean.call("GET", "/v1/pending", "staff", X_Staff_Valid_Until=moment)
    assert reply.status_code == (200 if holds else 403)
    for log in ("access", "audit"):
        for bound in ("since", "until"):
            clean.log(log, **{bound: moment.replace("+", "%2B")})


@pytest.mark.parametrize(
    "body",
    [
        b'{"scope":"subject","scope":"affair","key":"x","mode":"\xe8\x87\xaa\xe5\x8b\x95","reason":""}',
        "\ufeff{}".encode(),
        "{}".encode("utf-16"),
        b'{"reason":NaN}',
        b'{"reason":' + b"[" * 950 + b"]" * 950 + b"}",
    ],
)
def test_what_is_no_json_of_the_contract_is_no_request(clean: Gateway, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {TOKENS['staff']}", "X-Staff-Id": "s", "X-Staff-Role": "r"}
    reply = clean.client.put("/v1/handling", content=body, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (422, "INVALID_REQUEST")
