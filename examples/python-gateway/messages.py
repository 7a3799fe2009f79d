"""Messages of the north face with joserfc: what docs/gateway-guide says of keys, signatures and encryption, and no more."""

import json
from typing import Any

from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

MESSAGE, CONTENT, LINK_CODE = "renkei-message+jws", "renkei-content+jws", "renkei-link-code+jws"
BOUND = ("message_id", "correlation_id", "kind", "from", "to", "information")
_JWS = jws.JWSRegistry(algorithms=["ES256"])
_JWS.max_payload_length = 4_000_000  # guide §3, check 1
_JWE = jwe.JWERegistry(algorithms=["ECDH-ES", "A256GCM"])
_JWE.max_ciphertext_length = 4_000_000
_UNREADABLE = (JoseError, ValueError, TypeError, KeyError)


class RefusedError(Exception):
    """A refusal code of refusals.json."""


def sign(payload: dict[str, Any], key: ECKey, typ: str) -> str:
    """A compact JWS."""
    header = {"alg": "ES256", "kid": key.kid, "typ": typ}
    return jws.serialize_compact(header, json.dumps(payload, ensure_ascii=False).encode(), key, registry=_JWS)


def peek(token: str) -> dict[str, Any]:
    """A payload, not verified. Raises RefusedError MALFORMED."""
    try:
        payload = json.loads(jws.extract_compact(token.encode(), registry=_JWS).payload)
    except _UNREADABLE:
        raise RefusedError("MALFORMED") from None
    if not isinstance(payload, dict):
        raise RefusedError("MALFORMED")
    return payload


def verify(token: str, keys: list[ECKey], typ: str) -> dict[str, Any]:
    """A payload whose signature is right. Raises RefusedError SIGNATURE_INVALID."""
    try:
        kid = jws.extract_compact(token.encode(), registry=_JWS).headers()["kid"]
        key = next(key for key in keys if key.kid == kid)
        signed = jws.deserialize_compact(token, key, registry=_JWS)
        if signed.headers() != {"alg": "ES256", "kid": kid, "typ": typ} or "=" in token:
            raise RefusedError("SIGNATURE_INVALID")
        return json.loads(signed.payload)
    except (*_UNREADABLE, StopIteration):
        raise RefusedError("SIGNATURE_INVALID") from None


def open_body(body: str, key: ECKey) -> str:
    """The inner JWS. Raises RefusedError DECRYPTION_FAILED."""
    try:
        opened = jwe.decrypt_compact(body, key, registry=_JWE)
    except _UNREADABLE:
        raise RefusedError("DECRYPTION_FAILED") from None
    if opened.headers().keys() != {"alg", "enc", "kid", "epk"} or opened.headers()["kid"] != key.kid:
        raise RefusedError("DECRYPTION_FAILED")
    return (opened.plaintext or b"").decode()


def seal(header: dict[str, Any], content: dict[str, Any], signer: ECKey, recipient: ECKey) -> str:
    """A message as it goes to the network."""
    inner = sign({**{name: header[name] for name in BOUND}, "content": content}, signer, CONTENT)
    protected = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": recipient.kid}
    body = jwe.encrypt_compact(protected, inner.encode(), recipient, registry=_JWE)
    return sign({"header": header, "body": body}, signer, MESSAGE)


def kid(token: str) -> str:
    """The id of the key that a token names."""
    return str(jws.extract_compact(token.encode(), registry=_JWS).headers()["kid"])
