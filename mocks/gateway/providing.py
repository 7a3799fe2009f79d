"""照会応答側 (§4-3 処理の流れ): ② fetch and ③ build what a partner asked for; staff decide where 手動."""

import time

from harness.contract.messages import Message
from harness.contract.refusals import RefusedError, refusals
from mocks.gateway.access_log import Acted
from mocks.gateway.authorisation import Staff
from mocks.gateway.functions import Functions
from mocks.gateway.linkage import Pending

PHASE = "連携確認"


def take_enquiry(functions: Functions, asked: Message) -> None:
    """Answers a partner's enquiry, or puts it aside for staff."""
    try:
        local_id = functions.ids.local_id_of(asked.header.link_code)
    except RefusedError as refused:
        _send(functions, functions.linkage.error(asked.header, refused), None)
        return
    if functions.linkage.is_manual(local_id, asked.header):
        functions.linkage.put_aside(asked, local_id)
        return
    _send(functions, _answer(functions, asked, local_id), local_id)


def approve(functions: Functions, correlation_id: str, staff: Staff) -> None:
    """Lets a pending answer go out. Raises RefusedError NOT_FOUND or ROLE_NOT_ALLOWED."""
    with functions.storage.transaction():
        pending = _decided(functions, correlation_id, "承認", staff)
        asked = Message(pending.header, {"key": pending.key})
        _send(functions, _approved(functions, asked, pending.local_id), pending.local_id)
        functions.access_log.audit_success(PHASE, _acted("手動応答の承認", pending, staff))
        functions.business_log.decided(pending.header, pending.local_id, "承認", {"staff_id": staff.id})


def refuse(functions: Functions, correlation_id: str, reason: str, staff: Staff) -> None:
    """Refuses a pending answer; the requester is told that, and nothing else. Raises RefusedError NOT_FOUND or ROLE_NOT_ALLOWED."""
    with functions.storage.transaction():
        pending = _decided(functions, correlation_id, "拒否", staff)
        _send(functions, functions.linkage.answer_to_refused(pending), pending.local_id)
        refusal = refusals()["REFUSED_BY_STAFF"]
        functions.access_log.audit_refusal(refusal, _acted("手動応答の拒否", pending, staff))
        detail = {"staff_id": staff.id, "reason": reason}
        functions.business_log.decided(pending.header, pending.local_id, "拒否", detail)


def _decided(functions: Functions, correlation_id: str, decision: str, staff: Staff) -> Pending:
    """Within the caller's transaction, so that what this person may not decide goes on waiting."""
    pending = functions.linkage.decide(correlation_id, decision, time.time())
    functions.authorisation.check_decision(staff, pending.header.information)
    return pending


def _approved(functions: Functions, asked: Message, local_id: str) -> Message:
    """The answer, unless the link code that came leads to this resident no more."""
    try:
        functions.ids.must_lead_to(asked.header.link_code, local_id)
    except RefusedError as refused:
        return functions.linkage.error(asked.header, refused)
    return _answer(functions, asked, local_id)


def _answer(functions: Functions, asked: Message, local_id: str) -> Message:
    header = asked.header
    try:
        items = functions.records.extract(local_id, header.information, asked.content["key"], header.affair)
        reasons = functions.records.reasons(local_id, header.information, asked.content["key"], items)
        return functions.linkage.answer(header, functions.ids.code_for_answer(local_id), items, reasons)
    except RefusedError as refused:
        return functions.linkage.error(header, refused)


def _send(functions: Functions, message: Message, local_id: str | None) -> None:
    functions.messaging.hand_outward(message)
    functions.business_log.gave(message.header, local_id, message.content)


def _acted(action: str, pending: Pending, staff: Staff) -> Acted:
    return Acted(action, pending.header.message_id, pending.header.correlation_id, staff.id)
