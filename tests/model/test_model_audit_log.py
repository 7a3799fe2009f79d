"""The audit log against what happened: at least one entry for each refusal, decision, enquiry and look-up, and no false ones."""

from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.history.exchanges import Call, Staff
from harness.model.judges.logs import logs
from tests.model.histories import BEGAN, NOBODY, OFFICER, Told, broken, occasions
from tests.model.kept_logs import Kept, moment

_NOBODYS = "3f0a7c1e-9a52-4b60-8c3d-5e1f2a4b6c7d"
OTHER_OFFICER = Staff("s-2", "child-allowance", None)
ERROR = {"phase": "", "reason": ""}


def refused(told: Told, method: str, path: str, code: str, staff: Staff = NOBODY, status: int = 403) -> Call:
    """A request that was refused."""
    return told.call(method, path, {}, status=status, answer={"code": code, **ERROR}, staff=staff)


SOUTH = [
    ("POST", "/v1/enquiries", "ROLE_NOT_ALLOWED", OFFICER, "s-1", "audit-refused-enquiry"),
    ("POST", "/v1/enquiries", "UNAUTHENTICATED", OFFICER, None, "audit-refused-enquiry"),
    ("POST", "/v1/batches", "INVALID_REQUEST", OFFICER, "s-1", "audit-refused-enquiry"),
    ("GET", "/v1/enquiries/e-1/result", "NOT_READY", NOBODY, None, "audit-refused-request"),
    ("PUT", "/v1/records", "VERSION_STALE", NOBODY, None, "audit-refused-request"),
    ("PUT", "/v1/subjects/1", "LINK_CODE_UNAVAILABLE", NOBODY, None, "audit-refused-request"),
    ("PUT", "/v1/handling", "STAFF_SESSION_EXPIRED", OFFICER, "s-1", "audit-refused-request"),
    ("PUT", "/v1/handling", "STAFF_REQUIRED", Staff("s-1", None, None), None, "audit-refused-request"),
    (
        "POST",
        "/v1/pending/7d0c8a52-3c1e-4a5e-9f0b-0c5d3a1b2e4f/approval",
        "NOT_FOUND",
        OFFICER,
        "s-1",
        "audit-refused-request",
    ),
    ("GET", "/v1/logs/audit", "UNAUTHENTICATED", NOBODY, None, "audit-refused-request"),
    ("POST", "/v1/own-information", "NOT_THE_SUBJECT", NOBODY, None, "audit-refused-request"),
    ("GET", "/v1/pending", "NOT_DECLARED", OFFICER, "s-1", "audit-refused-undeclared"),
]


@pytest.mark.parametrize(("method", "path", "code", "staff", "told_staff", "rule"), SOUTH)
def test_each_refusal_of_the_south_face_is_told(
    method: str, path: str, code: str, staff: Staff, told_staff: str | None, rule: str
) -> None:
    for wrong in (None, "none", "outcome", "code", "staff_id"):
        told = Told()
        kept = Kept(told)
        call = refused(told, method, path, code, staff)
        said: dict[str, Any] = {"outcome": "拒否", "code": code, "staff_id": told_staff}
        said |= {
            "outcome": {"outcome": "成功"},
            "code": {"code": "NOT_FOUND" if code != "NOT_FOUND" else "EXPIRED"},
        }.get(wrong or "", {})
        said |= {"staff_id": "s-9"} if wrong == "staff_id" and told_staff else {}
        if wrong != "none":
            kept.audit(call.span, **said)
        kept.show("audit")
        missing = wrong is not None and (wrong != "staff_id" or told_staff is not None)
        assert (rule in broken(logs, told)) is missing, wrong
        if wrong is None:
            assert broken(logs, told) == []


def test_each_refusal_has_an_entry_of_its_own() -> None:
    for count in (3, 2):
        told = Told()
        kept = Kept(told)
        for _ in range(3):
            call = refused(told, "POST", "/v1/enquiries", "BASIS_NOT_LAWFUL", OFFICER)
        for _ in range(count):
            kept.audit(call.span, "拒否", "BASIS_NOT_LAWFUL", staff_id="s-1")
        kept.show("audit")
        assert broken(logs, told) == (["audit-refused-enquiry"] if count == 2 else [])


