"""Files of business systems outside 地域情報プラットフォーム."""

import base64
import binascii

from harness.contract.refusals import RefusedError
from mocks.gateway.legacy_files import FileSet, LineError, known, reported
from mocks.gateway.south.call import Answer, Call
from mocks.gateway.south.records import put


async def post_import(call: Call) -> Answer:
    """POST /v1/imports: one transaction, but each line is taken or reported for itself. Raises RefusedError."""
    functions, information = call.functions, known(call.body["information"])
    lines = functions.legacy_files.lines(_decoded(call.body["file"]))
    announced = FileSet(**call.body["set"]) if "set" in call.body else None
    if announced is not None:
        functions.legacy_files.check_announced(announced, len(lines))
    errors = []
    with functions.storage.transaction():
        for number, line in enumerate(lines, 1):
            try:
                put(functions, functions.legacy_files.record(information, line))
            except LineError as error:
                errors.append(reported(number, error))
            except RefusedError as refused:
                errors.append(reported(number, LineError(None, refused.refusal.code)))
        missing = {} if announced is None else {"missing": functions.legacy_files.missing(announced)}
    return 200, {"accepted": len(lines) - len(errors), "errors": errors, **missing}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise RefusedError("INVALID_REQUEST", "file が base64 ではない") from error
