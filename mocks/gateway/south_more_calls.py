"""Batches, 連絡 and files: one function a row of guide §2, answering status and JSON object."""

import base64
import binascii
from typing import Any

from harness.contract.refusals import RefusedError
from mocks.gateway.legacy_files import LineError, known, reported
from mocks.gateway.notices import Notice
from mocks.gateway.notifying import submit_notice
from mocks.gateway.requesting import batch_states, resend, submit_batch
from mocks.gateway.south_calls import Answer, Call, put


async def post_import(call: Call) -> Answer:
    """POST /v1/imports: one transaction, but each line is taken or reported for itself. Raises RefusedError."""
    functions, information = call.functions, known(call.body["information"])
    lines = functions.legacy_files.lines(_decoded(call.body["file"]))
    errors = []
    with functions.storage.transaction():
        for number, line in enumerate(lines, 1):
            try:
                put(functions, functions.legacy_files.record(information, line))
            except LineError as error:
                errors.append(reported(number, error))
            except RefusedError as refused:
                errors.append(reported(number, LineError(None, refused.refusal.code)))
    return 200, {"accepted": len(lines) - len(errors), "errors": errors}


async def post_batch(call: Call) -> Answer:
    """POST /v1/batches."""
    batch_id = await submit_batch(call.functions, call.body["rows"], call.staff)
    return 202, _batch(call, batch_id)


async def get_batch(call: Call) -> Answer:
    """GET /v1/batches/{batch_id}. Raises RefusedError NOT_FOUND."""
    return 200, _batch(call, call.path["batch_id"])


async def post_resend(call: Call) -> Answer:
    """POST /v1/batches/{batch_id}/resend. Raises RefusedError NOT_FOUND."""
    await resend(call.functions, call.path["batch_id"], call.staff)
    return 202, _batch(call, call.path["batch_id"])


async def post_notice(call: Call) -> Answer:
    """POST /v1/notices. Raises RefusedError."""
    return 202, _status(await submit_notice(call.functions, call.body, call.staff))


async def get_notice(call: Call) -> Answer:
    """GET /v1/notices/{notice_id}. Raises RefusedError NOT_FOUND."""
    return 200, _status(call.functions.notices.notice(call.path["notice_id"]))


async def get_notices(call: Call) -> Answer:
    """GET /v1/notices."""
    return 200, {"notices": call.functions.notices.received(call.query.get("correlation_id"))}


def _batch(call: Call, batch_id: str) -> dict[str, Any]:
    return {"batch_id": batch_id, "rows": [state for _, state in batch_states(call.functions, batch_id)]}


def _status(notice: Notice) -> dict[str, Any]:
    return {
        "notice_id": notice.notice_id,
        "correlation_id": notice.header.correlation_id,
        "status": notice.status,
        "error": notice.error,
    }


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise RefusedError("INVALID_REQUEST", "file が base64 ではない") from error
