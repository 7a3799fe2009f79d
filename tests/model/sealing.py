"""Messages sealed by hand, so that each layer can be sealed otherwise."""

import base64
import json
import os
from collections.abc import Mapping
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from harness.contract.keys import bench_keys

Said = Mapping[str, object]


def b64(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def dumped(value: object) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def private_key(code: str, use: str) -> EllipticCurvePrivateKey:
    """Of an organisation of the bench."""
    key = getattr(bench_keys(code), use).private_key
    assert isinstance(key, EllipticCurvePrivateKey)
    return key


def signed(head: Said, payload: bytes, key: EllipticCurvePrivateKey, *, der: bool = False) -> str:
    """A compact JWS."""
    start = f"{b64(dumped(head))}.{b64(payload)}"
    signature = key.sign(start.encode(), ECDSA(SHA256()))
    r, s = decode_dss_signature(signature)
    raw = signature if der else r.to_bytes(32) + s.to_bytes(32)
    return f"{start}.{b64(raw)}"


def encrypted(
    text: str,
    to: str,
    head: Said | None = None,
    *,
    ephemeral: EllipticCurvePrivateKey | None = None,
    iv: bytes | None = None,
    wrapped: str = "",
) -> str:
    """A compact JWE (guide §3). `head`: members that differ; None as a value leaves one out."""
    ephemeral, iv = ephemeral or generate_private_key(SECP256R1()), iv or os.urandom(12)
    numbers = ephemeral.public_key().public_numbers()
    epk = {"kty": "EC", "crv": "P-256", "x": b64(numbers.x.to_bytes(32)), "y": b64(numbers.y.to_bytes(32))}
    proper = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": bench_keys(to).encryption.kid, "epk": epk}
    said = {name: value for name, value in {**proper, **(head or {})}.items() if value is not None}
    first = b64(dumped(said))
    shared = ephemeral.exchange(ECDH(), private_key(to, "encryption").public_key())
    info = (7).to_bytes(4) + b"A256GCM" + bytes(8) + (256).to_bytes(4)
    sealed = AESGCM(sha256((1).to_bytes(4) + shared + info).digest()).encrypt(
        iv, text.encode(), first.encode()
    )
    return f"{first}.{wrapped}.{b64(iv)}.{b64(sealed[:-16])}.{b64(sealed[-16:])}"
