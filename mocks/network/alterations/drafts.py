"""A message about to be delivered, and the tools that spoil one part of it."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from joserfc import jwe, jws
from joserfc.jwk import ECKey

from harness.contract.json_binding import (
    KEY_AGREEMENT,
    MESSAGE_TYPE,
    SIGNATURE,
    bound,
    close_body,
    peek,
    signed_content,
    wrap,
)
from harness.contract.keys import STRANGER, PublicKeys
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Header, Message
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError


@dataclass(frozen=True)
class Draft:
    """A message about to be delivered: as the network would send it, and another one of the same sender about
    somebody else; the sender's own link code of the subject; of each body that was encrypted to the recipient, what is in it;
    everybody's keys."""

    message: Message
    recipient: PublicKeys
    other: Message
    sender_code: str = ""
    closed: dict[str, str] = field(default_factory=dict)
    keys: KeyRing = PUBLISHED

    @property
    def network_key(self) -> ECKey:
        """With which the network signs what it delivers."""
        return self.keys.of(network_organisation().code).signature

    @property
    def sender_key(self) -> ECKey:
        """With which the sender signs its contents."""
        return self.keys.of(self.message.header.sender).signature

    def body(self) -> str:
        """The proper body."""
        return self.body_of(self.message, self.sender_key)

    def body_of(self, message: Message, signer: ECKey) -> str:
        """Of another message, or with another signature."""
        inner = signed_content(message, signer)
        return self.noted(inner, close_body(inner, self.recipient.encryption))

    def noted(self, inner: str, body: str) -> str:
        """The body, in which the recipient finds `inner`."""
        self.closed[body] = inner
        return body

    def inner_of(self, token: str) -> str | None:
        """What the recipient finds in the body of a token; None where it is not encrypted to the recipient."""
        try:
            return self.closed.get(str(peek(token).get("body")))
        except RefusedError:
            return None

    def token(
        self, header: Header | None = None, body: str | None = None, signer: ECKey | None = None
    ) -> str:
        """The proper message, or with one part replaced."""
        return wrap(header or self.message.header, body or self.body(), signer or self.network_key)

    def inner(self) -> dict[str, object]:
        """What the content's signature covers."""
        return {**bound(self.message.header), "content": self.message.content}


def signed_otherwise(draft: Draft, protected: dict[str, object], key: ECKey) -> str:
    """The proper header and body, under another protected header and key."""
    claims = {"alg": SIGNATURE, "kid": draft.network_key.kid, "typ": MESSAGE_TYPE, **protected}
    payload = {"header": draft.message.header.to_wire(), "body": draft.body()}
    text = json.dumps(payload, ensure_ascii=False)
    return jws.serialize_compact(claims, text.encode(), key, algorithms=[SIGNATURE])


def encrypted_inner(draft: Draft, inner: str, cipher: str) -> str:
    """A body around any text, encrypted to the recipient."""
    recipient = draft.recipient.encryption
    protected = {"alg": KEY_AGREEMENT, "enc": cipher, "kid": recipient.kid}
    body = jwe.encrypt_compact(protected, inner.encode(), recipient, algorithms=[KEY_AGREEMENT, cipher])
    return draft.noted(inner, body)


def with_header(draft: Draft, **changes: Any) -> str:
    """A message that is proper in itself, with another header."""
    message = replace(draft.message, header=replace(draft.message.header, **changes))
    return replace(draft, message=message).token()


def elsewhere(header: Header) -> str:
    """Another organisation, of the recipient's kind where there is one: all other checks would let it pass."""
    here = organisations().get(header.recipient)
    taken = {header.sender, header.recipient, network_organisation().code}
    others = [o for o in organisations().values() if o.code not in taken]
    return min(others, key=lambda o: here is None or o.kind != here.kind).code


def stranger_as(claimed: ECKey, keys: KeyRing) -> ECKey:
    """The stranger's key under somebody else's kid."""
    return ECKey.import_key({**keys.of(STRANGER).signature.as_dict(private=True), "kid": claimed.kid or ""})


def with_payload(token: str, change: Callable[[dict[str, Any]], None]) -> str:
    protected, payload, signature = token.split(".")
    value = json.loads(decoded(payload))
    change(value)
    return f"{protected}.{encoded(json.dumps(value, ensure_ascii=False).encode())}.{signature}"


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
