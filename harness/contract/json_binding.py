"""JSON binding of the north face: content signed by its sender inside a JWE for its recipient, and around it
the routing header, signed by whoever hands the message over (the organisation, then the network)."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwe, jws
from joserfc.errors import JoseError, MissingCritHeaderError
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64decode

from harness.contract.keys import KeyPair, PublicKeys
from harness.contract.messages import Header, Message
from harness.contract.refusals import RefusedError
from harness.contract.schemas import deviation_from
from harness.contract.strict_json import UnreadableJsonError, read_json

CONTENT_TYPE = "application/jose"
MESSAGE_TYPE = "renkei-message+jws"
CONTENT_JWS_TYPE = "renkei-content+jws"
LINK_CODE_TYPE = "renkei-link-code+jws"
SIGNATURE = "ES256"
KEY_AGREEMENT = "ECDH-ES"
CIPHER = "A256GCM"
LONGEST_MESSAGE = 4_000_000  # bytes (guide §3, check 1)

# What a protected header holds, no more and no less (guide §3).
_JWS_MEMBERS: Final = frozenset({"alg", "kid", "typ"})
_JWE_MEMBERS: Final = frozenset({"alg", "enc", "kid", "epk"})
_EPK_MEMBERS: Final = frozenset({"kty", "crv", "x", "y"})
# Libraries pass over padding and line breaks between the characters of base64url.
_COMPACT_JWS: Final = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}")
_COMPACT_JWE: Final = re.compile(r"[A-Za-z0-9_-]+\.(\.[A-Za-z0-9_-]+){3}")

# joserfc lets TypeError, KeyError and RecursionError through for headers of odd types (`crit: null`).
_UNREADABLE = (JoseError, ValueError, TypeError, KeyError, RecursionError)


class _Jws(jws.JWSRegistry):
    max_payload_length = (
        LONGEST_MESSAGE  # joserfc stops at 128 kB; a record that the schema allows may be larger
    )


class _Jwe(jwe.JWERegistry):
    max_ciphertext_length = LONGEST_MESSAGE  # joserfc stops at 64 kB


_JWS = _Jws(algorithms=[SIGNATURE])
_JWE = _Jwe(algorithms=[KEY_AGREEMENT, CIPHER])


def seal(message: Message, signer: KeyPair, recipient: PublicKeys) -> str:
    """A message as it goes over the wire: compact JWS of header and encrypted content."""
    return wrap(message.header, encrypt(message, signer.signature, recipient.encryption), signer.signature)


def wrap(header: Header, body: str, signer: ECKey) -> str:
    """The outer compact JWS over {"header", "body"}."""
    return sign({"header": header.to_wire(), "body": body}, signer, MESSAGE_TYPE)


def unwrap(token: str, signer: ECKey) -> tuple[Header, str]:
    """Header and encrypted body of a verified message. Raises RefusedError SIGNATURE_INVALID or MALFORMED."""
    payload = verify(token, signer, MESSAGE_TYPE)
    if place := deviation_from("message", payload):
        raise RefusedError("MALFORMED", place)
    return Header.from_wire(payload["header"]), payload["body"]


def encrypt(message: Message, signer: ECKey, recipient: ECKey) -> str:
    """The content, signed by its sender together with what it belongs to, then encrypted to the recipient."""
    return close_body(signed_content(message, signer), recipient)


def signed_content(message: Message, signer: ECKey) -> str:
    """The inner JWS: the content with what it belongs to."""
    return sign({**bound(message.header), "content": message.content}, signer, CONTENT_JWS_TYPE)


def close_body(inner: str, recipient: ECKey) -> str:
    """The compact JWE around an inner JWS."""
    protected = {"alg": KEY_AGREEMENT, "enc": CIPHER, "kid": recipient.kid}
    return jwe.encrypt_compact(protected, inner.encode(), recipient, registry=_JWE)


def decrypt(header: Header, body: str, recipient: ECKey, signer: ECKey) -> dict[str, Any]:
    """The content of a body. Raises RefusedError DECRYPTION_FAILED, SIGNATURE_INVALID or MALFORMED."""
    inner = verify(open_body(body, recipient), signer, CONTENT_JWS_TYPE)
    check_bound(header, inner)
    if place := deviation_from("content", inner):
        raise RefusedError("MALFORMED", place)
    content: dict[str, Any] = inner["content"]
    return content


def open_body(body: str, recipient: ECKey) -> str:
    """The inner JWS of a compact JWE. Raises RefusedError DECRYPTION_FAILED."""
    try:
        _must_have_readable_header(body)
        opened = jwe.decrypt_compact(body, recipient, registry=_JWE)
    except _UNREADABLE as error:
        raise RefusedError("DECRYPTION_FAILED", type(error).__name__) from error
    protected = opened.headers()
    if not _COMPACT_JWE.fullmatch(body) or not _is_jwe_header(protected, recipient):
        raise RefusedError("DECRYPTION_FAILED", "保護ヘッダー又は形が取決めと違う")
    return (opened.plaintext or b"").decode(errors="replace")


def _is_jwe_header(protected: Mapping[str, object], recipient: ECKey) -> bool:
    epk = protected.get("epk")
    named = protected.get("kid") == recipient.kid
    return named and protected.keys() == _JWE_MEMBERS and isinstance(epk, dict) and epk.keys() == _EPK_MEMBERS


def check_bound(header: Header, inner: Mapping[str, object]) -> None:
    """Raises RefusedError SIGNATURE_INVALID unless a content belongs to this header."""
    if {k: inner.get(k) for k in bound(header)} != bound(header):
        raise RefusedError("SIGNATURE_INVALID", "本文の署名が別の電文のもの")


def sign(payload: Mapping[str, object], signer: ECKey, token_type: str) -> str:
    """A compact JWS over a JSON object."""
    protected = {"alg": SIGNATURE, "kid": signer.kid, "typ": token_type}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(protected, text.encode(), signer, registry=_JWS)


def verify(token: str, signer: ECKey, token_type: str) -> dict[str, Any]:
    """The JSON object of a compact JWS. Raises RefusedError SIGNATURE_INVALID or MALFORMED."""
    try:
        _must_have_readable_header(token)
        checked = jws.deserialize_compact(token, signer, registry=_JWS)
    except _UNREADABLE as error:
        raise RefusedError("SIGNATURE_INVALID", type(error).__name__) from error
    protected = checked.headers()
    if protected.get("typ") != token_type or protected.get("kid") != signer.kid:
        raise RefusedError("SIGNATURE_INVALID", "typ 又は kid が違う")
    if protected.keys() != _JWS_MEMBERS or not _COMPACT_JWS.fullmatch(token):
        raise RefusedError("SIGNATURE_INVALID", "保護ヘッダー又は形が取決めと違う")
    try:
        payload = read_json(checked.payload)
    except UnreadableJsonError as error:
        raise RefusedError("MALFORMED", str(error)) from error
    if not isinstance(payload, dict):
        raise RefusedError("MALFORMED", "JSON オブジェクトではない")
    return payload


def peek(token: str) -> dict[str, Any]:
    """The payload of a compact JWS, NOT verified: to find a sender's key, or to record what was refused."""
    parts = ".".join(
        part.rstrip("=") for part in token.split(".")
    )  # padding is for the check of the signature
    try:
        _must_have_readable_header(parts)
        payload = read_json(_payload(parts))
    except UnreadableJsonError as error:
        raise RefusedError("MALFORMED", str(error)) from error
    except _UNREADABLE as error:
        raise RefusedError("MALFORMED", type(error).__name__) from error
    if not isinstance(payload, dict):
        raise RefusedError("MALFORMED", "JSON オブジェクトではない")
    return payload


