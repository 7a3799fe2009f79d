"""Signing and encrypting whatever text: libraries refuse to write what is to be refused."""

import base64
import os
import struct
from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey

_CIPHER = b"A256GCM"
_COORDINATE = 32  # bytes


def sign(protected: str, payload: str, key: ECKey) -> str:
    """A compact JWS (ES256) over two texts."""
    signed = f"{_encoded(protected.encode('utf-8', 'surrogatepass'))}.{_encoded(payload.encode('utf-8', 'surrogatepass'))}"
    private = key.private_key
    assert isinstance(private, EllipticCurvePrivateKey)
    r, s = decode_dss_signature(private.sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{_encoded(r.to_bytes(_COORDINATE) + s.to_bytes(_COORDINATE))}"


def close(plaintext: str, recipient: ECKey, protected: Callable[[dict[str, str]], str]) -> str:
    """A compact JWE (ECDH-ES, A256GCM) around a text. `protected`: the protected header for an ephemeral key (JWK)."""
    ephemeral = generate_private_key(SECP256R1())
    numbers = ephemeral.public_key().public_numbers()
    epk = {"kty": "EC", "crv": "P-256", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}
    public = recipient.public_key
    assert isinstance(public, EllipticCurvePublicKey)
    first = _encoded(protected(epk).encode())
    iv = os.urandom(12)
    sealed = AESGCM(_derived(ephemeral.exchange(ECDH(), public))).encrypt(
        iv, plaintext.encode("utf-8", "surrogatepass"), first.encode()
    )
    return f"{first}..{_encoded(iv)}.{_encoded(sealed[:-16])}.{_encoded(sealed[-16:])}"


def _derived(secret: bytes) -> bytes:
    """Concat KDF (RFC 7518 §4.6) with one round, as guide §3 writes it."""
    about = struct.pack(">I", len(_CIPHER)) + _CIPHER + struct.pack(">III", 0, 0, 256)
    return sha256(struct.pack(">I", 1) + secret + about).digest()


def _coordinate(number: int) -> str:
    return _encoded(number.to_bytes(_COORDINATE))


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
