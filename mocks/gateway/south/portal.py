"""The residents' portal: sessions, and what a resident may see of himself or herself."""

import time
from datetime import timedelta

from harness.contract.messages import new_id, timestamp
from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.portal import AFFAIR, DEFAULT_SECONDS
from mocks.gateway.south.call import Answer, Call

PHASE = "認証・認可"


async def post_portal_session(call: Call) -> Answer:
    """POST /v1/portal-sessions. Raises RefusedError SUBJECT_UNKNOWN."""
    functions, local_id = call.functions, call.body["local_id"]
    if not functions.ids.is_known(local_id):
        raise RefusedError("SUBJECT_UNKNOWN")
    seconds = call.body.get("valid_seconds", DEFAULT_SECONDS)
    session = functions.portal.open(local_id, seconds, time.time())
    return 201, {"session": session, "valid_until": timestamp(timedelta(seconds=seconds))}


async def post_own_information(call: Call) -> Answer:
    """POST /v1/own-information. Raises RefusedError PORTAL_SESSION_INVALID, NOT_THE_SUBJECT or NOT_FOUND."""
    functions, asked = call.functions, call.body
    resident = functions.portal.resident(call.portal_session)
    functions.portal.must_be_subject(resident, asked["local_id"])
    place = asked["local_id"], asked["information"]
    try:
        items = functions.records.extract(*place, asked["key"], AFFAIR)
    except RefusedError as missing:
        raise RefusedError("NOT_FOUND") from missing
    lookup_id = new_id()
    with functions.storage.transaction():
        acted = Acted("自己情報の閲覧", correlation_id=lookup_id)
        functions.access_log.audit_success(PHASE, acted)
        functions.business_log.shown(lookup_id, *place, items)
    return 200, {"lookup_id": lookup_id, "local_id": place[0], "information": place[1], "items": items}
