"""The keys of network and counterparts in one run: made of a secret of its own, so that nobody knows them beforehand."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey

from harness.contract.keys import (
    STRANGER,
    VALIDITIES,
    Jwk,
    KeyPair,
    PublicKeys,
    SignatureKey,
    bench_keys,
    further_keys,
    published_opener,
)
from harness.contract.organisations import organisations

_ORDER: Final = (
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-4, D.1.2.3)
)
_USES: Final = {"sig": "ES256", "enc": "ECDH-ES"}


@dataclass(frozen=True)
class KeyRing:
    """Without a secret: the published test keys. `real`: of organisations that are not played, as a gateway of their own is tested as
    well; what only that gateway has of them is not there."""

    secret: str = field(default="", repr=False)
    real: Mapping[str, KeyPair] = field(default_factory=dict, repr=False, hash=False)

    def of(self, code: str) -> KeyPair:
        """Of an organisation, or of the stranger whom nobody knows. Raises KeyError for others."""
        if code in self.real:
            return self.real[code]
        return _pair(self.secret, code) if self.secret else bench_keys(code)

    def public(self, code: str) -> PublicKeys:
        """What others may know of them. Raises KeyError."""
        if code in self.real:
            return self.real[code].public()
        return _public(self.secret, code)

    def further(self, code: str) -> Mapping[str, SignatureKey]:
        """former, next, expired and revoked: signature keys of a counterpart beside its present one."""
        return _further(self.secret, code) if self.secret else further_keys(code)


PUBLISHED: Final = KeyRing()


def known_of(code: str, keys: PublicKeys) -> KeyPair:
    """What the bench has of the keys of a gateway: what it declares, and the private one for bodies where that is published."""
    return KeyPair(keys.signature, published_opener(code, keys) or keys.encryption)


@cache
def _public(secret: str, code: str) -> PublicKeys:
    return KeyRing(secret).of(code).public()


@cache
def _pair(secret: str, code: str) -> KeyPair:
    if code not in organisations() and code != STRANGER:
        raise KeyError(code)
    return KeyPair(_key(secret, code, "sig"), _key(secret, code, "enc"))


@cache
def _further(secret: str, code: str) -> dict[str, SignatureKey]:
    return {
        state: SignatureKey(_key(secret, f"{code}/{state}", "sig"), *validity)
        for state, validity in VALIDITIES.items()
    }


def _key(secret: str, name: str, use: str) -> ECKey:
    """Its id is its thumbprint (RFC 7638), which says nothing of whose it is or what is wrong with it."""
    digest = blake2b(f"{name}/{use}".encode(), key=secret.encode()).digest()
    number = int.from_bytes(digest) % (_ORDER - 1) + 1
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key().public_numbers()
    numbers = {"x": _coordinate(point.x), "y": _coordinate(point.y), "d": _coordinate(number)}
    jwk: Jwk = {"kty": "EC", "crv": "P-256", "use": use, "alg": _USES[use], **numbers}
    return ECKey.import_key({**jwk, "kid": ECKey.import_key(jwk).thumbprint()})


def _coordinate(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=")
