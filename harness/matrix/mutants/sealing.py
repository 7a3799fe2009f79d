"""A message taken apart into one JSON document, and sealed again from it: whatever differs in it differs on the wire."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from harness.catalogue.findings import ConfigurationError
from harness.contract.key_agreement import content_key
from harness.contract.keys import KeyPair, bench_keys
from harness.contract.strict_json import UnreadableJsonError, read_json
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.opening import decoded, opened_jwe

Document = dict[str, Any]
BOUND: Final = ("message_id", "correlation_id", "kind", "from", "to", "information")
LATE: Final = "late"  # beside the parts of a message: by how many seconds it comes later
EPK, IV = "epk", "iv"
REUSED: Final = (EPK, IV)  # beside the parts: what is the same in all that say so
_IV, _COORDINATE = 12, 32  # bytes


@dataclass(frozen=True)
class Sealer:
    """`own`: the keys of the gateway, `history`: whose record it is; `ephemeral`, `vector`: what a mutant uses again and again."""

    own: KeyPair
    history: History
    ephemeral: ec.EllipticCurvePrivateKey
    vector: bytes

    @classmethod
    def of(cls, history: History) -> "Sealer":
        """Raises ConfigurationError where the gateway had keys of its own: nobody else can sign what a mutant says."""
        own = bench_keys(history.declared.organisation)
        if history.declared.keys.get("signature", {}).get("kid") != own.signature.kid:
            raise ConfigurationError(
                "記録のゲートウェイは独自の鍵を使っている。変異体の電文に署名できるのは、試験用の鍵の記録だけである。"
            )
        return cls(own, history, ec.generate_private_key(ec.SECP256R1()), os.urandom(_IV))

    def opened(self, sending: Sending) -> Document | None:
        """outer and inner: protected headers; header; jwe: its protected header; bound and content: of the inner payload. None for
        what does not open."""
        recipient = self._recipient(sending.header)
        outer = _part(sending.token, 1)
        if recipient is None or outer is None:
            return None
        body = str(outer.get("body"))
        inner = opened_jwe(body, recipient.kid, _private(recipient)).inner
        payload = _part(inner or "", 1)
        if inner is None or payload is None:
            return None
        jwe = {k: v for k, v in (_part(body, 0) or {}).items() if k != "epk"}
        return {
            "outer": _part(sending.token, 0),
            "header": outer.get("header"),
            "jwe": jwe,
            "inner": _part(inner, 0),
            "bound": {k: payload[k] for k in BOUND if k in payload},
            "content": payload.get("content"),
        }

    def sealed(self, document: Document, to: object) -> str:
        """As it goes over the wire to the organisation of this code."""
        key = _private(self.own.signature)
        payload = dict(document["bound"])
        payload |= {"content": document["content"]} if "content" in document else {}
        inner = _signed(document["inner"], payload, key)
        recipient = self._recipient({"to": to})
        fresh = _Fresh(
            self.ephemeral if EPK in document else ec.generate_private_key(ec.SECP256R1()),
            self.vector if IV in document else os.urandom(_IV),
        )
        body = _encrypted(document["jwe"], inner, _private(recipient or self.own.encryption), fresh)
        return _signed(document["outer"], {"header": document["header"], "body": body}, key)

    def signed(self, protected: Document, payload: Document) -> str:
        """A compact JWS of the gateway."""
        return _signed(protected, payload, _private(self.own.signature))

    def _recipient(self, header: Mapping[str, object]) -> Any:
        try:
            return self.history.keys.of(str(header.get("to"))).encryption
        except KeyError:
            return None


def taken_apart(token: str) -> Document | None:
    """protected and payload of a compact JWS; None for anything else."""
    protected, payload = _part(token, 0), _part(token, 1)
    return None if protected is None or payload is None else {"protected": protected, "payload": payload}


def _part(token: str, number: int) -> Document | None:
    parts = token.split(".")
    raw = decoded(parts[number]) if len(parts) > number else None
    try:
        value = read_json(raw or b"")
    except UnreadableJsonError:
        return None
    return value if isinstance(value, dict) else None


def _private(key: Any) -> ec.EllipticCurvePrivateKey:
    found: ec.EllipticCurvePrivateKey = key.private_key
    return found


def _signed(protected: Document, payload: Document, key: ec.EllipticCurvePrivateKey) -> str:
    signing = f"{_json(protected)}.{_json(payload)}"
    r, s = decode_dss_signature(key.sign(signing.encode(), ec.ECDSA(SHA256())))
    return f"{signing}.{_encoded(r.to_bytes(_COORDINATE) + s.to_bytes(_COORDINATE))}"


class _Fresh(NamedTuple):
    """What is new for each message."""

    ephemeral: ec.EllipticCurvePrivateKey
    vector: bytes


def _encrypted(protected: Document, plain: str, recipient: ec.EllipticCurvePrivateKey, fresh: _Fresh) -> str:
    point = fresh.ephemeral.public_key().public_numbers()
    x, y = (_encoded(number.to_bytes(_COORDINATE)) for number in (point.x, point.y))
    head = _json({**protected, "epk": {"kty": "EC", "crv": "P-256", "x": x, "y": y}})
    shared = fresh.ephemeral.exchange(ec.ECDH(), recipient.public_key())
    sealed = AESGCM(content_key(shared)).encrypt(fresh.vector, plain.encode(), head.encode())
    return f"{head}..{_encoded(fresh.vector)}.{_encoded(sealed[:-16])}.{_encoded(sealed[-16:])}"


def _json(value: object) -> str:
    return _encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
