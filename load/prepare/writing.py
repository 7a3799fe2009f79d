"""How a prepared request is written: an enquiry as either side says it, a message sealed, a request of the south face with its headers."""

import json
from dataclasses import asdict

from harness.contract.json_binding import CONTENT_TYPE, encrypt, wrap
from harness.contract.keys.ring import KeyRing
from harness.contract.messages import Header, Message, Mode
from harness.contract.organisations import network_organisation
from harness.contract.statement import Statement
from harness.gateways.south import Staff
from load.prepare.asking import Asking

Parts = tuple[str, str, dict[str, str], str]  # method, path, headers, body


def asking_header(asking: Asking, link_code: str, expires_at: str) -> Header:
    """Of a 照会依頼 that a counterpart sends."""
    return Header.enquiry(
        sender=asking.requester.code,
        recipient=asking.provider.code,
        basis=asking.basis,
        affair=asking.affair,
        information=asking.information,
        role=asking.role,
        mode=Mode.ONLINE,
        link_code=link_code,
        expires_at=expires_at,
    )


def asking_body(asking: Asking, local_id: str) -> dict[str, object]:
    """Of a 照会 that a business system submits, without how long it lives (schema enquiry)."""
    return {
        "local_id": local_id,
        "to": asking.provider.code,
        "basis": asdict(asking.basis),
        "affair": asking.affair,
        "information": asking.information,
        "key": asking.key,
        "mode": Mode.ONLINE,
    }


def delivery(statement: Statement, ring: KeyRing, message: Message, signer: str, outer: str = "") -> Parts:
    """Of a message to the inbox: signed by `signer`, encrypted to the gateway and wrapped by `outer` (codes), the network where none is
    named."""
    content = encrypt(message, ring.of(signer).signature, statement.keys.encryption)
    token = wrap(message.header, content, ring.of(outer or network_organisation().code).signature)
    return "POST", "/v1/inbox", {"Content-Type": CONTENT_TYPE}, token


def request(
    statement: Statement, name: str, caller: str, body: object = None, staff: Staff | None = None
) -> Parts:
    """Of the south face. `name`: method and path; `caller`: whose token it carries."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    headers["Authorization"] = f"Bearer {getattr(statement.tokens, caller)}"
    headers |= staff.headers() if staff else {}
    text = "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    method, _, path = name.partition(" ")
    return method, path, headers, text
