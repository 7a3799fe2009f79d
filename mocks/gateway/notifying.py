"""連絡 as flows: our business systems send one, a partner's arrives, 受領 goes out and comes back."""

import time

from harness.contract.messages import Kind, Message
from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Staff
from mocks.gateway.functions import Functions
from mocks.gateway.notices import Notice
from mocks.gateway.providing import PHASE
from mocks.gateway.requesting import NO_LINK_CODE
from mocks.gateway.wishes import NoticeWish


async def submit_notice(functions: Functions, wish: NoticeWish, staff: Staff) -> Notice:
    """Checks and stores a 連絡; it is sent from the outbox. Raises RefusedError."""
    draft = functions.notices.header(wish, staff.role, NO_LINK_CODE)
    functions.authorisation.check_outward_role(draft)
    directory = await functions.network.directory_naming(wish.to)
    directory.party(wish.to)
    link_code = functions.ids.code_for_enquiry(wish.local_id)
    header = functions.notices.header(wish, staff.role, link_code)
    redeliver_at = time.time() + wish.redeliver_after_seconds
    with functions.storage.transaction():
        notice = functions.notices.open(wish.local_id, header, wish.items, redeliver_at)
        functions.messaging.hand_outward(Message(notice.header, {"items": notice.items}))
        acted = Acted("連絡の受付", header.message_id, header.correlation_id, staff.id)
        functions.access_log.audit_success(PHASE, acted)
    return notice


def take_notice(functions: Functions, message: Message) -> None:
    """A partner's 連絡: kept for the business system, acknowledged each time that it comes."""
    header = message.header
    try:
        local_id = functions.ids.local_id_of(header.link_code)
    except RefusedError as refused:
        functions.messaging.hand_outward(functions.linkage.error(header, refused))
        return
    functions.notices.keep(message, local_id)
    functions.business_log.received(header, local_id, message.content)
    functions.messaging.hand_outward(Message(header.reply(Kind.RECEIPT, header.link_code), {}))


def take_receipt(functions: Functions, message: Message) -> None:
    """A 受領, or an エラー, for a 連絡 of ours. Raises RefusedError NOT_FOUND."""
    notice = functions.notices.answered_by(message.header)
    if message.header.kind == Kind.RECEIPT:
        functions.notices.note(notice.header.correlation_id, "acknowledged")
    else:
        functions.notices.note(notice.header.correlation_id, "failed", message.content)


def redeliver(functions: Functions, now: float) -> None:
    """Sends once more what was not acknowledged in time."""
    with functions.storage.transaction():
        functions.notices.expire(now)
        for notice in functions.notices.due(now):
            functions.messaging.hand_outward(functions.notices.again(notice))
