"""The south face (guide §2): every request of business systems, staff and auditors, and who may send it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from harness.contract.refusals import RefusedError
from mocks.gateway import portal_calls as portal
from mocks.gateway import south_calls as calls
from mocks.gateway import south_more_calls as more
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Caller, Staff
from mocks.gateway.functions import Functions
from mocks.gateway.offers import Need
from mocks.web.http_json import read_json, refusal

LONGEST_BODY = 64_000_000  # bytes (own): 10,000 records of 6 KB
_NOBODY = Staff("", "")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Operation:
    """One row of guide §2. caller: whose token, None for none; acts: whether a person must be named;
    schema: of the body, None where there is none; needs: what the statement must declare."""

    method: str
    path: str
    answer: Callable[[calls.Call], Awaitable[calls.Answer]]
    caller: Caller | None = None
    acts: bool = False
    schema: str | None = None
    needs: tuple[Need, ...] = ()


_MANUAL: Need = ("handling", "手動")
_ASKING: Need = ("roles", "照会側")
_BATCH: Need = ("modes", "バッチ")
_NOTICES: Need = ("roles", "連絡")
_FILES: Need = ("legacy_files", "CP932固定長")
_PORTAL: Need = ("use_cases", "税務に関する情報提供")
OPERATIONS = (
    Operation("GET", "/v1/health", calls.get_health),
    Operation("PUT", "/v1/subjects/{local_id}", calls.put_subject, "business", schema="subject"),
    Operation("PUT", "/v1/records", calls.put_record, "business", schema="record"),
    Operation("POST", "/v1/records/bulk", calls.post_records, "business", schema="records"),
    Operation("POST", "/v1/records/deletion", calls.post_deletion, "business", schema="record-key"),
    Operation("POST", "/v1/imports", more.post_import, "business", schema="import", needs=(_FILES,)),
    Operation(
        "PUT", "/v1/handling", calls.put_handling, "staff", acts=True, schema="handling", needs=(_MANUAL,)
    ),
    Operation(
        "POST", "/v1/enquiries", calls.post_enquiry, "business", acts=True, schema="enquiry", needs=(_ASKING,)
    ),
    Operation("GET", "/v1/enquiries/{enquiry_id}", calls.get_enquiry, "business"),
    Operation("GET", "/v1/enquiries/{enquiry_id}/result", calls.get_result, "business"),
    Operation(
        "POST",
        "/v1/batches",
        more.post_batch,
        "business",
        acts=True,
        schema="batch",
        needs=(_ASKING, _BATCH),
    ),
    Operation("GET", "/v1/batches/{batch_id}", more.get_batch, "business"),
    Operation(
        "POST",
        "/v1/batches/{batch_id}/resend",
        more.post_resend,
        "business",
        acts=True,
        schema="empty",
        needs=(_ASKING, _BATCH),
    ),
    Operation(
        "POST", "/v1/notices", more.post_notice, "business", acts=True, schema="notice", needs=(_NOTICES,)
    ),
    Operation("GET", "/v1/notices", more.get_notices, "business"),
    Operation("GET", "/v1/notices/{notice_id}", more.get_notice, "business"),
    Operation("GET", "/v1/pending", calls.get_pending, "staff", acts=True, needs=(_MANUAL,)),
    Operation(
        "POST",
        "/v1/pending/{correlation_id}/approval",
        calls.post_approval,
        "staff",
        acts=True,
        schema="empty",
        needs=(_MANUAL,),
    ),
    Operation(
        "POST",
        "/v1/pending/{correlation_id}/refusal",
        calls.post_refusal,
        "staff",
        acts=True,
        schema="refusal-by-staff",
        needs=(_MANUAL,),
    ),
    Operation(
        "POST",
        "/v1/portal-sessions",
        portal.post_portal_session,
        "business",
        schema="portal-login",
        needs=(_PORTAL,),
    ),
    Operation(
        "POST",
        "/v1/own-information",
        portal.post_own_information,
        "business",
        schema="record-key",
        needs=(_PORTAL,),
    ),
    Operation("GET", "/v1/logs/access", calls.get_access_log, "audit"),
    Operation("GET", "/v1/logs/audit", calls.get_audit_log, "audit"),
    Operation("GET", "/v1/logs/business", calls.get_business_log, "audit"),
)


def south_face(functions: Functions) -> Router:
    """The routes below /south."""
    return Router([_route(functions, operation) for operation in OPERATIONS], redirect_slashes=False)


def _route(functions: Functions, operation: Operation) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            status, body = await operation.answer(await _call(functions, operation, request))
        except RefusedError as refused:
            functions.access_log.audit_refusal(refused.refusal, _acted(functions, operation, request))
            return refusal(refused)
        return JSONResponse(body, status)

    return Route(operation.path, endpoint, methods=[operation.method])


async def _call(functions: Functions, operation: Operation, request: Request) -> calls.Call:
    """Raises RefusedError UNAUTHENTICATED, STAFF_REQUIRED, STAFF_SESSION_EXPIRED, INVALID_REQUEST or NOT_DECLARED,
    in this order."""
    if operation.caller:
        functions.authorisation.authenticate(request.headers, operation.caller)
    staff = functions.authorisation.staff(request.headers) if operation.acts else _NOBODY
    if operation.acts:
        functions.authorisation.check_session(request.headers)
    body = await read_json(request, LONGEST_BODY) if operation.schema else {}
    if operation.schema:
        functions.linkage.check_request(operation.schema, body)
    functions.offers.must_offer(operation.needs)
    session = request.headers.get("x-portal-session")
    return calls.Call(functions, request.path_params, dict(request.query_params), body, staff, session)


def _acted(functions: Functions, operation: Operation, request: Request) -> Acted:
    """The path is that of the contract: the one that was asked for may hold a 識別番号."""
    try:
        staff_id = functions.authorisation.staff(request.headers).id
    except RefusedError:
        staff_id = None
    correlation_id = request.path_params.get("correlation_id", "")
    return Acted(
        f"{operation.method} {operation.path}",
        correlation_id=correlation_id if _UUID.fullmatch(correlation_id) else None,
        staff_id=staff_id,
    )
