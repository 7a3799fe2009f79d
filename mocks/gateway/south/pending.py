"""Enquiries of partners that wait for staff."""

import time

from mocks.gateway.providing import approve, refuse
from mocks.gateway.south.call import Answer, Call


async def get_pending(call: Call) -> Answer:
    """GET /v1/pending."""
    shows = call.functions.authorisation.shows_pending
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
        if shows(call.staff, p.header.information)
    ]
    return 200, {"pending": rows}


async def post_approval(call: Call) -> Answer:
    """POST /v1/pending/{correlation_id}/approval. Raises RefusedError NOT_FOUND or ROLE_NOT_ALLOWED."""
    approve(call.functions, call.path["correlation_id"], call.staff)
    return 200, {}


async def post_refusal(call: Call) -> Answer:
    """POST /v1/pending/{correlation_id}/refusal. Raises RefusedError NOT_FOUND or ROLE_NOT_ALLOWED."""
    refuse(call.functions, call.path["correlation_id"], call.body["reason"], call.staff)
    return 200, {}
