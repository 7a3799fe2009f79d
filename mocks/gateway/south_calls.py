"""What each request of the south face does: one function a row of guide §2, answering status and JSON object."""

import time
from dataclasses import dataclass
from typing import Any

from harness.contract.messages import Mode, timestamp
from harness.contract.refusals import RefusedError
from mocks.gateway import providing, requesting
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Staff
from mocks.gateway.functions import Functions
from mocks.gateway.health import health
from mocks.web.http_json import must_meet

PRODUCT = "renkei 参照ゲートウェイ"
Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Call:
    """An authenticated request: path and query parameters, a body that meets its schema, the acting person."""

    functions: Functions
    path: dict[str, str]
    query: dict[str, str]
    body: dict[str, Any]
    staff: Staff
    portal_session: str | None = None


async def get_health(call: Call) -> Answer:
    """GET /v1/health."""
    functions = call.functions
    tables = functions.offers.tables()
    return 200, health(functions.linkage.organisation, functions.crypto.keys, PRODUCT, tables)


async def put_subject(call: Call) -> Answer:
    """PUT /v1/subjects/{local_id}. Raises RefusedError INVALID_REQUEST or LINK_CODE_UNAVAILABLE."""
    functions, local_id = call.functions, call.path["local_id"]
    registered = {"local_id": local_id}
    must_meet("registered", registered)
    token = call.body["enrolment_token"]
    link_code = functions.ids.link_code_redeemed_with(local_id, token) or await _redeem(functions, token)
    with functions.storage.transaction():
        is_new = functions.ids.register(local_id, call.body, link_code)
    return (201 if is_new else 200), registered


async def put_record(call: Call) -> Answer:
    """PUT /v1/records. Raises RefusedError SUBJECT_UNKNOWN."""
    with call.functions.storage.transaction():
        put(call.functions, call.body)
    return 200, {}


async def post_deletion(call: Call) -> Answer:
    """POST /v1/records/deletion. Raises RefusedError SUBJECT_UNKNOWN or NOT_FOUND."""
    if not call.functions.ids.is_known(call.body["local_id"]):
        raise RefusedError("SUBJECT_UNKNOWN")
    call.functions.records.delete(call.body)
    return 200, {}


async def post_records(call: Call) -> Answer:
    """POST /v1/records/bulk: one transaction, but each record is taken or reported for itself."""
    functions, records, errors = call.functions, call.body["records"], []
    with functions.storage.transaction():
        for index, record in functions.records.in_order(records):
            try:
                put(functions, record)
            except RefusedError as refused:
                errors.append(functions.records.reported(index, refused))
    return 200, {"accepted": len(records) - len(errors), "errors": errors}


async def put_handling(call: Call) -> Answer:
    """PUT /v1/handling. Raises RefusedError SUBJECT_UNKNOWN."""
    functions, body = call.functions, call.body
    if body["scope"] == "subject" and not functions.ids.is_known(body["key"]):
        raise RefusedError("SUBJECT_UNKNOWN")
    with functions.storage.transaction():
        functions.linkage.set_handling(body["scope"], body["key"], body["mode"], body["reason"])
        acted = Acted(f"{body['mode']}応答への切替え", staff_id=call.staff.id)
        functions.access_log.audit_success(providing.PHASE, acted)
    return 200, {}


async def post_enquiry(call: Call) -> Answer:
    """POST /v1/enquiries. Raises RefusedError."""
    if call.body["mode"] == Mode.BATCH:
        call.functions.offers.must_offer((("modes", "バッチ"),))
    return 202, requesting.status_of(await requesting.submit(call.functions, call.body, call.staff))


async def get_enquiry(call: Call) -> Answer:
    """GET /v1/enquiries/{enquiry_id}. Raises RefusedError NOT_FOUND."""
    return 200, requesting.status_of(call.functions.linkage.enquiry(call.path["enquiry_id"]))


async def get_result(call: Call) -> Answer:
    """GET /v1/enquiries/{enquiry_id}/result. Raises RefusedError NOT_FOUND or NOT_READY."""
    enquiry = call.functions.linkage.result(call.path["enquiry_id"])
    return 200, {
        "enquiry_id": enquiry.enquiry_id,
        "local_id": enquiry.local_id,
        "from": enquiry.header.recipient,
        "information": enquiry.header.information,
        "items": enquiry.items,
        **({"reasons": enquiry.reasons} if enquiry.reasons else {}),
    }


async def get_pending(call: Call) -> Answer:
    """GET /v1/pending."""
    waiting = call.functions.linkage.pending(time.time())
    rows = [
        {
            "correlation_id": p.header.correlation_id,
            "from": p.header.sender,
            "affair": p.header.affair,
            "information": p.header.information,
            "local_id": p.local_id,
            "received_at": p.received_at,
        }
        for p in waiting
    ]
    return 200, {"pending": rows}


async def post_approval(call: Call) -> Answer:
    """POST /v1/pending/{correlation_id}/approval. Raises RefusedError NOT_FOUND."""
    providing.approve(call.functions, call.path["correlation_id"], call.staff)
    return 200, {}


async def post_refusal(call: Call) -> Answer:
    """POST /v1/pending/{correlation_id}/refusal. Raises RefusedError NOT_FOUND."""
    providing.refuse(call.functions, call.path["correlation_id"], call.body["reason"], call.staff)
    return 200, {}


async def get_access_log(call: Call) -> Answer:
    """GET /v1/logs/access."""
    return 200, {"entries": call.functions.access_log.access_entries(call.query)}


async def get_audit_log(call: Call) -> Answer:
    """GET /v1/logs/audit."""
    return 200, {"entries": call.functions.access_log.audit_entries(call.query)}


async def get_business_log(call: Call) -> Answer:
    """GET /v1/logs/business."""
    return 200, {"entries": call.functions.business_log.entries(call.query)}


async def _redeem(functions: Functions, enrolment_token: str) -> str:
    wish = {
        "organisation": functions.linkage.organisation,
        "enrolment_token": enrolment_token,
        "issued_at": timestamp(),
    }
    return await functions.network.redeem(functions.crypto.sign_link_code_request(wish))


def put(functions: Functions, record: dict[str, Any]) -> None:
    """Registers one record of a resident. Raises RefusedError SUBJECT_UNKNOWN or VERSION_STALE."""
    if not functions.ids.is_known(record["local_id"]):
        raise RefusedError("SUBJECT_UNKNOWN")
    functions.records.put(record)
