"""JWS over certificates and attestations: one form of each, and nothing taken from where it does not belong."""

import base64
import binascii
import json
from collections.abc import Mapping

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from harness.certificate.claims import canonical
from harness.certificate.refused import RefusedBundleError

_ALGORITHM = "ES256"


def sign(payload: Mapping[str, object], key: ECKey, token_type: str) -> bytes:
    """A compact JWS whose header carries the public key, so that it can be verified anywhere."""
    protected = {"alg": _ALGORITHM, "kid": key.kid, "typ": token_type}
    return jws.serialize_compact(protected, canonical(payload), key, algorithms=[_ALGORITHM]).encode()


def verified(token: bytes, key: ECKey, token_type: str) -> dict[str, object]:
    """The payload. Raises RefusedBundleError SIGNATURE_INVALID, also for another spelling of the same."""
    expected = f"{key.kid} の {token_type} の署名"
    try:
        text = token.decode("ascii")
        checked = jws.deserialize_compact(text, key, algorithms=[_ALGORITHM])
        payload = json.loads(checked.payload)
        same = all(_spelt(part) == part for part in text.split(".")) and canonical(payload) == checked.payload
    except (JoseError, ValueError, TypeError, KeyError, binascii.Error, RecursionError) as error:
        raise RefusedBundleError("SIGNATURE_INVALID", type(error).__name__, expected) from error
    header = checked.headers()
    if header != {"alg": _ALGORITHM, "kid": key.kid, "typ": token_type} or not isinstance(payload, dict):
        raise RefusedBundleError("SIGNATURE_INVALID", "署名の種類が違う", expected)
    if not same:
        raise RefusedBundleError("BUNDLE_CHANGED", "署名されたものの綴りが違う", "署名した者の綴り")
    return payload


def _spelt(part: str) -> str:
    """Base64url leaves unused bits, in which a byte may differ and mean the same."""
    raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
