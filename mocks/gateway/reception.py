"""What arrives from the network: the checks of guide §3 in their order, then 連携IF hands it to 中間IF."""

import re

from harness.contract.messages import Header, Kind, Message
from harness.contract.refusals import RefusedError
from mocks.gateway.access_log import Acted
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ACTION = "受信"


async def receive(functions: Functions, token: str) -> str:
    """The id of a message that is now stored. Raises RefusedError; the refusal is in the logs then."""
    directory, header, body = await _opened(functions, token)
    try:
        message = examine(functions, directory, header, body)
    except RefusedError as refused:
        acted = Acted(f"{header.kind}の{_ACTION}", header.message_id, header.correlation_id)
        with functions.storage.transaction():
            functions.access_log.refused(header, refused.refusal)
            functions.access_log.audit_refusal(refused.refusal, acted)
        raise
    with functions.storage.transaction():
        functions.messaging.hand_inward(message)
        functions.access_log.accepted(message)
    return functions.network.receipt_of(header)


def examine(functions: Functions, directory: Directory, header: Header, body: str) -> Message:
    """Checks 4 to 14. Raises RefusedError."""
    functions.authorisation.check_addressee(header)
    functions.network.check_fresh(header)
    functions.network.check_not_replayed(header)
    partner = functions.authorisation.partner(header, directory)
    content = functions.crypto.open_content(header, body, partner.keys)
    functions.authorisation.check_inward_role(header)
    functions.authorisation.check_inward_basis(header, directory)
    functions.offers.must_take(header)
    if header.kind == Kind.RECEIPT or (header.kind == Kind.ERROR and answers_notice(functions, header)):
        functions.notices.answered_by(header)
    elif header.kind in {Kind.ANSWER, Kind.ERROR}:
        functions.linkage.enquiry_answered_by(header)
    return Message(header, content)


def answers_notice(functions: Functions, header: Header) -> bool:
    """Does a message answer a 連絡 of ours?"""
    try:
        functions.notices.answered_by(header)
    except RefusedError:
        return False
    return True


async def _opened(functions: Functions, token: str) -> tuple[Directory, Header, str]:
    """Checks 1 to 3. A message without a valid outer signature proves no parties: it is audited only."""
    payload: dict[str, object] = {}
    try:
        payload = functions.crypto.parse(token)
        directory = await functions.network.directory()
        return directory, *functions.crypto.open_envelope(token, directory)
    except RefusedError as refused:
        acted = Acted(_ACTION, _id(payload, "message_id"), _id(payload, "correlation_id"))
        functions.access_log.audit_refusal(refused.refusal, acted)
        raise


def _id(payload: dict[str, object], name: str) -> str | None:
    """An id of an unverified header, where it looks like one: anybody may have written it."""
    header = payload.get("header")
    value = header.get(name) if isinstance(header, dict) else None
    return value if isinstance(value, str) and _UUID.fullmatch(value) else None
