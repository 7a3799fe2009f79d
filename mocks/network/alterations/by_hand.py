"""Signing and encrypting whatever text: libraries refuse to write what is to be refused."""

import base64
import os
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey

from harness.contract.key_agreement import content_key

_COORDINATE = 32  # bytes
_THIN = 1 << 248  # a smaller number has a leading zero in its 32 bytes
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SIGNATURE_CHARACTERS = 86  # of 64 bytes in base64url


def sign(protected: str, payload: str, key: ECKey, thin: str = "") -> str:
    """A compact JWS (ES256) over two texts. `thin`: which number (r, s) has a leading zero; empty for whichever comes."""
    signed = f"{_encoded(protected.encode('utf-8', 'surrogatepass'))}.{_encoded(payload.encode('utf-8', 'surrogatepass'))}"
    private = key.private_key
    assert isinstance(private, EllipticCurvePrivateKey)
    while True:
        r, s = decode_dss_signature(private.sign(signed.encode(), ECDSA(SHA256())))
        if not thin or {"r": r, "s": s}[thin] < _THIN:
            break
    return f"{signed}.{_encoded(r.to_bytes(_COORDINATE) + s.to_bytes(_COORDINATE))}"


def in_der(token: str) -> str:
    """The same signature in the form that JWS does not have."""
    signed, _, signature = token.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    r, s = (int.from_bytes(half) for half in (raw[:_COORDINATE], raw[_COORDINATE:]))
    return f"{signed}.{_encoded(encode_dss_signature(r, s))}"


def loosened(part: str) -> str:
    """The same bytes: of the bits that only fill up the last character of a text of base64url the last one is set."""
    return part[:-1] + _ALPHABET[_ALPHABET.index(part[-1]) | 1]


def filled(protected: str, payload: str, size: int) -> str:
    """The payload (JSON) with as many blanks at its end as make a token of `size` bytes; of one less where base64 has none of that
    length."""
    rest = len(_encoded(protected.encode())) + _SIGNATURE_CHARACTERS + 2
    wanted = (size - rest) * 3 // 4
    return payload + " " * max(0, wanted - len(payload.encode()))


def close(
    plaintext: str, recipient: ECKey, protected: Callable[[dict[str, str]], str], thin: str = ""
) -> str:
    """A compact JWE (ECDH-ES, A256GCM) around a text. `protected`: the protected header for an ephemeral key (JWK); `thin`: as above, of
    z, epk-x, epk-y."""
    public = recipient.public_key
    assert isinstance(public, EllipticCurvePublicKey)
    while True:
        ephemeral = generate_private_key(SECP256R1())
        numbers, secret = ephemeral.public_key().public_numbers(), ephemeral.exchange(ECDH(), public)
        found = {"z": int.from_bytes(secret), "epk-x": numbers.x, "epk-y": numbers.y}
        if not thin or found[thin] < _THIN:
            break
    epk = {"kty": "EC", "crv": "P-256", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}
    first = _encoded(protected(epk).encode())
    iv = os.urandom(12)
    sealed = AESGCM(content_key(secret)).encrypt(
        iv, plaintext.encode("utf-8", "surrogatepass"), first.encode()
    )
    return f"{first}..{_encoded(iv)}.{_encoded(sealed[:-16])}.{_encoded(sealed[-16:])}"


def _coordinate(number: int) -> str:
    return _encoded(number.to_bytes(_COORDINATE))


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
