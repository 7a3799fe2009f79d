"""The north face: the inbox that the network posts to (guide §3)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from harness.contract.json_binding import LONGEST_MESSAGE
from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.functions import Functions
from mocks.gateway.reception import receive
from mocks.web.http_json import read_body, refusal


def north_face(functions: Functions) -> Router:
    """The routes below /north."""

    async def inbox(request: Request) -> Response:
        body = await read_body(request, LONGEST_MESSAGE)
        try:
            if body is None:
                raise _too_long(functions)
            # What is no ASCII is no compact JWS either; check 1 finds that out.
            message_id = await receive(functions, body.decode("ascii", errors="replace"))
        except RefusedError as refused:
            return refusal(refused)
        return JSONResponse({"message_id": message_id}, 202)

    return Router([Route("/v1/inbox", inbox, methods=["POST"])], redirect_slashes=False)


def _too_long(functions: Functions) -> RefusedError:
    refused = RefusedError("MALFORMED", f"{LONGEST_MESSAGE:,} バイトを超える")
    functions.access_log.audit_refusal(refused.refusal, Acted("受信"))
    return refused
