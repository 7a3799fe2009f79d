"""Keys of the bench: one signing and one encryption key an organisation, P-256, TEST USE ONLY."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypedDict

from joserfc.jwk import ECKey

from harness.contract.resources import json_document

Jwk = dict[str, str | list[str]]  # as joserfc has it
PUBLIC_MEMBERS = ("kty", "crv", "x", "y", "kid", "use", "alg")
STRANGER = "intruder"  # in place of a code: somebody whom no directory knows


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
    """The public keys of one organisation; `further`: other signature keys than the present one."""

    signature: ECKey
    encryption: ECKey
    further: "tuple[SignatureKey, ...]" = ()

    @classmethod
    def from_jwk(cls, signature: Jwk, encryption: Jwk, further: Iterable["FurtherKey"] = ()) -> Self:
        """From two public JWK and entries of `further_keys`. Raises ValueError where one is no P-256 key with a kid."""
        more = tuple(
            SignatureKey(_imported(row["key"]), row["valid_from"], row["valid_until"], row["revoked"])
            for row in further
        )
        return cls(_imported(signature), _imported(encryption), more)

    def knows(self, kid: str) -> bool:
        """Is one of the signature keys called so, valid or not?"""
        return kid in {self.signature.kid, *(further.key.kid for further in self.further)}

    def to_jwk(self) -> dict[str, Jwk]:
        """{"signature": JWK, "encryption": JWK} as the directory of the network publishes them."""
        return {
            "signature": public_jwk(self.signature.dict_value),
            "encryption": public_jwk(self.encryption.dict_value),
        }


class FurtherKey(TypedDict):
    """An entry of `further_keys` in the directory of the network."""

    key: Jwk
    valid_from: str
    valid_until: str
    revoked: bool


@dataclass(frozen=True)
class SignatureKey:
    """A further signature key of an organisation (key rollover): usable between two moments unless revoked."""

    key: ECKey
    valid_from: str
    valid_until: str
    revoked: bool

    def to_wire(self) -> FurtherKey:
        """As the directory of the network publishes it."""
        key = public_jwk(self.key.dict_value)
        return {
            "key": key,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "revoked": self.revoked,
        }


_LONG_AGO, _RECENTLY, _FAR_AHEAD = "2010-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
VALIDITIES = {  # of the further keys of a counterpart: valid from, valid until, revoked
    "former": (_LONG_AGO, _FAR_AHEAD, False),
    "next": (_LONG_AGO, _FAR_AHEAD, False),
    "expired": (_LONG_AGO, _RECENTLY, False),
    "revoked": (_LONG_AGO, _FAR_AHEAD, True),
}


@cache
def further_keys(code: str) -> dict[str, SignatureKey]:
    """former, next, expired and revoked: test signature keys of a counterpart beside its present one."""
    keys = json_document("keys", "TEST-ONLY-keys.json")["further"]
    return {
        state: SignatureKey(_imported({**keys[state], "kid": f"TEST-ONLY-{code}-{state}"}), *validity)
        for state, validity in VALIDITIES.items()
    }


@cache
def bench_keys(code: str) -> KeyPair:
    """The published test keys of an organisation of the bench. Raises KeyError for others."""
    pair = json_document("keys", "TEST-ONLY-keys.json")["organisations"][code]
    return KeyPair(_imported(pair["signature"]), _imported(pair["encryption"]))


def published_opener(code: str, keys: PublicKeys) -> ECKey | None:
    """The private key for what is encrypted to an organisation, where the key that it uses is its published test key."""
    try:
        own = bench_keys(code).encryption
    except KeyError:
        return None
    return own if public_jwk(own.dict_value) == public_jwk(keys.encryption.dict_value) else None


def public_jwk(jwk: Any) -> Jwk:
    """The public members of a JWK."""
    return {k: jwk[k] for k in PUBLIC_MEMBERS if k in jwk}


def _imported(jwk: Jwk) -> ECKey:
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or not jwk.get("kid"):
        raise ValueError("鍵は kid のある EC P-256 の JWK でなければならない")
    return ECKey.import_key(jwk)
