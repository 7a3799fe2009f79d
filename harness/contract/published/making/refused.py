"""Messages to refuse: example 02, each time wrong in one way."""

import hmac
import json
from dataclasses import dataclass, replace
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc import jws
from joserfc.jwk import ECKey

from harness.contract.json_binding import CONTENT_JWS_TYPE, SIGNATURE
from harness.contract.keys import bench_keys, public_jwk
from harness.contract.published.making.sealing import (
    BOUND,
    NETWORK,
    PARTNER,
    STRANGER,
    Draft,
    Json,
    compact,
    decoded,
    encoded,
    message,
    seal,
    wrap,
)
from harness.contract.refusals import refusals

Case = tuple[str, str, str, str, str]  # name, ja, en, code, token

_OTHER_ID = "4f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b04"


@dataclass(frozen=True)
class Token:
    """A message of the network in its three parts, to be broken."""

    protected: str
    payload: str
    signature: str

    @classmethod
    def of(cls, token: str) -> Self:
        """Taken apart."""
        return cls(*token.split("."))

    def __str__(self) -> str:
        return f"{self.protected}.{self.payload}.{self.signature}"

    def agreed(self) -> Json:
        """The protected header as the contract wants it."""
        header: Json = json.loads(decoded(self.protected))
        return header

    def signed_by(self, key: ECKey, **header: Any) -> str:
        """The same payload signed by somebody, with changes to the protected header."""
        changed = {**self.agreed(), **header}
        return jws.serialize_compact(changed, decoded(self.payload), key, algorithms=[SIGNATURE])


def refused(enquiry: Draft) -> list[Json]:
    """All of them, with what the refusal must say."""
    original = Token.of(message(enquiry))
    groups = (_no_token(original), _bad_signature(original), _other_signer(original))
    cases = [case for group in (*groups, _bad_header(enquiry), _bad_content(enquiry)) for case in group]
    again = _described("replayed", "同じ電文の二度目", "the same message again", "REPLAYED", str(original))
    return [
        *(_described(*case) for case in cases),
        {**again, "accepted_before": [enquiry.header["message_id"]]},
    ]


def _described(name: str, ja: str, en: str, code: str, token: str) -> Json:
    refusal = refusals()[code]
    expected = {"status": refusal.status, "code": code, "phase": refusal.phase}
    return {"name": name, "ja": ja, "en": en, "expected": expected, "accepted_before": [], "token": token}


def _no_token(original: Token) -> list[Case]:
    """Check 1."""
    no_json = replace(original, payload=encoded(b"<a/>")).signed_by(bench_keys(NETWORK).signature)
    bare = decoded(original.payload).decode()
    two = f"{original.protected}.{original.payload}"
    code = "MALFORMED"
    return [
        ("no-jws", "署名のない JSON そのもの", "bare JSON instead of a JWS", code, bare),
        ("two-parts", "署名の部分がない", "no third part", code, two),
        ("no-json", "payload が JSON ではない", "the payload is not JSON", code, no_json),
    ]


def _bad_signature(original: Token) -> list[Case]:
    """Check 2: no signature, or none in the agreed form."""
    raw = decoded(original.signature)
    r, s = (int.from_bytes(part, "big") for part in (raw[:32], raw[32:]))
    der = encoded(encode_dss_signature(r, s))
    none = encoded(compact({**original.agreed(), "alg": "none"}))
    hs256 = encoded(compact({**original.agreed(), "alg": "HS256"}))
    secret = compact(public_jwk(bench_keys(NETWORK).signature.dict_value))
    mac = encoded(hmac.digest(secret, f"{hs256}.{original.payload}".encode(), "sha256"))
    forged = replace(original, protected=hs256, signature=mac)
    payload = json.loads(decoded(original.payload))
    payload["header"]["role"] = "public-assistance"
    changed = replace(original, payload=encoded(compact(payload)))
    code = "SIGNATURE_INVALID"
    return [
        ("unsigned", "署名が空", "empty signature", code, str(replace(original, signature=""))),
        ("alg-none", "alg が none", "alg none", code, str(replace(original, protected=none, signature=""))),
        ("hs256", "公開鍵を共通鍵にした HS256", "HS256 keyed with the public key", code, str(forged)),
        ("der", "DER 形式の署名", "signature in DER form", code, str(replace(original, signature=der))),
        ("padded", "base64url に詰め文字がある", "padded base64url", code, f"{original}=="),
        ("changed", "署名後の改ざん", "changed after signing", code, str(changed)),
    ]


