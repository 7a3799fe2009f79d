"""照会側 (§4-3 処理の流れ): what our business systems ask, and what comes back."""

from typing import TypedDict

from harness.contract.messages import Kind, Message
from harness.contract.processing_status import batch_row_status
from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Staff
from mocks.gateway.batches import BatchRow
from mocks.gateway.functions import Functions
from mocks.gateway.linkage import Enquiry
from mocks.gateway.providing import PHASE
from mocks.gateway.wishes import EnquiryWish

NO_LINK_CODE = "0" * 16  # of an enquiry that is only being checked; shorter ones do not meet schema header


class State(TypedDict):
    """Of an enquiry, or of a row of a batch, as schemas `enquiry-status` and `batch-status` have it."""

    enquiry_id: str | None
    correlation_id: str | None
    status: str
    error: dict[str, str] | None


async def submit(functions: Functions, wish: EnquiryWish, staff: Staff, lane: str | None = None) -> Enquiry:
    """Checks and stores an enquiry; it is sent from the outbox, after those that were put on the same lane before it.
    Raises RefusedError."""
    draft = functions.linkage.enquiry_header(wish, staff.role, NO_LINK_CODE)
    functions.authorisation.check_outward_role(draft)
    directory = await functions.network.directory_naming(wish.to)
    functions.authorisation.check_outward_basis(draft, directory)
    link_code = functions.ids.code_for_enquiry(wish.local_id)
    header = functions.linkage.enquiry_header(wish, staff.role, link_code)
    with functions.storage.transaction():
        enquiry = functions.linkage.open_enquiry(wish.local_id, header)
        functions.messaging.hand_outward(Message(header, {"key": wish.key}), lane)
        acted = Acted("照会依頼の受付", header.message_id, header.correlation_id, staff.id)
        functions.access_log.audit_success(PHASE, acted)
    return enquiry


async def submit_batch(functions: Functions, wishes: list[EnquiryWish], staff: Staff) -> str:
    """Stores the rows of a batch and submits them in order; its id."""
    with functions.storage.transaction():
        batch_id = functions.batches.open(wishes)
    await _submit_rows(functions, batch_id, functions.batches.rows(batch_id), staff)
    return batch_id


async def resend(functions: Functions, batch_id: str, staff: Staff) -> None:
    """Submits the failed rows of a batch again, as new enquiries. Raises RefusedError NOT_FOUND."""
    rows = [(row, state["status"]) for row, state in batch_states(functions, batch_id)]
    await _submit_rows(functions, batch_id, functions.batches.to_resend(rows), staff)


def batch_states(functions: Functions, batch_id: str) -> list[tuple[BatchRow, State]]:
    """Each row with its state in schema `batch-status`. Raises RefusedError NOT_FOUND."""
    return [(row, _state(functions, row)) for row in functions.batches.rows(batch_id)]


def _state(functions: Functions, row: BatchRow) -> State:
    if row.enquiry_id is None:
        rows = batch_row_status()
        status = rows.transitions["failed"].to if row.error else rows.begins
        return {"enquiry_id": None, "correlation_id": None, "status": status, "error": row.error}
    return status_of(functions.linkage.enquiry(row.enquiry_id))


def status_of(enquiry: Enquiry) -> State:
    """An enquiry in schema `enquiry-status`."""
    return {
        "enquiry_id": enquiry.enquiry_id,
        "correlation_id": enquiry.header.correlation_id,
        "status": enquiry.status,
        "error": enquiry.error,
    }


async def _submit_rows(functions: Functions, batch_id: str, rows: list[BatchRow], staff: Staff) -> None:
    """One row that is refused holds up no other."""
    for row in functions.batches.in_sending_order(rows):
        try:
            enquiry = await submit(functions, row.wish, staff, lane=batch_id)
        except RefusedError as refused:
            acted = Acted("バッチの行の受付", staff_id=staff.id)
            functions.access_log.audit_refusal(refused.refusal, acted)
            functions.batches.note(batch_id, row.number, None, refused.content())
            if not functions.batches.goes_on_after(refused):
                return
        else:
            functions.batches.note(batch_id, row.number, enquiry.enquiry_id, None)


def take_outcome(functions: Functions, message: Message) -> None:
    """Notes the answer or error to an enquiry of ours. Raises RefusedError NOT_FOUND."""
    enquiry = functions.linkage.enquiry_answered_by(message.header)
    if message.header.kind == Kind.ANSWER:
        content = message.content
        functions.linkage.note_answer(enquiry, content["items"], content.get("reasons"))
    else:
        functions.linkage.note_error(enquiry, message.content)
    functions.business_log.received(message.header, enquiry.local_id, message.content)
