"""`null`: answers every request with the friendliest success that has the right form, and does nothing."""

import re
from collections.abc import Callable

from harness.contract.json_binding import peek
from harness.contract.messages import new_id
from harness.contract.refusals import RefusedError
from mocks.miniatures.face import Answer, Request


def answer(request: Request) -> Answer:
    """Status and JSON object for a request; whatever is asked was done already."""
    for method, path, build in _ROUTES:
        found = re.fullmatch(path, request.path)
        if found and request.method == method:
            return build(request, found[1] if found.groups() else "")
    return 200, {}


def _status(enquiry_id: str) -> dict[str, object]:
    return {"enquiry_id": enquiry_id, "correlation_id": new_id(), "status": "送信済", "error": None}


def _result(enquiry_id: str) -> dict[str, object]:
    facts = {"local_id": "0", "from": "401307", "information": "地方税関係情報"}
    return {"enquiry_id": enquiry_id, **facts, "items": {}}


def _message_id(body: bytes) -> str:
    try:
        return str(peek(body.decode("ascii", errors="replace"))["header"]["message_id"])
    except (RefusedError, KeyError, TypeError, RecursionError):
        return new_id()


_ROUTES: tuple[tuple[str, str, Callable[[Request, str], Answer]], ...] = (
    ("POST", "/north/v1/inbox", lambda request, _: (202, {"message_id": _message_id(request.body)})),
    ("PUT", "/south/v1/subjects/(.+)", lambda _, local_id: (201, {"local_id": local_id})),
    ("POST", "/south/v1/records/bulk", lambda _, __: (200, {"accepted": 1, "errors": []})),
    ("POST", "/south/v1/enquiries", lambda _, __: (202, _status(new_id()))),
    ("GET", "/south/v1/enquiries/([^/]+)", lambda _, enquiry_id: (200, _status(enquiry_id))),
    ("GET", "/south/v1/enquiries/([^/]+)/result", lambda _, enquiry_id: (200, _result(enquiry_id))),
    ("GET", "/south/v1/pending", lambda _, __: (200, {"pending": []})),
    ("GET", "/south/v1/logs/.+", lambda _, __: (200, {"entries": []})),
)
