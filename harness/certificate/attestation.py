"""What people say of a bundle, apart from what machines found: each signs for the bytes of the certificate."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from joserfc.jwk import ECKey

from harness.certificate.signing import sign

TYPE = "renkei-attestation+jws"
FOLDER = "attestations"


@dataclass(frozen=True)
class Attestation:
    """Who attests what, for which organisation. `day`: as the signer gives it, it is nobody's measurement."""

    organisation: str
    name: str
    role: str
    day: date
    remarks: str = ""

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> Self:
        """Of a payload that meets its schema."""
        fields = {name: str(document[name]) for name in ("organisation", "name", "role", "remarks")}
        return cls(**fields, day=date.fromisoformat(str(document["day"])))


def signed(attestation: Attestation, certificate: bytes, key: ECKey) -> bytes:
    """A compact JWS."""
    said = {**asdict(attestation), "day": attestation.day.isoformat()}
    return sign({**said, "certificate_sha256": digest(certificate)}, key, TYPE)


def digest(certificate: bytes) -> str:
    """What an attestation is about."""
    return hashlib.sha256(certificate).hexdigest()


def names(key: ECKey) -> tuple[str, str]:
    """The files of an attestation in a bundle: the JWS, and the public key of who signed it."""
    return f"{FOLDER}/{key.kid}.jws", f"{FOLDER}/{key.kid}.jwk"
