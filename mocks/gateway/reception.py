"""What arrives from the network: the checks of guide §3 in their order, then 連携IF hands it to 中間IF."""

import re

from harness.contract.json_binding import claimed_kid
from harness.contract.keys import PublicKeys
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
        message = await _examined(functions, directory, header, body)
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


async def _examined(functions: Functions, directory: Directory, header: Header, body: str) -> Message:
    """As examine; what only a newer directory may know is looked at once more with one."""
    try:
        return examine(functions, directory, header, body)
    except RefusedError as refused:
        if not _is_unheard_of(functions, directory, header, body, refused):
            raise
        newer = await functions.network.renewed(directory)
        if newer is None:
            raise
        return examine(functions, newer, header, body)


def _is_unheard_of(
    functions: Functions, directory: Directory, header: Header, body: str, refused: RefusedError
) -> bool:
    """Was it refused for an organisation or a key that the directory does not have?"""
    if refused.refusal.code == "PARTNER_UNKNOWN":
        return True
    if refused.refusal.code != "SIGNATURE_INVALID":
        return False
    return _lacks(directory.party(header.sender).keys, functions.crypto.decrypt(body))


def _lacks(keys: PublicKeys, token: str) -> bool:
    try:
        return not keys.knows(claimed_kid(token))
    except RefusedError:
        return False


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
        if _lacks(directory.network.keys, token):
            directory = await functions.network.renewed(directory) or directory
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
