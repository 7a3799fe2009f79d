"""A message of the north face opened layer by layer (guide §3), with all that is wrong with each. Nothing here rests on the binding that
the network uses: what one overlooks the other shall see."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from harness.contract.journal_entries import Said
from harness.contract.strict_json import UnreadableJsonError, read_json
from harness.model.inbox.jose import Spelling
from harness.model.inbox.jose import decoded as read_part

_COORDINATE: Final = 32  # bytes of P-256
_JWS_MEMBERS: Final = frozenset({"alg", "kid", "typ"})
_JWE_MEMBERS: Final = frozenset({"alg", "enc", "kid", "epk"})
_EPK_MEMBERS: Final = frozenset({"kty", "crv", "x", "y"})
_IV, _TAG = 12, 16  # bytes
# RFC 7518 §4.6: AlgorithmID, no party, 256 bits
_KDF_INFO: Final = b"\0\0\0\7A256GCM" + bytes(8) + b"\0\0\1\0"


@dataclass(frozen=True, slots=True)
class Signed:
    """A compact JWS. `faults`: what is not as the contract has it, by the part of it; `payload`: its JSON object, empty for none."""

    faults: frozenset[str]
    payload: Said


@dataclass(frozen=True, slots=True)
class Sealed:
    """A compact JWE. `inner`: what was encrypted, None where it does not open; `epk`, `iv`: what must not be used twice."""

    faults: frozenset[str]
    inner: str | None
    epk: str = ""
    iv: str = ""


def public_key(jwk: object) -> EllipticCurvePublicKey | None:
    """Of a JWK; None where it is no point of P-256."""
    if not isinstance(jwk, Mapping) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        return None
    x, y = decoded(jwk.get("x")), decoded(jwk.get("y"))
    if x is None or y is None or len(x) != _COORDINATE or len(y) != _COORDINATE:
        return None
    numbers = EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), SECP256R1())
    try:
        return numbers.public_key()
    except ValueError:
        return None


def opened_jws(token: str, kid: object, key: EllipticCurvePublicKey, typ: str) -> Signed:
    """Against the key that must have signed it."""
    parts = token.split(".")
    raw = [decoded(part) for part in parts]
    if len(parts) != 3 or any(not part for part in raw):
        return Signed(frozenset({"形"}), {})
    head, payload, signature = (part or b"" for part in raw)
    header, faults = _object(head), set[str]()
    if header is None or header.keys() != _JWS_MEMBERS:
        faults.add("保護ヘッダーの項目")
    wanted = {"alg": "ES256", "kid": kid, "typ": typ}
    faults |= {name for name, value in wanted.items() if (header or {}).get(name) != value}
    if len(signature) != 2 * _COORDINATE:
        faults.add("署名の長さ")
    elif not _verifies(f"{parts[0]}.{parts[1]}".encode(), signature, key):
        faults.add("署名")
    read = _object(payload)
    if read is None:
        faults.add("payload")
    return Signed(frozenset(faults), read or {})


def opened_jwe(body: str, kid: object, key: EllipticCurvePrivateKey) -> Sealed:
    """With the key of its recipient."""
    parts = body.split(".")
    raw = [decoded(part) for part in parts]
    if len(parts) != 5 or any(part is None for part in raw):
        return Sealed(frozenset({"形"}), None)
    head, wrapped, iv, cipher, tag = (part or b"" for part in raw)
    header, faults = _object(head) or {}, set[str]()
    epk = header.get("epk")
    if header.keys() != _JWE_MEMBERS:
        faults.add("保護ヘッダーの項目")
    wanted = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": kid}
    faults |= {name for name, value in wanted.items() if header.get(name) != value}
    ephemeral = public_key(epk)
    if not isinstance(epk, Mapping) or epk.keys() != _EPK_MEMBERS or ephemeral is None:
        faults.add("epk")
    lengths = {"暗号化鍵": (wrapped, 0), "IV": (iv, _IV), "認証タグ": (tag, _TAG)}
    faults |= {name for name, (part, length) in lengths.items() if len(part) != length}
    plain = _decrypted(key, ephemeral, (iv, cipher + tag, parts[0].encode())) if ephemeral else None
    if plain is None:
        faults.add("復号")
    named = f"{epk.get('x')}.{epk.get('y')}" if isinstance(epk, Mapping) else ""
    return Sealed(frozenset(faults), plain, named, parts[2])


def decoded(part: object) -> bytes | None:
    """Base64url without padding, and as whoever encoded those bytes had to write it; None for anything else."""
    raw, spelling = read_part(part) if isinstance(part, str) else (b"", Spelling.FOREIGN)
    return raw if spelling is Spelling.PLAIN else None


def _verifies(signed: bytes, signature: bytes, key: EllipticCurvePublicKey) -> bool:
    r, s = int.from_bytes(signature[:_COORDINATE]), int.from_bytes(signature[_COORDINATE:])
    try:
        key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _decrypted(
    key: EllipticCurvePrivateKey, ephemeral: EllipticCurvePublicKey, sealed: tuple[bytes, bytes, bytes]
) -> str | None:
    iv, cipher, aad = sealed
    shared = key.exchange(ECDH(), ephemeral)
    content_key = sha256(b"\0\0\0\1" + shared + _KDF_INFO).digest()
    try:
        return AESGCM(content_key).decrypt(iv, cipher, aad).decode(errors="replace")
    except (InvalidTag, ValueError):
        return None


def _object(raw: bytes) -> Said | None:
    try:
        value = read_json(raw)
    except UnreadableJsonError:
        return None
    return value if isinstance(value, dict) else None
