"""照会側 (§4-3 処理の流れ): what our business systems ask, and what comes back."""

from typing import Any

from harness.spec.messages import Kind, Message
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Staff
from mocks.gateway.functions import Functions
from mocks.gateway.linkage import Enquiry
from mocks.gateway.providing import PHASE

NO_LINK_CODE = "0" * 16  # of an enquiry that is only being checked; shorter ones do not meet schema header


async def submit(functions: Functions, wish: dict[str, Any], staff: Staff) -> Enquiry:
    """Checks and stores an enquiry of schema `enquiry`; it is sent from the outbox. Raises RefusedError."""
    draft = functions.linkage.enquiry_header(wish, staff.role, NO_LINK_CODE)
    functions.authorisation.check_outward_role(draft)
    directory = await functions.network.directory()
    functions.authorisation.check_outward_basis(draft, directory)
    link_code = functions.ids.code_for_enquiry(wish["local_id"])
    header = functions.linkage.enquiry_header(wish, staff.role, link_code)
    with functions.storage.transaction():
        enquiry = functions.linkage.open_enquiry(wish["local_id"], header)
        functions.messaging.hand_outward(Message(header, {"key": wish["key"]}))
        acted = Acted("照会依頼の受付", header.message_id, header.correlation_id, staff.id)
        functions.access_log.audit_success(PHASE, acted)
    return enquiry


def take_outcome(functions: Functions, message: Message) -> None:
    """Notes the answer or error to an enquiry of ours. Raises RefusedError NOT_FOUND."""
    enquiry = functions.linkage.enquiry_answered_by(message.header)
    if message.header.kind == Kind.ANSWER:
        functions.linkage.note_answer(enquiry, message.content["items"])
    else:
        functions.linkage.note_error(enquiry, message.content)
    functions.business_log.received(message.header, enquiry.local_id, message.content)
