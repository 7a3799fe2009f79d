"""バッチ: many enquiries at once, each with its own outcome."""

from harness.contract.messages import Mode
from mocks.gateway.requesting import batch_states, resend, submit_batch
from mocks.gateway.south.call import Answer, Call
from mocks.gateway.wishes import EnquiryWish


async def post_batch(call: Call) -> Answer:
    """POST /v1/batches."""
    wishes = [EnquiryWish.from_wire({**row, "mode": Mode.BATCH}) for row in call.body["rows"]]
    batch_id = await submit_batch(call.functions, wishes, call.staff)
    return 202, _batch(call, batch_id)


async def get_batch(call: Call) -> Answer:
    """GET /v1/batches/{batch_id}. Raises RefusedError NOT_FOUND."""
    return 200, _batch(call, call.path["batch_id"])


async def post_resend(call: Call) -> Answer:
    """POST /v1/batches/{batch_id}/resend. Raises RefusedError NOT_FOUND."""
    await resend(call.functions, call.path["batch_id"], call.staff)
    return 202, _batch(call, call.path["batch_id"])


def _batch(call: Call, batch_id: str) -> dict[str, object]:
    return {"batch_id": batch_id, "rows": [state for _, state in batch_states(call.functions, batch_id)]}