def _other_signer(original: Token) -> list[Case]:
    """Check 2: a good signature, but not the network's under its kid and typ."""
    network, intruder = bench_keys(NETWORK).signature, bench_keys("intruder").signature
    partner = bench_keys(PARTNER).signature
    own = public_jwk(intruder.dict_value)
    by_sender = original.signed_by(partner, kid=partner.kid)
    by_intruder, with_key = original.signed_by(intruder), original.signed_by(intruder, jwk=own)
    other_typ = original.signed_by(network, typ=CONTENT_JWS_TYPE)
    code = "SIGNATURE_INVALID"
    return [
        ("by-sender", "送信元団体が外側を署名", "outer signature of the sender", code, by_sender),
        ("by-intruder", "ネットワークの kid を名乗る別の鍵", "other key, network's kid", code, by_intruder),
        ("key-in-header", "ヘッダーで渡された鍵", "a key given in the header", code, with_key),
        ("typ", "typ が違う", "another typ", code, other_typ),
        ("kid", "kid が違う", "another kid", code, original.signed_by(network, kid="other")),
    ]


def _bad_header(enquiry: Draft) -> list[Case]:
    """Checks 3 to 7, 11 and 12: signed by the network, and still not for us to accept."""
    body = seal(enquiry)[1]["token"]
    short = {k: v for k, v in enquiry.header.items() if k != "expires_at"}
    incomplete = wrap(replace(enquiry, header=short), body)

    def changed(**header: Any) -> str:
        return message(replace(enquiry, header={**enquiry.header, **header}))

    late = "2012-08-01T00:00:00.100Z"
    stranger = changed(**{"from": "999997"})
    uncovered = changed(information="戸籍関係情報")
    return [
        ("no-expiry", "ヘッダーの項目不足", "a field of the header is missing", "MALFORMED", incomplete),
        ("addressee", "他団体宛て", "addressed to somebody else", "NOT_ADDRESSEE", changed(to=STRANGER)),
        ("expired", "期限切れ", "expired", "EXPIRED", changed(expires_at=late)),
        ("partner", "一覧にない団体", "sender not in the directory", "PARTNER_UNKNOWN", stranger),
        (
            "role",
            "事務に見合わない職責",
            "role does not fit",
            "ROLE_NOT_ALLOWED",
            changed(role="resident-tax"),
        ),
        ("basis", "別表第二にない情報", "no row of the table", "BASIS_NOT_LAWFUL", uncovered),
    ]


def _bad_content(enquiry: Draft) -> list[Case]:
    """Checks 8 to 10, and an answer that belongs to nothing."""
    header = enquiry.header
    body = seal(enquiry)[1]["token"]
    parts = body.split(".")
    broken = ".".join([*parts[:4], encoded(bytes(byte ^ 1 for byte in decoded(parts[4])))])
    elsewhere = wrap(replace(enquiry, header={**header, "message_id": _OTHER_ID}), body)
    bound = {name: header[name] for name in BOUND}
    wrong = message(replace(enquiry, content={"items": {}}, bound=bound))
    unasked = message(replace(enquiry, header={**header, "kind": "照会応答"}, content={"items": {}}))
    other_key, other_signer = replace(enquiry, recipient=STRANGER), replace(enquiry, signer=STRANGER)
    failed, invalid = "DECRYPTION_FAILED", "SIGNATURE_INVALID"
    return [
        ("other-key", "他団体宛ての暗号", "encrypted to somebody else", failed, message(other_key)),
        ("broken-tag", "認証タグの破損", "broken tag", failed, wrap(enquiry, broken)),
        ("inner-signer", "本文の署名が別団体", "content signed by another", invalid, message(other_signer)),
        ("moved-content", "別の電文から移した本文", "content of another message", invalid, elsewhere),
        ("content", "内容が種別に合わない", "content does not fit the kind", "MALFORMED", wrong),
        ("nobody-asked", "求めていない応答", "an answer that nobody asked for", "NOT_FOUND", unasked),
    ]