def _payload(token: str) -> bytes:
    """What a protected header holds beyond the three names is for the check of the signature to refuse (guide §12)."""
    try:
        return jws.extract_compact(token.encode(), registry=_JWS).payload
    except MissingCritHeaderError:
        _, payload, _ = token.split(".")
        return urlsafe_b64decode(payload.encode())


def glimpse(token: str) -> Any:
    """The payload of what is no message, as anybody might read it: to file it under the ids that it claims. None where
    there is nothing to read."""
    try:
        return json.loads(jws.extract_compact(token.encode(), registry=_JWS).payload)
    except _UNREADABLE:
        return None


def claimed_kid(token: str) -> str:
    """The kid of a compact JWS, NOT verified: to choose among the keys of a sender. Raises RefusedError."""
    try:
        return str(jws.extract_compact(token.encode(), registry=_JWS).headers().get("kid"))
    except _UNREADABLE as error:
        raise RefusedError("SIGNATURE_INVALID", type(error).__name__) from error


def _must_have_readable_header(token: str) -> None:
    """joserfc takes any JSON that Python does, and the last of two members of one name; RFC 7515 §4 lets it refuse them.
    Raises ValueError."""
    read_json(urlsafe_b64decode(token.partition(".")[0].encode()))


def bound(header: Header) -> dict[str, str]:
    """What ties a content to its message, so that no body can be moved under another header."""
    return {
        "message_id": header.message_id,
        "correlation_id": header.correlation_id,
        "kind": header.kind,
        "from": header.sender,
        "to": header.recipient,
        "information": header.information,
    }
