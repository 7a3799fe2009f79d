"""自動/手動: how enquiries of partners are answered."""

from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.providing import PHASE
from mocks.gateway.south.call import Answer, Call


async def put_handling(call: Call) -> Answer:
    """PUT /v1/handling. Raises RefusedError SUBJECT_UNKNOWN."""
    functions, body = call.functions, call.body
    if body["scope"] == "subject" and not functions.ids.is_known(body["key"]):
        raise RefusedError("SUBJECT_UNKNOWN")
    with functions.storage.transaction():
        functions.linkage.set_handling(body["scope"], body["key"], body["mode"], body["reason"])
        acted = Acted(f"{body['mode']}応答への切替え", staff_id=call.staff.id)
        functions.access_log.audit_success(PHASE, acted)
    return 200, {}