def test_an_entry_that_tells_more_stands_for_no_other_refusal() -> None:
    told = Told()
    kept = Kept(told)
    call = refused(told, "POST", "/v1/enquiries", "SUBJECT_UNKNOWN", OFFICER, 404)
    refused(told, "PUT", "/v1/records", "SUBJECT_UNKNOWN", status=404)
    kept.audit(call.span, "拒否", "SUBJECT_UNKNOWN", staff_id="s-1")
    kept.show("audit")
    assert broken(logs, told) == ["audit-refused-request"]


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/nowhere", 404), ("/v1/records/bulk/more", 404), ("/v1/health/more", 401)]
)
def test_an_unknown_path_is_no_refusal_that_must_be_told(path: str, status: int) -> None:
    told = Told()
    kept = Kept(told)
    refused(told, "POST", path, "NOT_FOUND" if status == 404 else "UNAUTHENTICATED", status=status)
    kept.show("audit")
    assert broken(logs, told) == []


@pytest.mark.parametrize("wrong", [None, "none", "message_id", "correlation_id", "code", "outcome"])
def test_each_refusal_of_a_message_is_told(wrong: str | None) -> None:
    told = Told()
    kept = Kept(told)
    delivery = told.deliver(person=told.person("p"), status=410, code="EXPIRED")
    ids: dict[str, Any] = {name: delivery.header[name] for name in ("message_id", "correlation_id")}
    said = {"outcome": "拒否", "code": "EXPIRED", **ids}
    if wrong in ("message_id", "correlation_id"):
        said[wrong] = None
    elif wrong:
        said |= {"code": {"code": "REPLAYED"}, "outcome": {"outcome": "成功"}}.get(wrong, {})
    if wrong != "none":
        kept.audit(delivery.span, **said)
    kept.show("audit")
    assert ("audit-refused-message" in broken(logs, told)) is (wrong is not None)
    assert (broken(logs, told) == []) is (wrong is None)


@pytest.mark.parametrize("ids", [{}, {"message_id": _NOBODYS}, {"correlation_id": _NOBODYS}])
def test_ids_of_a_message_that_nobody_signed_are_open(ids: dict[str, Any]) -> None:
    for code in ("SIGNATURE_INVALID", "MALFORMED"):
        told = Told()
        kept = Kept(told)
        delivery = told.deliver(
            person=told.person("p"), status=401, code=code, alteration="unsigned", token="e30.e30."
        )
        kept.audit(delivery.span, "拒否", code, recorded_at=moment(BEGAN + 8), **ids)
        kept.show("audit")
        assert broken(logs, told) == []
        told.exchanges.pop()
        kept.show("audit", entries=[])
        assert broken(logs, told) == ["audit-refused-message"]


def decided(decision: str) -> tuple[Kept, Call, str]:
    """By an officer, about an enquiry of a partner."""
    told = Told()
    asked = told.deliver(person=told.person("p"))
    id_ = str(asked.header["correlation_id"])
    body = {"reason": "支援措置"} if decision == "refusal" else {}
    call = told.call("POST", f"/v1/pending/{id_}/{decision}", body, caller="staff", staff=OFFICER)
    return Kept(told), call, id_


@pytest.mark.parametrize(
    ("decision", "outcome", "code", "rule"),
    [
        ("approval", "成功", None, "audit-approval"),
        ("refusal", "拒否", "REFUSED_BY_STAFF", "audit-refusal-by-staff"),
    ],
)
@pytest.mark.parametrize("wrong", [None, "none", "staff_id", "correlation_id", "outcome", "code"])
def test_each_decision_is_told(
    decision: str, outcome: str, code: str | None, rule: str, wrong: str | None
) -> None:
    kept, call, id_ = decided(decision)
    said: dict[str, Any] = {"outcome": outcome, "code": code, "staff_id": "s-1", "correlation_id": id_}
    if wrong in ("staff_id", "correlation_id"):
        said[wrong] = None
    elif wrong:
        said |= {
            "outcome": {"outcome": "成功" if outcome == "拒否" else "拒否", "code": "REFUSED_BY_STAFF"}
        }.get(wrong, {})
        said |= {"code": "NOT_FOUND"} if wrong == "code" and code else {}
    if wrong != "none":
        kept.audit(call.span, **said)
    kept.show("audit")
    missing = wrong is not None and (wrong != "code" or code is not None)
    assert (rule in broken(logs, kept.told)) is missing
    assert (broken(logs, kept.told) == []) is not missing


