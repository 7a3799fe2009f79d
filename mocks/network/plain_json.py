"""JSON answers that cannot fail: a gateway may have sent a lone surrogate, which has no UTF-8."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.contract.refusals import RefusedError


class PlainJSON(JSONResponse):
    """JSON in ASCII, where everything else is escaped."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return json.dumps(content, separators=(",", ":")).encode()


async def on_refused(_: Request, error: Exception) -> Response:
    """Answers a RefusedError with the error object of the contract and its status."""
    assert isinstance(error, RefusedError)
    return PlainJSON(error.content(), error.refusal.status or 403)
