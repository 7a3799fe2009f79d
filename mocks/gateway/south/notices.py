"""連絡 of our own, and those that arrived."""

from mocks.gateway.notices import Notice
from mocks.gateway.notifying import submit_notice
from mocks.gateway.south.call import Answer, Call
from mocks.gateway.wishes import NoticeWish


async def post_notice(call: Call) -> Answer:
    """POST /v1/notices. Raises RefusedError."""
    return 202, _status(await submit_notice(call.functions, NoticeWish.from_wire(call.body), call.staff))


async def get_notice(call: Call) -> Answer:
    """GET /v1/notices/{notice_id}. Raises RefusedError NOT_FOUND."""
    return 200, _status(call.functions.notices.notice(call.path["notice_id"]))


async def get_notices(call: Call) -> Answer:
    """GET /v1/notices."""
    return 200, {"notices": call.functions.notices.received(call.query.get("correlation_id"))}


def _status(notice: Notice) -> dict[str, object]:
    return {
        "notice_id": notice.notice_id,
        "correlation_id": notice.header.correlation_id,
        "status": notice.status,
        "error": notice.error,
    }
