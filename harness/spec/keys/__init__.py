"""Keys of the bench: one signing and one encryption key an organisation, P-256, TEST USE ONLY."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from joserfc.jwk import ECKey

from harness.spec.resources import json_document

PUBLIC_MEMBERS = ("kty", "crv", "x", "y", "kid", "use", "alg")


@dataclass(frozen=True)
class KeyPair:
    """The private keys of one organisation."""

    signature: ECKey
    encryption: ECKey

    def public(self) -> "PublicKeys":
        """What partners may know."""
        return PublicKeys.from_jwk(
            public_jwk(self.signature.dict_value), public_jwk(self.encryption.dict_value)
        )


@dataclass(frozen=True)
class PublicKeys:
    """The public keys of one organisation."""

    signature: ECKey
    encryption: ECKey

    @classmethod
    def from_jwk(cls, signature: dict[str, Any], encryption: dict[str, Any]) -> Self:
        """From two public JWK. Raises ValueError where one is no P-256 key with a kid."""
        return cls(_imported(signature), _imported(encryption))

    def to_jwk(self) -> dict[str, Any]:
        """{"signature": JWK, "encryption": JWK} as the directory of the network publishes them."""
        return {
            "signature": public_jwk(self.signature.dict_value),
            "encryption": public_jwk(self.encryption.dict_value),
        }


@cache
def bench_keys(code: str) -> KeyPair:
    """The published test keys of an organisation of the bench. Raises KeyError for others."""
    pair = json_document("keys", "TEST-ONLY-keys.json")["organisations"][code]
    return KeyPair(_imported(pair["signature"]), _imported(pair["encryption"]))


def public_jwk(jwk: Any) -> dict[str, Any]:
    """The public members of a JWK."""
    return {k: jwk[k] for k in PUBLIC_MEMBERS if k in jwk}


def _imported(jwk: dict[str, Any]) -> ECKey:
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or not jwk.get("kid"):
        raise ValueError("鍵は kid のある EC P-256 の JWK でなければならない")
    return ECKey.import_key(jwk)
