"""Records of the 参照用DB, one or many at once."""

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions
from mocks.gateway.record_store import Record
from mocks.gateway.south.call import Answer, Call


async def put_record(call: Call) -> Answer:
    """PUT /v1/records. Raises RefusedError SUBJECT_UNKNOWN."""
    with call.functions.storage.transaction():
        put(call.functions, Record(**call.body))
    return 200, {}


async def post_deletion(call: Call) -> Answer:
    """POST /v1/records/deletion. Raises RefusedError SUBJECT_UNKNOWN or NOT_FOUND."""
    if not call.functions.ids.is_known(call.body["local_id"]):
        raise RefusedError("SUBJECT_UNKNOWN")
    call.functions.records.delete(**call.body)
    return 200, {}


async def post_records(call: Call) -> Answer:
    """POST /v1/records/bulk: one transaction, but each record is taken or reported for itself."""
    functions, errors = call.functions, []
    records = [Record(**record) for record in call.body["records"]]
    with functions.storage.transaction():
        for index, record in functions.records.in_order(records):
            try:
                put(functions, record)
            except RefusedError as refused:
                errors.append(functions.records.reported(index, refused))
    return 200, {"accepted": len(records) - len(errors), "errors": errors}


def put(functions: Functions, record: Record) -> None:
    """Registers one record of a resident. Raises RefusedError SUBJECT_UNKNOWN or VERSION_STALE."""
    if not functions.ids.is_known(record.local_id):
        raise RefusedError("SUBJECT_UNKNOWN")
    functions.records.put(record)