def test_an_approval_that_found_no_record_may_be_told_as_such() -> None:
    kept, call, id_ = decided("approval")
    asked = kept.told.exchanges[0]
    content = {"code": "RECORD_NOT_FOUND", **ERROR}
    kept.told.send("エラー", kept.told.persons[0], content, asked=asked)
    kept.audit(call.span, "拒否", "RECORD_NOT_FOUND", staff_id="s-1", correlation_id=id_)
    kept.show("audit")
    assert broken(logs, kept.told) == []


def enquired(told: Told, staff: Staff = OFFICER) -> tuple[Call, str]:
    """Accepted from staff."""
    id_ = new_id()
    answer = {"enquiry_id": f"e-{id_}", "correlation_id": id_, "status": "受付", "error": None}
    return told.call("POST", "/v1/enquiries", {"local_id": "1"}, status=202, answer=answer, staff=staff), id_


@pytest.mark.parametrize("wrong", [None, "none", "staff_id", "correlation_id", "outcome"])
def test_each_enquiry_of_staff_is_told(wrong: str | None) -> None:
    told = Told()
    kept = Kept(told)
    call, id_ = enquired(told)
    _, other = enquired(told, OTHER_OFFICER)
    said: dict[str, Any] = {"outcome": "成功", "staff_id": "s-1", "correlation_id": id_}
    said |= {"staff_id": {"staff_id": "s-2"}, "correlation_id": {"correlation_id": other}}.get(
        wrong or "", {}
    )
    said |= {"outcome": "拒否", "code": "EXPIRED"} if wrong == "outcome" else {}
    if wrong != "none":
        kept.audit(call.span, **said)
    kept.audit(call.span, staff_id="s-2", correlation_id=other)
    kept.show("audit")
    assert ("audit-enquiry" in broken(logs, told)) is (wrong is not None)
    assert (broken(logs, told) == []) is (wrong is None)


def batch(told: Told, staff: Staff = OFFICER) -> tuple[Call, list[str]]:
    """Three rows, one of which is refused."""
    ids = [new_id(), new_id()]
    rows: list[dict[str, Any]] = [
        {"enquiry_id": f"e-{id_}", "correlation_id": id_, "status": "受付", "error": None} for id_ in ids
    ]
    error = {"code": "SUBJECT_UNKNOWN", **ERROR}
    rows.append({"enquiry_id": None, "correlation_id": None, "status": "エラー", "error": error})
    body = {"rows": [{"local_id": "1"}, {"local_id": "2"}, {"local_id": "3"}]}
    answer = {"batch_id": "b", "rows": rows}
    return told.call("POST", "/v1/batches", body, status=202, answer=answer, staff=staff), ids


def test_each_row_of_a_batch_is_an_enquiry_of_staff() -> None:
    for told_rows in (2, 1):
        told = Told()
        kept = Kept(told)
        call, ids = batch(told)
        for id_ in ids[:told_rows]:
            kept.audit(call.span, staff_id="s-1", correlation_id=id_)
        kept.show("audit")
        assert broken(logs, told) == ([] if told_rows == 2 else ["audit-enquiry"])
        assert ("audit-enquiry", "バッチ") in occasions(logs, told)


def test_an_id_of_staff_beyond_ascii_may_be_told_in_any_way() -> None:
    told = Told()
    kept = Kept(told)
    call, ids = batch(told, Staff("職員", OFFICER.role, None))
    for id_ in ids:
        kept.audit(call.span, staff_id=None, correlation_id=id_)
    kept.show("audit")
    assert broken(logs, told) == []


def test_a_row_that_is_not_taken_may_be_told_or_not() -> None:
    told = Told()
    kept = Kept(told)
    call, ids = batch(told)
    for id_ in ids:
        kept.audit(call.span, staff_id="s-1", correlation_id=id_)
    late = {"recorded_at": moment(BEGAN + 8)}
    kept.audit(call.span, "拒否", "SUBJECT_UNKNOWN", staff_id="s-1", correlation_id=new_id(), **late)
    kept.show("audit")
    assert broken(logs, told) == []


def test_a_look_up_is_told_under_its_own_id() -> None:
    for id_ in (new_id(), None):
        told = Told()
        kept = Kept(told)
        answer = {
            "lookup_id": id_ or new_id(),
            "local_id": "1",
            "information": "地方税関係情報",
            "key": {},
            "items": {},
        }
        call = told.call("POST", "/v1/own-information", {"local_id": "1"}, answer=answer)
        kept.audit(call.span, correlation_id=id_)
        kept.show("audit")
        assert broken(logs, told) == ([] if id_ else ["audit-look-up"])
