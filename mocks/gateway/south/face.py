"""The south face: requests of business systems, staff and auditors, let in or refused in the order of guide §2."""

import re
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Staff
from mocks.gateway.functions import Functions
from mocks.gateway.south.call import Call
from mocks.gateway.south.operations import OPERATIONS, Operation
from mocks.web.http_json import read_json, refusal

LONGEST_BODY = 64_000_000  # bytes (own): 10,000 records of 6 KB
_NOBODY = Staff("", "")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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


async def _call(functions: Functions, operation: Operation, request: Request) -> Call:
    """Raises RefusedError UNAUTHENTICATED, STAFF_REQUIRED, STAFF_SESSION_EXPIRED, TOO_LARGE, INVALID_REQUEST or NOT_DECLARED,
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
    return Call(functions, request.path_params, _query(request), body, staff, session)


def _query(request: Request) -> dict[str, str]:
    """Percent-encoding alone: a plus is a plus (guide §2), where a form would have a blank."""
    return dict(parse_qsl(request.url.query.replace("+", "%2B"), keep_blank_values=True))


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
