"""What entries of the audit log claim: ids, persons and codes of what happened, and its time."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.judges.logs import logs
from tests.model.histories import BEGAN, OFFICER, Told, broken
from tests.model.kept_logs import Kept, moment
from tests.model.test_model_audit_log import OTHER_OFFICER, enquired, refused

LATE = {"recorded_at": moment(BEGAN + 20)}
FALSE: dict[str, tuple[Callable[[str], dict[str, Any]], bool]] = {
    "an unknown message": (lambda id_: {"message_id": new_id()}, True),
    "an unknown message of a known correlation": (
        lambda id_: {"message_id": new_id(), "correlation_id": id_},
        False,
    ),
    "an unknown correlation": (lambda id_: {"correlation_id": new_id()}, True),
    "staff who did nothing": (lambda id_: {"staff_id": "s-9"}, True),
    "staff of another enquiry": (lambda id_: {"staff_id": "s-2", "correlation_id": id_}, True),
    "staff of the enquiry": (lambda id_: {"staff_id": "s-1", "correlation_id": id_}, False),
    "staff without an enquiry": (lambda id_: {"staff_id": "s-2"}, False),
    "a code that nobody had": (lambda id_: {"outcome": "拒否", "code": "KEY_NOT_VALID"}, True),
    "a code that the enquiry had not": (
        lambda id_: {"outcome": "拒否", "code": "KEY_NOT_VALID", "correlation_id": id_},
        True,
    ),
    "what was given up": (
        lambda id_: {"outcome": "拒否", "code": "UNDELIVERED", "correlation_id": id_},
        False,
    ),
    "what expired": (lambda id_: {"correlation_id": id_, "message_id": id_}, False),
    "nothing in particular": (lambda id_: {}, False),
}


@pytest.mark.parametrize("how", FALSE)
def test_nothing_is_told_that_did_not_happen(how: str) -> None:
    claim, judged = FALSE[how]
    told = Told()
    kept = Kept(told)
    call, id_ = enquired(told)
    other_call, other = enquired(told, OTHER_OFFICER)
    kept.audit(call.span, staff_id="s-1", correlation_id=id_)
    kept.audit(other_call.span, staff_id="s-2", correlation_id=other)
    kept.audit(call.span, **({"outcome": "成功"} | claim(id_) | LATE))
    kept.show("audit")
    assert broken(logs, told) == (["audit-truthful"] if judged else [])


def test_a_request_may_be_told_with_what_it_named() -> None:
    """Who looked at the list or at a log, and an enquiry that was asked for by its own id."""
    told = Told()
    kept = Kept(told)
    call, id_ = enquired(told)
    kept.audit(call.span, staff_id="s-1", correlation_id=id_)
    enquiry_id = call.answer["enquiry_id"] if isinstance(call.answer, dict) else ""
    refusal = refused(told, "GET", f"/v1/enquiries/{enquiry_id}/result", "NOT_READY")
    kept.audit(refusal.span, "拒否", "NOT_READY", correlation_id=id_)
    looked = told.call(
        "GET", f"/v1/logs/access?correlation_id={id_}", caller="business", status=401, staff=OTHER_OFFICER
    )
    kept.audit(looked.span, staff_id="s-2", correlation_id=id_)
    kept.show("audit")
    assert broken(logs, told) == []


def test_an_empty_id_is_nobodys() -> None:
    """A filter or a path that names nothing makes nothing of those entries that name nothing."""
    told = Told()
    kept = Kept(told)
    call = refused(told, "POST", "/v1/enquiries", "ROLE_NOT_ALLOWED", OFFICER)
    kept.audit(call.span, "拒否", "ROLE_NOT_ALLOWED", staff_id="s-1")
    told.call(
        "GET", "/v1/logs/audit?correlation_id=", caller="audit", answer={"entries": []}, staff=OTHER_OFFICER
    )
    refused(told, "POST", "/v1/pending//approval", "NOT_FOUND", OTHER_OFFICER)
    told.deliver(
        person=told.person("p"), status=400, code="MALFORMED", header={"message_id": ""}, token="e30.e30.e30"
    )
    _, id_ = enquired(told)
    kept.audit(told.exchanges[-1].span, staff_id="s-1", correlation_id=id_)
    kept.audit(told.exchanges[-2].span, "拒否", "MALFORMED")
    kept.audit(told.exchanges[-3].span, "拒否", "NOT_FOUND", staff_id="s-2")
    kept.show("audit")
    assert broken(logs, told) == []


def test_what_nobody_answered_may_have_been_anything() -> None:
    told = Told()
    kept = Kept(told)
    told.call("POST", "/v1/enquiries", {"local_id": "1"}, status=None, staff=OFFICER)
    delivery = told.deliver(person=told.person("p"), status=None, problem="TIMED_OUT")
    kept.audit(delivery.span, staff_id="s-1", correlation_id=new_id(), **LATE)
    kept.audit(delivery.span, "拒否", "KEY_NOT_VALID", message_id=delivery.header["message_id"], **LATE)
    kept.show("audit")
    assert broken(logs, told) == []


@pytest.mark.parametrize(("off", "judged"), [(9 * 3600, True), (-3600, True), (-4, False), (4, False)])
def test_an_entry_has_the_time_of_what_happened(off: float, judged: bool) -> None:
    told = Told()
    kept = Kept(told)
    call, id_ = enquired(told)
    kept.audit(call.span, staff_id="s-1", correlation_id=id_)
    kept.audit(call.span, correlation_id=id_, recorded_at=moment(call.span.end + off))
    kept.show("audit")
    assert ("audit-recorded-at" in broken(logs, told)) is judged


def test_entries_of_an_earlier_run_are_nobodys_business() -> None:
    told = Told()
    kept = Kept(told)
    call, id_ = enquired(told)
    kept.audit(call.span, staff_id="s-9", correlation_id=new_id(), recorded_at=moment(BEGAN - 3600))
    kept.audit(call.span, staff_id="s-1", correlation_id=id_)
    kept.show("audit")
    assert broken(logs, told) == []


def test_what_was_refused_in_another_run_stands_for_nothing() -> None:
    told = Told()
    kept = Kept(told)
    call = refused(told, "PUT", "/v1/records", "SUBJECT_UNKNOWN", status=404)
    kept.audit(call.span, "拒否", "SUBJECT_UNKNOWN", recorded_at=moment(BEGAN - 3600))
    kept.show("audit")
    assert broken(logs, told) == ["audit-refused-request"]
