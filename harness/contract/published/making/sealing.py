"""A message of the north face made step by step, so that each intermediate value can be shown."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc.jwk import ECKey

from harness.contract.json_binding import CIPHER, CONTENT_JWS_TYPE, KEY_AGREEMENT, MESSAGE_TYPE, sign
from harness.contract.key_agreement import content_key, other_info
from harness.contract.keys import bench_keys

Json = dict[str, Any]

GATEWAY, PARTNER, STRANGER, NETWORK = "221007", "401307", "131016", "000001"
# What ties a content to its message, so that no body can be moved under another header.
BOUND = ("message_id", "correlation_id", "kind", "from", "to", "information")
_GCM_TAG = 16  # bytes


@dataclass(frozen=True)
class Draft:
    """A message before it is sealed: who signs inside, to whom it is encrypted, who hands it over. `bound`
    overrides what the inner signature says of the message."""

    header: Json
    content: Json
    signer: str = PARTNER
    recipient: str = GATEWAY
    carrier: str = NETWORK
    bound: Json | None = None


def seal(draft: Draft) -> tuple[str, Json, str]:
    """Inner JWS, steps of the JWE, message."""
    bound = draft.bound or {name: draft.header[name] for name in BOUND}
    inner = sign({**bound, "content": draft.content}, bench_keys(draft.signer).signature, CONTENT_JWS_TYPE)
    steps = encrypt(inner, bench_keys(draft.recipient).encryption)
    return inner, steps, wrap(draft, steps["token"])


def message(draft: Draft) -> str:
    """The sealed message."""
    return seal(draft)[2]


def wrap(draft: Draft, body: str) -> str:
    """The outer JWS around a body."""
    return sign({"header": draft.header, "body": body}, bench_keys(draft.carrier).signature, MESSAGE_TYPE)


def encrypt(plaintext: str, recipient: ECKey) -> Json:
    """ECDH-ES (RFC 7518 §4.6) by hand, because the library does not show what lies between."""
    ephemeral = generate_private_key(SECP256R1())
    ours = ECKey.import_key(ephemeral)
    secret = ephemeral.exchange(ECDH(), recipient.public_key)
    key = content_key(secret)
    epk = {n: ours.as_dict(private=False)[n] for n in ("kty", "crv", "x", "y")}
    protected = {"alg": KEY_AGREEMENT, "enc": CIPHER, "kid": recipient.kid, "epk": epk}
    aad, nonce = encoded(compact(protected)), token_bytes(12)
    cipher = AESGCM(key).encrypt(nonce, plaintext.encode(), aad.encode())
    ciphertext, tag = cipher[:-_GCM_TAG], cipher[-_GCM_TAG:]
    return {
        "protected": protected,
        "ephemeral_private": ours.as_dict(private=True)["d"],
        "z_hex": secret.hex(),
        "other_info_hex": other_info().hex(),
        "cek_hex": key.hex(),
        "iv_hex": nonce.hex(),
        "aad": aad,
        "plaintext": plaintext,
        "tag_hex": tag.hex(),
        "token": ".".join([aad, "", *(encoded(part) for part in (nonce, ciphertext, tag))]),
    }


def jws_steps(token: str) -> Json:
    """A compact JWS taken apart."""
    protected, payload, signature = token.split(".")
    return {
        "protected": json.loads(decoded(protected)),
        "payload_utf8": decoded(payload).decode(),
        "signing_input": f"{protected}.{payload}",
        "signature_hex": decoded(signature).hex(),
        "token": token,
    }


def compact(document: Json) -> bytes:
    """JSON without blanks."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def encoded(data: bytes) -> str:
    """Base64url without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
